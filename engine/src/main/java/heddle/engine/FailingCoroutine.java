package heddle.engine;

import heddle.api.Coroutine;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** Stands for a coroutine that could not be made: its first step throws the reason. */
final class FailingCoroutine<T extends @Nullable Object> implements Coroutine<T> {

    private final Throwable reason;

    FailingCoroutine(Throwable reason) {
        this.reason = reason;
    }

    @Override
    public Suspension step() throws Throwable {
        throw reason;
    }

    @Override
    public Suspension raise(Throwable error) throws Throwable {
        throw error;
    }

    @Override
    public T result() {
        throw new IllegalStateException("it never finished");
    }

    @Override
    public void close() {
        // it never began
    }
}
