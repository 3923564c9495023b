package heddle.api;

import org.jspecify.annotations.Nullable;

/**
 * A {@link java.util.function.Function} that may throw.
 *
 * @param <T> the type of what it takes
 * @param <R> the type of what it returns
 */
@FunctionalInterface
public interface ThrowingFunction<T extends @Nullable Object, R extends @Nullable Object> {

    /**
     * Turns a value into another.
     *
     * @param value the value, which may be null where the caller's values may be
     * @return the other value, which may be null where the caller allows it
     * @throws Exception whatever the code throws
     */
    R apply(T value) throws Exception;
}
