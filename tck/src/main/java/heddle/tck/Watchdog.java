package heddle.tck;

import heddle.tck.law.LawTry;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs each try on a thread of its own that can be given up: the only limit that the kit takes from the wall clock. It is far
 * above what any try needs.
 */
final class Watchdog {

    /** How long a try may take, on a machine under any load. */
    static final long PATIENCE_MILLIS = 20_000;

    /** A try hung. */
    static final class Hung extends AssertionError {
        private static final long serialVersionUID = 1;

        Hung(String message) {
            super(message);
        }
    }

    private @Nullable Thread thread;
    private ExecutorService worker = newWorker();

    private ExecutorService newWorker() {
        return Executors.newSingleThreadExecutor(body -> {
            Thread made = new Thread(body, "heddle-tck-try");
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    /** Runs a try, and throws what it throws, or tells its state when it hangs. */
    synchronized void run(LawTry attempt, long millis) throws Throwable {
        Future<?> future = worker.submit(attempt::run);
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            throw new Hung("it hung: no end after " + millis / 1e3 + " s" + attempt.state() + giveUp(attempt));
        }
    }

    /** Leaves the hung thread behind, interrupted, and says where it was. */
    private String giveUp(LawTry attempt) {
        StringBuilder text = new StringBuilder("\n  it was at");
        Thread hung = thread;
        if (hung != null) {
            for (StackTraceElement frame : hung.getStackTrace()) {
                text.append("\n    ").append(frame);
            }
        }
        attempt.abandon();
        worker.shutdownNow();
        worker = newWorker();
        return text.toString();
    }
}
