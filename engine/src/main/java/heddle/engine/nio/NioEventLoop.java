package heddle.engine.nio;

import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.engine.DrivenEventLoop;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The default event loop. It waits by parking its thread, which is all that a loop without channels needs. */
final class NioEventLoop extends DrivenEventLoop {

    private volatile @Nullable Thread parked;
    private volatile boolean permit;

    NioEventLoop(EngineOptions options) {
        super(options);
    }

    @Override
    protected void park(long nanos) {
        if (nanos == 0) {
            return;
        }
        parked = Thread.currentThread();
        if (!permit) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        permit = false;
        parked = null;
    }

    @Override
    protected void unpark() {
        permit = true;
        LockSupport.unpark(parked);
    }

    @Override
    public Set<Capability> capabilities() {
        return NioEngine.CAPABILITIES;
    }
}
