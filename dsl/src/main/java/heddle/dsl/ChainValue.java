package heddle.dsl;

import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.spi.Display;
import org.jspecify.annotations.Nullable;

/**
 * A chain that is nothing but a value. There is nothing to remember of a run of it, so it is its own coroutine: whoever makes
 * a million tasks of values, pays for the tasks alone.
 */
final class ChainValue<T extends @Nullable Object> extends Chain<T> implements Coroutine<T> {

    private final T value;

    ChainValue(T value) {
        this.value = value;
    }

    @Override
    public Coroutine<T> coroutine() {
        return this;
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
    int length() {
        return 1;
    }

    @Override
    public String toString() {
        return "Chain " + Display.of(value);
    }
}
