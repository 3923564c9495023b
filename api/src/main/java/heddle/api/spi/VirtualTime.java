package heddle.api.spi;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The clock of {@link TimeSource#virtual()}: parking for a while moves it on, parking for ever waits for a wake-up. */
final class VirtualTime implements TimeSource {

    private volatile long now;
    private volatile boolean woken;
    private volatile @Nullable Thread parked;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void park(long nanos, boolean held) {
        if (nanos != Long.MAX_VALUE && !held) {
            if (!woken) {
                now = now + nanos < now ? Long.MAX_VALUE : now + nanos;
            }
        } else {
            parked = Thread.currentThread();
            while (!woken && !Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
            parked = null;
        }
        woken = false;
    }

    @Override
    public void unpark() {
        woken = true;
        LockSupport.unpark(parked);
    }

    @Override
    public String toString() {
        return "virtual time " + now / 1e9 + "s";
    }
}
