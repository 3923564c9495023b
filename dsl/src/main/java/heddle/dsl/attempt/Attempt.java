package heddle.dsl.attempt;

import heddle.api.Awaitable;
import org.jspecify.annotations.Nullable;

/**
 * An awaitable that often needn't wait: an item is there, a lock is free. Who awaits it tries that first, and only makes a
 * coroutine of it if it has to wait; so what needn't wait makes no garbage. The attempt is exactly what the coroutine's first
 * step would be, so that nobody can tell the difference.
 *
 * @param <T> the type of the value
 */
public abstract class Attempt<T extends @Nullable Object> implements Awaitable<T> {

    /** What {@link #attempt()} returns where it would have to wait. */
    public static final Object MUST_WAIT = new Object();

    /**
     * Does it if that can be done at once.
     *
     * @return the value, or {@link #MUST_WAIT} if nothing was done
     * @throws Throwable what it fails with
     */
    public abstract @Nullable Object attempt() throws Throwable;
}
