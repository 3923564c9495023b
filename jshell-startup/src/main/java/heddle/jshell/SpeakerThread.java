package heddle.jshell;

import heddle.dsl.Session;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a snippet while the loop is paused, on a thread that speaks for it; who made this waits, and interrupts it at Ctrl-C. */
final class SpeakerThread {

    private static final long LOOK_NANOS = 20_000_000;

    private final Session session;
    private final Callable<String> code;
    private final Thread waiter = Thread.currentThread();
    private volatile boolean done;

    // Written on that thread before done, and read after it.
    private String value = "";
    private @Nullable Throwable failure;

    SpeakerThread(Session session, Callable<String> code) {
        this.session = session;
        this.code = code;
    }

    /**
     * Runs it to its end.
     *
     * @param presses how often Ctrl-C was pressed for it: asked now and then, and the first press is an interrupt
     * @return whether it was interrupted so
     */
    boolean run(IntSupplier presses) {
        Thread thread = new Thread(this::speak, Steps.SPEAKER);
        thread.setDaemon(true);
        thread.setContextClassLoader(waiter.getContextClassLoader());
        thread.start();
        boolean stopped = false;
        while (!done) {
            if (!stopped && presses.getAsInt() > 0) {
                stopped = true;
                thread.interrupt();
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        return stopped;
    }

    private void speak() {
        try {
            value = session.stepper().speak(code);
        } catch (Throwable e) {
            failure = e;
        }
        done = true;
        LockSupport.unpark(waiter);
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    String value() {
        return value;
    }
}
