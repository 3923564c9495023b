package heddle.engine.netty;

import heddle.api.EventLoop;
import heddle.api.network.Network;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.engine.HostedEventLoop;
import heddle.engine.nio.NioNetwork;
import heddle.engine.nio.SelectorHost;
import io.netty.channel.IoEventLoop;
import io.netty.channel.nio.NioIoHandle;
import java.nio.channels.SelectableChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A loop on the loop of an existing Netty program: tasks and channels take turns on one thread. It ends when Netty's does.
 * It has a network if that loop is one of {@link io.netty.channel.nio.NioIoHandler}.
 */
public final class HostedOnNetty extends HostedEventLoop {

    static final Set<Capability> CAPABILITIES = Set.of(Capability.TURN_EXACT, Capability.THREADS, Capability.NETWORK);

    private static final Set<Capability> WITHOUT_NETWORK = Set.of(Capability.TURN_EXACT, Capability.THREADS);

    /** How many turns a busy loop takes, one right after another, until Netty looks at I/O. */
    private static final int BUSY_TURNS = 64;

    /** How long a busy loop lets I/O wait, if that is shorter. */
    private static final long BUSY_NANOS = 50_000;

    private final io.netty.channel.EventLoop netty;
    private final @Nullable NioNetwork network;
    private int busyTurns;
    private long lastLook;

    /**
     * A loop on {@code netty}.
     *
     * @param netty the loop of the host, not shutting down
     */
    public HostedOnNetty(io.netty.channel.EventLoop netty) {
        this(netty, EngineOptions.DEFAULT);
    }

    /**
     * A loop on {@code netty}.
     *
     * @param netty the loop of the host, not shutting down
     * @param options how it shall be
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the future of Netty's end is what it is called on
    public HostedOnNetty(io.netty.channel.EventLoop netty, EngineOptions options) {
        super("Netty", Objects.requireNonNull(options, "options"));
        this.netty = Objects.requireNonNull(netty, "netty");
        network = netty instanceof IoEventLoop io && io.isCompatible(NioIoHandle.class)
                ? new NioNetwork(new Host(io))
                : null;
        netty.terminationFuture().addListener(ended -> hostEnds());
    }

    @Override
    protected void execute(Runnable turn) {
        if (netty.inEventLoop() && isTimeToLook()) {
            executeAfterIo(turn);
        } else {
            netty.execute(turn);
        }
    }

    private boolean isTimeToLook() {
        long now = System.nanoTime();
        if (++busyTurns < BUSY_TURNS && now - lastLook < BUSY_NANOS) {
            return false;
        }
        busyTurns = 0;
        lastLook = now;
        return true;
    }

    /** Netty runs what it was told to execute until nothing is left, for up to a second, before it looks at I/O and timers. */
    @SuppressWarnings("FutureReturnValueIgnored") // that of addListener is what it is called on
    private void executeAfterIo(Runnable turn) {
        Runnable execute = () -> netty.execute(turn); // an error that leaves it is told by Netty, not lost in a future
        netty.schedule(execute, 1, TimeUnit.NANOSECONDS).addListener(done -> {
            if (done.isCancelled() && !netty.isShutdown()) {
                execute.run(); // a Netty that is about to end drops its timers, but goes on executing
            }
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a turn deals with what is thrown in it
    protected void schedule(Runnable turn, long nanos) {
        netty.schedule(turn, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public Set<Capability> capabilities() {
        return network == null ? WITHOUT_NETWORK : CAPABILITIES;
    }

    /**
     * Its sockets, on the selector of the host.
     *
     * @return never null
     * @throws UnsupportedOperationException if the host has no selector, as one of Netty's local or native transports
     */
    @Override
    public Network network() {
        return network == null ? super.network() : network;
    }

    @Override
    protected void release() {
        if (network != null) {
            network.close();
        }
    }

    /** What the sockets see of this loop. */
    private final class Host implements SelectorHost {
        private final IoEventLoop io;

        Host(IoEventLoop io) {
            this.io = io;
        }

        @Override
        public EventLoop loop() {
            return HostedOnNetty.this;
        }

        @Override
        public void check(String method) {
            checkThread(method);
            checkOpen();
        }

        @Override
        public void soon(Runnable next) {
            callSoonThreadsafe(next::run); // between turns, too: it asks for one
        }

        @Override
        public Registration register(SelectableChannel channel, IntConsumer ready) {
            return NettyRegistration.of(io, channel, ready);
        }
    }
}
