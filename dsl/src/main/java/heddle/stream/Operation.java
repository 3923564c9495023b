package heddle.stream;

import heddle.api.Coroutine;
import heddle.dsl.Chainable;
import org.jspecify.annotations.Nullable;

/**
 * A recipe that is its own first run, so that an operation which is awaited once, as nearly all are, is one object. Awaited
 * again, it makes another. A chain that goes round has it as long as it runs, so it forgets what it gave.
 */
abstract class Operation<T extends @Nullable Object> implements Chainable<T>, Coroutine<T> {

    private boolean taken;
    private @Nullable T value;

    /** Another recipe of the same. */
    abstract Operation<T> again();

    /** Sets the value that it ends with. */
    final void give(T result) {
        value = result;
    }

    @Override
    @SuppressWarnings("NullAway") // a T, null among them
    public final T result() {
        T given = value;
        value = null;
        return given;
    }

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
