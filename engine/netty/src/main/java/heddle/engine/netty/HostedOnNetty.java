package heddle.engine.netty;

import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.engine.HostedEventLoop;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A loop on the loop of an existing Netty program: tasks and channels take turns on one thread. It ends when Netty's does.
 */
public final class HostedOnNetty extends HostedEventLoop {

    static final Set<Capability> CAPABILITIES = Set.of(Capability.TURN_EXACT, Capability.THREADS);

    private final EventLoop netty;

    /**
     * A loop on {@code netty}.
     *
     * @param netty the loop of the host, not shutting down
     */
    public HostedOnNetty(EventLoop netty) {
        this(netty, EngineOptions.DEFAULT);
    }

    /**
     * A loop on {@code netty}.
     *
     * @param netty the loop of the host, not shutting down
     * @param options how it shall be
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the future of Netty's end is what it is called on
    public HostedOnNetty(EventLoop netty, EngineOptions options) {
        super("Netty", Objects.requireNonNull(options, "options"));
        this.netty = Objects.requireNonNull(netty, "netty");
        netty.terminationFuture().addListener(ended -> hostEnds());
    }

    @Override
    protected void execute(Runnable turn) {
        netty.execute(turn);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a turn deals with what is thrown in it
    protected void schedule(Runnable turn, long nanos) {
        netty.schedule(turn, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }
}
