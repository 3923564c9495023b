package heddle.tck.model;

import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** Awaiting a future: waits for it once, unless it is done, then gives its result. */
final class FutureCoroutine<T extends @Nullable Object> implements Coroutine<T> {

    private final Future<T> future;

    FutureCoroutine(Future<T> future) {
        this.future = future;
    }

    @Override
    public Suspension step() {
        if (!future.done()) {
            return future;
        }
        return Pause.FINISHED;
    }

    @Override
    public Suspension raise(Throwable error) throws Throwable {
        throw error;
    }

    @Override
    public T result() throws Exception {
        return future.result();
    }

    @Override
    public void close() {
        // No code waits here that would have anything to clean up.
    }
}
