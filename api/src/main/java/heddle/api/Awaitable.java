package heddle.api;

import org.jspecify.annotations.Nullable;

/**
 * Something that a task can wait for: a coroutine object, a future, or anything else that implements this one method.
 *
 * <p>An awaitable is a recipe. Making one runs nothing; its code runs only when it is awaited or made into a task. Each
 * call of {@link #coroutine()} is one run, independent of the others (a future's runs all wait for the one future).
 *
 * <p>An awaitable is immutable as far as this protocol goes and may be passed between threads; the coroutine it returns
 * belongs to one loop at a time.
 *
 * @param <T> the type of the value that awaiting gives; it may be null where the awaitable says so
 */
@FunctionalInterface
public interface Awaitable<T extends @Nullable Object> {

    /**
     * Starts one run, without running any of its code yet. Called on the thread that speaks for the loop that will step it.
     *
     * @return a new single-use coroutine, never null; it may be the same object at each call where a run keeps nothing
     */
    Coroutine<T> coroutine();
}
