package heddle.tck;

import java.util.Arrays;
import java.util.Comparator;
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

    /** How the message of a try that hung begins. */
    static final String HUNG = "it hung";

    /** How long a try may take, on a machine under any load; less while an author looks for what hangs. */
    static final long PATIENCE_MILLIS = 1_000L * Integer.getInteger("heddle.tck.seconds", 20);

    private static final int MOST_FRAMES = 40;
    private static final int MOST_THREADS = 20;

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

    /** Runs a try, and throws what it throws; or, when it hangs, tells its state and abandons it. */
    synchronized void run(Runnable attempt, Supplier<String> state, Runnable abandon, long millis) throws Throwable {
        Future<?> future = worker.submit(attempt);
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            throw new Hung(HUNG + ": no end after " + millis / 1e3 + " s" + state.get() + giveUp(abandon));
        }
    }

    /** Leaves the hung thread behind, interrupted, and says where it was. */
    private String giveUp(Runnable abandon) {
        StringBuilder text = new StringBuilder("\n  it was at");
        Thread hung = thread;
        if (hung != null) {
            append(hung.getStackTrace(), text);
        }
        Thread.getAllStackTraces().entrySet().stream()
                .filter(other -> other.getKey() != hung && other.getValue().length > 0)
                .sorted(Comparator.comparing(other -> other.getKey().getName()))
                .limit(MOST_THREADS)
                .forEach(other -> {
                    Thread thread = other.getKey();
                    text.append("\n  thread ")
                            .append(thread.getName())
                            .append(", ")
                            .append(thread.getState());
                    append(other.getValue(), text);
                });
        abandon.run();
        worker.shutdownNow();
        worker = newWorker();
        return text.toString();
    }

    private static void append(StackTraceElement[] frames, StringBuilder text) {
        Arrays.stream(frames)
                .limit(MOST_FRAMES)
                .forEach(frame -> text.append("\n    ").append(words(frame)));
    }

    /** A frame without its class loader and module, which only make it longer. */
    private static String words(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }
}
