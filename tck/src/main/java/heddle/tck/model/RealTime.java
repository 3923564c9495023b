package heddle.tck.model;

import heddle.api.spi.TimeSource;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The machine's clock, for a loop without a time source of its own. */
final class RealTime implements TimeSource {

    private volatile boolean woken;
    private volatile @Nullable Thread parked;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void park(long nanos, boolean held) {
        parked = Thread.currentThread();
        if (!woken) {
            // Returns early when it likes to: the loop asks again.
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        parked = null;
        woken = false;
    }

    @Override
    public void unpark() {
        woken = true;
        LockSupport.unpark(parked);
    }
}
