package heddle.api;

import org.jspecify.annotations.Nullable;

/**
 * A {@link java.util.function.Predicate} that may throw.
 *
 * @param <T> the type of what it asks about
 */
@FunctionalInterface
public interface ThrowingPredicate<T extends @Nullable Object> {

    /**
     * Says yes or no.
     *
     * @param value what it asks about, which may be null where the caller's values may be
     * @return whether it is so
     * @throws Exception whatever the code throws
     */
    boolean test(T value) throws Exception;
}
