package heddle.tck.law;

import heddle.api.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time that a law can look into: it records how the loop waits, can end a wait early, and says so at once when a
 * loop goes to sleep for ever.
 */
public final class TestClock implements TimeSource {

    /** One wait of the loop: how long, and whether somebody outside was announced. */
    public record Park(long nanos, boolean held) {}

    /** How often a loop may wait before the law fails. */
    private static final int MOST_PARKS = 100_000;

    private final List<Park> parks = new ArrayList<>();
    private volatile long now = 1_000_000_000L;
    private volatile boolean woken;
    private volatile boolean othersCall;
    private volatile @Nullable Thread parked;
    private volatile @Nullable Runnable asleep;
    private volatile boolean abandoned;
    private boolean early;

    @Override
    public long nanoTime() {
        return now;
    }

    /** Lets time pass while code runs. */
    public void advance(double seconds) {
        long before = now; // one thread at a time moves it
        now = before + Math.round(seconds * 1e9);
    }

    /** From now on a wait ends half-way, as the contract allows. */
    public void endWaitsEarly() {
        early = true;
    }

    /** From now on a loop may really sleep: other threads will call. */
    public void expectCalls() {
        othersCall = true;
    }

    /** Runs {@code action} once, on the loop's thread, when the loop next goes to sleep until it is woken. */
    public void whenAsleep(Runnable action) {
        asleep = action;
    }

    /** Whether the loop really sleeps. */
    public boolean isAsleep() {
        return parked != null;
    }

    /** The waits so far; to be read by the law's thread when the loop isn't running. */
    public List<Park> parks() {
        return List.copyOf(parks);
    }

    @Override
    public void park(long nanos, boolean held) {
        parks.add(new Park(nanos, held));
        if (parks.size() > MOST_PARKS) {
            throw new LawFailure("the loop asked to wait " + parks.size() + " times, and never got anywhere");
        }
        if (nanos < 1) {
            throw new LawFailure("the loop asked its time source to park for " + nanos + " ns");
        }
        if (woken) {
            woken = false;
        } else if (nanos != Long.MAX_VALUE && !held) {
            long step = early && nanos > 1 ? nanos / 2 : nanos;
            now = now + step < now ? Long.MAX_VALUE : now + step;
        } else {
            sleep(held);
        }
    }

    private void sleep(boolean held) {
        Runnable action = asleep;
        if (action != null) {
            asleep = null;
            action.run();
        } else if (!othersCall && !held && !Thread.currentThread().isInterrupted()) {
            throw new LawFailure("the loop went to sleep for ever: it forgot something that was to run");
        }
        parked = Thread.currentThread();
        while (!woken && !abandoned && !Thread.currentThread().isInterrupted()) {
            LockSupport.park(this);
        }
        parked = null;
        if (abandoned) {
            throw new LawFailure("nobody woke the sleeping loop");
        }
        woken = false;
    }

    /** The try was given up: who sleeps fails. */
    public void abandon() {
        abandoned = true;
        LockSupport.unpark(parked);
    }

    @Override
    public void unpark() {
        woken = true;
        LockSupport.unpark(parked);
    }

    @Override
    public String toString() {
        return "test clock at " + now / 1e9 + "s";
    }
}
