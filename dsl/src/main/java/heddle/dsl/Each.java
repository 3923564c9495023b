package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.Pause;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous iteration as Java's {@code for} takes it, in the body of a coroutine; what {@link Heddle#each} returns.
 * Python's "async for", each turn of which may wait.
 *
 * <pre>{@code
 * try (var lines = each(source)) {
 *     for (var line : lines) { … }
 * }
 * }</pre>
 *
 * <p>The {@code try} closes the source at once, however it is left, and waits for that. Without it, a source that was left
 * before its end is closed when the body ends that opened it: that of the coroutine, or of the {@code timeout} or group
 * inside of it. What the source fails with is thrown as it is, checked or not. For the body that opened it.
 *
 * @param <T> the type of the elements, which may be null
 */
public final class Each<T extends @Nullable Object> implements Iterable<T>, AutoCloseable {

    private final AsyncIterator<T> source;
    private final @Nullable Body body;
    private boolean ahead;
    private boolean over;
    private @Nullable T next;

    private Each(AsyncIterator<T> source, @Nullable Body body) {
        this.source = source;
        this.body = body;
    }

    static <R extends @Nullable Object> Each<R> of(AsyncIterable<R> source) {
        Body body = Body.pausable();
        Each<R> each = new Each<>(Awaiting.nonNull(source.asyncIterator(), "asyncIterator()"), body);
        if (body != null) {
            body.opened(each);
        }
        return each;
    }

    /** Waits for the next element; answers whether there is one. */
    boolean hasNext() {
        if (!ahead && !over) {
            over = true;
            try {
                next = Heddle.await(Awaiting.nonNull(source.next(), "next()"));
                ahead = true;
                over = false;
            } catch (StopAsyncIteration end) {
                leave();
            } catch (Throwable e) {
                leave();
                throw Throwables.raise(e);
            }
        }
        return ahead;
    }

    /** The next element. */
    @SuppressWarnings("NullAway") // a T, null among them
    T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there is no element left");
        }
        ahead = false;
        T taken = next;
        next = null;
        return taken;
    }

    /**
     * The iteration, which is gone through once: all iterators share it.
     *
     * @return an iterator that may await
     */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return Each.this.hasNext();
            }

            @Override
            public T next() {
                return Each.this.next();
            }
        };
    }

    /** Ends the iteration and waits for its source to clean up; at the end, or again, it does nothing. */
    @Override
    public void close() {
        if (over) {
            return;
        }
        leave();
        try {
            Heddle.await(Awaiting.nonNull(source.close(), "close()"));
        } catch (Exception e) {
            throw Throwables.raise(e);
        }
    }

    private void leave() {
        over = true;
        ahead = false;
        next = null;
        if (body != null) {
            body.over(this);
        }
    }

    /** As {@link #close()}, where nothing can be awaited. */
    void closeNow() throws Throwable {
        leave();
        Awaitable<?> closing = source.close();
        Coroutine<?> coroutine = closing.coroutine();
        if (coroutine.step() != Pause.FINISHED) {
            coroutine.close();
        }
    }

    @Override
    public String toString() {
        return "Each " + (over ? "ended" : "of " + source);
    }
}
