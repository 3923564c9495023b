package heddle.jshell;

import heddle.dsl.Session;
import java.util.concurrent.locks.LockSupport;

/**
 * Executes snippets in the JVM of the tool. A new one, as after {@code /reset}, begins with a new session. A second Ctrl-C
 * interrupts the thread of a step that won't end: more can't be done to a thread of one's own JVM.
 */
final class LocalPrompt extends OnLoop {

    private static final long STUCK_NANOS = 100_000_000;

    private volatile long pressed;
    /** Used by those who press, one after another. */
    private long request;

    private int times;

    LocalPrompt(boolean quiet) {
        super(quiet);
    }

    @Override
    long pressed() {
        return pressed;
    }

    @Override
    public synchronized void stop() {
        long meant = requests();
        if (!isRunning()) {
            if (!Steps.isCompiling(lastEnd())) {
                return;
            }
            meant++; // it is being compiled
        }
        times = meant == request ? times + 1 : 1;
        request = meant;
        pressed = presses(meant, times);
        if (times > 1) {
            interruptStep();
        }
    }

    private static void interruptStep() {
        long turn = Watch.turns();
        LockSupport.parkNanos(STUCK_NANOS);
        Steps.Step step = Steps.running();
        if (step != null && Watch.turns() == turn) {
            step.thread().interrupt();
        }
    }

    @Override
    public void close() {
        Session session = session();
        if (session != null) {
            session.close(); // its tasks clean up, and failures that nobody saw are told
        }
    }
}
