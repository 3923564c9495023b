package heddle.dsl;

import heddle.api.Awaitable;
import org.jspecify.annotations.Nullable;

/**
 * One iteration over elements that have to be waited for. Thread rule: for tasks of one loop, and one {@link #next()} at a
 * time unless an implementation says more.
 *
 * @param <T> the type of the elements, which may be null
 */
public interface AsyncIterator<T extends @Nullable Object> extends AsyncIterable<T> {

    /**
     * The next element.
     *
     * @return what to wait for, never null; it fails with {@link StopAsyncIteration} when there is no element left
     */
    Awaitable<? extends T> next();

    /**
     * Ends the iteration early: who leaves it before the end waits for this. Again, or after the end, it does nothing.
     *
     * @return what to wait for, never null
     */
    default Awaitable<?> close() {
        return Chain.start(Program.VALUE, null);
    }

    /** This iteration itself. */
    @Override
    default AsyncIterator<T> asyncIterator() {
        return this;
    }
}
