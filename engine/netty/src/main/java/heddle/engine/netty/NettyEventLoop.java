package heddle.engine.netty;

import heddle.api.EventLoop;
import heddle.api.network.Network;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.engine.DrivenEventLoop;
import heddle.engine.nio.NioNetwork;
import heddle.engine.nio.SelectorHost;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A loop that waits by letting Netty wait: a manual Netty loop runs its I/O and its tasks whenever this one has nothing to
 * do, and every few turns when it has.
 */
public final class NettyEventLoop extends DrivenEventLoop {

    /** Netty takes no "for ever"; waking up now and then does no harm. */
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final ManualIoEventLoop netty = new ManualIoEventLoop(null, NioIoHandler.newFactory());
    private final NioNetwork network = new NioNetwork(new Host());

    NettyEventLoop(EngineOptions options) {
        super(options);
    }

    /**
     * The Netty loop, to register channels with.
     *
     * @return never null
     */
    public ManualIoEventLoop netty() {
        return netty;
    }

    @Override
    protected void park(long nanos) {
        own();
        if (nanos == 0) {
            netty.runNow();
        } else {
            netty.run(Math.min(nanos, LONGEST_NANOS));
        }
    }

    /** A Netty loop belongs to one thread for good: the first that runs this. */
    private void own() {
        Thread caller = Thread.currentThread();
        if (!netty.inEventLoop(caller)) {
            try {
                netty.setOwningThread(caller);
            } catch (IllegalStateException e) {
                throw new IllegalStateException(
                        "a Netty loop belongs to the first thread that ran it, and this is another, " + caller.getName()
                                + ": run it on one thread (docs/codes.md#netty-thread)",
                        e);
            }
        }
    }

    @Override
    protected void unpark() {
        netty.wakeup();
    }

    @Override
    protected boolean watchesIo() {
        return network.hasChannels();
    }

    @Override
    protected boolean awaitsIo() {
        return network.hasPending();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // isTerminated tells
    protected void release() {
        own();
        network.close();
        netty.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!netty.isTerminated()) {
            netty.runNow();
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return NettyEngine.CAPABILITIES;
    }

    /** What the sockets see of this loop. */
    private final class Host implements SelectorHost {
        @Override
        public EventLoop loop() {
            return NettyEventLoop.this;
        }

        @Override
        public void check(String method) {
            checkThread(method);
            checkOpen();
        }

        @Override
        public void soon(Runnable next) {
            ready(next);
        }

        @Override
        public Registration register(SelectableChannel channel, IntConsumer ready) {
            return NettyRegistration.of(netty, channel, ready);
        }
    }
}
