package heddle.tck.law;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;

/** Asks the garbage collector to run until it did. */
public final class Collector {

    private static final int ROUNDS = 200;
    private static final long PAUSE = 1_000_000;

    private Collector() {}

    /** Returns when an object that became unreachable just now is gone. */
    public static void collect() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        for (int i = 0; i < ROUNDS && canary.get() != null; i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE);
        }
    }
}
