package heddle.stream;

import heddle.api.Coroutine;
import heddle.dsl.Chainable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operation that may be awaited any number of times, with a name for messages. */
record Recipe<T extends @Nullable Object>(String name, Supplier<Coroutine<T>> start) implements Chainable<T> {

    @Override
    public Coroutine<T> coroutine() {
        return start.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
