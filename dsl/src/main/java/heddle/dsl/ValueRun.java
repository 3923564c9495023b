package heddle.dsl;

import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** One run of a chain that is nothing but a value. */
final class ValueRun<T extends @Nullable Object> implements Coroutine<T> {

    private final T value;

    ValueRun(T value) {
        this.value = value;
    }

    @Override
    public Suspension step() {
        return Pause.FINISHED;
    }

    @Override
    public Suspension raise(Throwable error) throws Throwable {
        throw error;
    }

    @Override
    public T result() {
        return value;
    }

    @Override
    public void close() {
        // nothing to clean up
    }

    @Override
    public String toString() {
        return "run of a chain";
    }
}
