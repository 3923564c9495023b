package heddle.stream;

import heddle.api.Coroutine;
import heddle.dsl.Chainable;
import org.jspecify.annotations.Nullable;

/**
 * A recipe that is its own first run, so that an operation which is awaited once, as nearly all are, is one object. Awaited
 * again, it makes another.
 */
abstract class Operation<T extends @Nullable Object> implements Chainable<T>, Coroutine<T> {

    private boolean taken;

    /** Another recipe of the same. */
    abstract Operation<T> again();

    @Override
    public final Coroutine<T> coroutine() {
        if (!taken) {
            taken = true;
            return this;
        }
        Operation<T> other = again();
        other.taken = true;
        return other;
    }
}
