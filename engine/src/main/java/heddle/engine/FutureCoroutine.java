package heddle.engine;

import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** Waits for a future, once, and then has its result. */
final class FutureCoroutine<T extends @Nullable Object> implements Coroutine<T> {

    private final LoopFuture<T> future;
    private boolean waited;

    FutureCoroutine(LoopFuture<T> future) {
        this.future = future;
    }

    @Override
    public Suspension step() throws Throwable {
        if (future.done()) {
            Throwable error = future.takeError();
            if (error != null) {
                throw error;
            }
            return Pause.FINISHED;
        }
        if (waited) {
            throw new IllegalStateException("stepped before " + future.label()
                    + " is done: a coroutine is stepped again when what it waits for is done");
        }
        waited = true;
        return future;
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
        // nothing to clean up: waiting leaves nothing behind
    }
}
