package heddle.dsl;

import org.jspecify.annotations.Nullable;

/**
 * Something whose elements come one at a time, each of which may have to be waited for; what Python's "async for" takes. Go
 * through it with {@link Heddle#forEach} or {@link Heddle#each} in direct style, with {@link Heddle#awaitEach} as a chain.
 *
 * @param <T> the type of the elements, which may be null
 */
@FunctionalInterface
public interface AsyncIterable<T extends @Nullable Object> {

    /**
     * Begins an iteration.
     *
     * @return an iterator, never null
     */
    AsyncIterator<T> asyncIterator();
}
