package heddle.dsl;

import org.jspecify.annotations.Nullable;

/**
 * What the code of a generator yields through: {@code generator(g -> { g.yield(1); g.yield(2); })}. For that code alone, on
 * the stack that it runs on.
 *
 * @param <T> the type of what it yields, which may be null
 */
public interface Yielder<T extends @Nullable Object> {

    /**
     * Hands a value to who asked for the next one, and pauses until somebody asks again.
     *
     * @param value the value; may be null
     * @return what was sent in with {@code send}; null if it was {@code next}
     * @throws IllegalStateException if it is called by other code than the generator's own, inside of an open group or
     *     timeout, or while the generator is being closed
     * @throws heddle.api.CoroutineExit if the generator is closed: let it through, so that {@code finally} blocks run
     * @throws Exception what was raised here with {@code raise}
     */
    @SuppressWarnings("NamedLikeContextualKeyword") // it is always qualified: g.yield(…)
    @Nullable
    Object yield(T value) throws Exception;

    /**
     * Says what the generator comes to, as the value of Python's {@code return} in a generator.
     *
     * @param result what {@link Generator#result()} will give; may be null
     */
    void setResult(@Nullable Object result);
}
