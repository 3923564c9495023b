package heddle.engine;

import heddle.api.ErrorReport;
import heddle.engine.LoopFuture.Failed;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Failures that nobody has retrieved yet. One is lost when nobody can any more: its future became unreachable, or the loop
 * was closed. It is then reported, once.
 *
 * <p>The map is the judge: whoever removes a failure from it, retriever or reporter, deals with it, and nobody else does.
 */
final class LostFailures {

    private final AbstractEventLoop loop;
    private final Map<Failed, Watched> unretrieved = new ConcurrentHashMap<>();

    LostFailures(AbstractEventLoop loop) {
        this.loop = loop;
    }

    void watch(LoopFuture<?> future, Failed failed, String label) {
        Watched watched = new Watched(this, future, failed, label);
        unretrieved.put(failed, watched);
        watched.cleanable = Watched.CLEANER.register(future, watched);
    }

    /** Whether nobody has retrieved it yet. */
    boolean has(Failed failed) {
        return unretrieved.containsKey(failed);
    }

    void retrieved(Failed failed) {
        if (unretrieved.isEmpty()) {
            return;
        }
        Watched watched = unretrieved.remove(failed);
        if (watched != null && watched.cleanable != null) {
            watched.cleanable.clean(); // finds nothing to report, and frees the registration
        }
    }

    /** The loop is closed: what was not retrieved until now, never will be. */
    void reportAll() {
        for (Failed failed : List.copyOf(unretrieved.keySet())) {
            Watched watched = unretrieved.remove(failed);
            if (watched != null) {
                loop.callExceptionHandler(watched.report());
            }
        }
    }

    /** What the cleaner runs when the future is unreachable; so it must not hold the future, but weakly. */
    private static final class Watched implements Runnable {
        /** A thread, made at the first failure. */
        static final Cleaner CLEANER = Cleaner.create();

        private final LostFailures all;
        private final WeakReference<LoopFuture<?>> future;
        private final Failed failed;
        private final String label;
        private Cleaner.@Nullable Cleanable cleanable;

        Watched(LostFailures all, LoopFuture<?> future, Failed failed, String label) {
            this.all = all;
            this.future = new WeakReference<>(future);
            this.failed = failed;
            this.label = label;
        }

        @Override
        public void run() {
            if (all.unretrieved.remove(failed) != null) {
                all.loop.reportFromAnywhere(report());
            }
        }

        ErrorReport report() {
            return new ErrorReport(
                    ErrorReport.Kind.LOST,
                    "Exception was never retrieved: " + label,
                    failed.exception,
                    future.get(),
                    null);
        }
    }
}
