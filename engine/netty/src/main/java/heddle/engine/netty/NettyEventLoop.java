package heddle.engine.netty;

import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.engine.DrivenEventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A loop that waits by letting Netty wait: a manual Netty loop runs its I/O and its tasks whenever this one has nothing to
 * do, and every few turns when it has.
 */
public final class NettyEventLoop extends DrivenEventLoop {

    /** Netty takes no "for ever"; waking up now and then does no harm. */
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final ManualIoEventLoop netty = new ManualIoEventLoop(null, NioIoHandler.newFactory());

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
    @SuppressWarnings("FutureReturnValueIgnored") // isTerminated tells
    protected void release() {
        own();
        netty.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!netty.isTerminated()) {
            netty.runNow();
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return NettyEngine.CAPABILITIES;
    }
}
