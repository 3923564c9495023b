package heddle.tck;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs each try on a thread of its own that can be given up: the only limit that the kit takes from the wall clock. It is far
 * above what any try needs.
 */
final class Watchdog {

    private static final long SECONDS = 20;

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

    /** Runs {@code code}, and throws what it throws; {@code state} is asked when it hangs. */
    synchronized void run(Runnable code, Supplier<String> state) throws Throwable {
        Future<?> future = worker.submit(code);
        try {
            future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            throw new Hung("it hung: no end after " + SECONDS + " s" + state.get() + giveUp());
        }
    }

    /** Leaves the hung thread behind, interrupted, and says where it was. */
    private String giveUp() {
        StringBuilder text = new StringBuilder("\n  it was at");
        Thread hung = thread;
        if (hung != null) {
            for (StackTraceElement frame : hung.getStackTrace()) {
                text.append("\n    ").append(frame);
            }
        }
        worker.shutdownNow();
        worker = newWorker();
        return text.toString();
    }
}
