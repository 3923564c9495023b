package heddle.dsl;

import heddle.api.EventLoop;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where a program's thread waits for a loop on another thread: the only place in Heddle's library that blocks one. It is a
 * volatile field and {@link LockSupport#park}, and shares no lock with anybody: JShell stops the thread that waits here at
 * any instruction, and leaves everybody else unharmed.
 */
final class Gate {

    /** How often to see whether the loop is still there. */
    private static final long LOOK_NANOS = 200_000_000;

    private final Thread waiter = Thread.currentThread();
    private volatile boolean open;

    /** What to do at an interrupt. */
    interface Interruption {
        void interrupted() throws InterruptedException;
    }

    /** Lets the thread that made this go on. */
    void open() {
        open = true;
        LockSupport.unpark(waiter);
    }

    /**
     * Waits until the gate is open.
     *
     * @param loop whose closing means that it will never open; null if that can't happen
     * @param onInterrupt called at each interrupt, with the flag cleared
     */
    void pass(@Nullable EventLoop loop, Interruption onInterrupt) throws InterruptedException {
        while (!open) {
            if (loop == null) {
                LockSupport.park(this); // a program that waits takes no processor time
            } else {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
            if (Thread.interrupted()) {
                onInterrupt.interrupted();
            }
            if (loop != null && loop.isClosed() && !open) {
                throw new IllegalStateException(
                        "the event loop was closed while this thread waited for it" + " (docs/codes.md#closed)");
            }
        }
    }
}
