package heddle.tck.model;

import heddle.api.Coroutine;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** Stands for a coroutine that could not be made: its first step throws the reason. */
record FailingCoroutine<T extends @Nullable Object>(Throwable reason) implements Coroutine<T> {

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
        throw new IllegalStateException("it has no result");
    }

    @Override
    public void close() {
        // it never began
    }
}
