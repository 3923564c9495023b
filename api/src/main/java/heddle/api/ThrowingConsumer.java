package heddle.api;

import org.jspecify.annotations.Nullable;

/**
 * A {@link java.util.function.Consumer} that may throw.
 *
 * @param <T> the type of what it takes
 */
@FunctionalInterface
public interface ThrowingConsumer<T extends @Nullable Object> {

    /**
     * Takes a value.
     *
     * @param value the value, which may be null where the caller's values may be
     * @throws Exception whatever the code throws
     */
    void accept(T value) throws Exception;
}
