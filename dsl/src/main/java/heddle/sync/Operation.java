package heddle.sync;

import heddle.api.Coroutine;
import heddle.dsl.Chainable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operation that may wait, as its object hands it out: the same to everybody, since each use of it is a run. */
final class Operation<T extends @Nullable Object> implements Chainable<T> {

    private final String name;
    private final Supplier<Coroutine<T>> start;

    Operation(String name, Supplier<Coroutine<T>> start) {
        this.name = name;
        this.start = start;
    }

    @Override
    public Coroutine<T> coroutine() {
        return start.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
