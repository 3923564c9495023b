package heddle.dsl;

import heddle.api.CoroutineExit;
import heddle.api.InvalidStateException;
import heddle.api.ThrowingConsumer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Values that code makes one at a time, whenever the next one is asked for; Python's generator. It needs no event loop, and
 * its code can't await: see {@link AsyncGenerator} for that.
 *
 * <pre>{@code
 * for (int n : Heddle.<Integer>generator(g -> {
 *     for (int i = 1; ; i *= 2) {
 *         g.yield(i);
 *     }
 * })) { … }
 * }</pre>
 *
 * <p>The code begins with the first call, on a stack of its own, and runs in the context of who asks. What it throws, the
 * call that ran it throws, checked or not; but a {@link NoSuchElementException}, which would look like the end, comes as the
 * cause of an {@link IllegalStateException}. For any thread, one at a time.
 *
 * <p>Leaving it before the end leaves its code paused for ever: {@link #close()} it if it has something to clean up.
 *
 * @param <T> the type of the values, which may be null
 */
@SuppressWarnings("IterableAndIterator") // as in Python: a generator is gone through once, by whatever calls
public final class Generator<T extends @Nullable Object> implements Iterator<T>, Iterable<T>, AutoCloseable {

    private enum State {
        FRESH,
        PAUSED,
        /** {@link #hasNext()} has run ahead, and {@link #ahead} is what {@link #next()} gives. */
        AHEAD,
        RUNNING,
        ENDED
    }

    private final Handover<T> handover;
    private final ChainRun<?> run;
    private State state = State.FRESH;
    private @Nullable T ahead;

    private Generator(Handover<T> handover) {
        this.handover = handover;
        Callable<?> code = handover;
        this.run = (ChainRun<?>) Chain.start(Program.BODY, code).coroutine();
    }

    static <R extends @Nullable Object> Generator<R> of(ThrowingConsumer<? super Yielder<R>> code) {
        return new Generator<>(new Handover<R>(code, false));
    }

    /**
     * Whether there is a next value: runs the code up to it.
     *
     * @return false at the end
     */
    @Override
    public boolean hasNext() {
        if (state == State.AHEAD) {
            return true;
        }
        if (state == State.ENDED || !advance(null, null)) {
            return false;
        }
        ahead = handover.takeValue();
        state = State.AHEAD;
        return true;
    }

    /**
     * The next value: runs the code up to it.
     *
     * @return the value, which may be null
     * @throws NoSuchElementException if the code ended without another one
     */
    @Override
    @SuppressWarnings("NullAway") // a T, null among them
    public T next() {
        if (state == State.AHEAD) {
            T value = ahead;
            ahead = null;
            state = State.PAUSED;
            return value;
        }
        return give(null, null);
    }

    /**
     * Makes {@code value} the answer of the {@code yield} that the code is paused at, and runs it up to the next one.
     *
     * @param value the answer; may be null
     * @return the next value, which may be null
     * @throws IllegalStateException if the code hasn't begun, and {@code value} isn't null; or if {@code hasNext} has run
     *     ahead of that {@code yield}
     * @throws NoSuchElementException if the code ended without another value
     */
    public T send(@Nullable Object value) {
        if (state == State.FRESH && value != null) {
            throw new IllegalStateException("can't send a value to a generator that hasn't begun: call next() first");
        }
        checkNotAhead("send");
        return give(null, value);
    }

    /**
     * Throws {@code error} at the {@code yield} that the code is paused at, and runs it up to the next one. Code that hasn't
     * begun, or has ended, doesn't run: {@code error} is thrown here.
     *
     * @param error what to throw
     * @return the next value, which may be null
     * @throws IllegalStateException if {@code hasNext} has run ahead of that {@code yield}
     * @throws NoSuchElementException if the code ended without another value
     */
    public T raise(Throwable error) {
        Objects.requireNonNull(error, "error");
        if (state == State.ENDED) {
            throw Throwables.raise(error);
        }
        checkNotAhead("raise");
        return give(error, null);
    }

    private void checkNotAhead(String method) {
        if (state == State.AHEAD) {
            throw new IllegalStateException(method + " after hasNext(), which has run the code up to the next yield"
                    + " already: take its value with next() first");
        }
    }

    private T give(@Nullable Throwable error, @Nullable Object answer) {
        if (state == State.ENDED || !advance(error, answer)) {
            throw new NoSuchElementException("the generator has ended");
        }
        return handover.takeValue();
    }

    /** Runs the code on; answers whether it yielded. */
    private boolean advance(@Nullable Throwable error, @Nullable Object answer) {
        if (state == State.RUNNING) {
            throw new IllegalStateException("generator already executing: its own code asks for its next value");
        }
        State before = state;
        state = State.RUNNING;
        State after = State.ENDED;
        handover.send(answer);
        try {
            if (error == null) {
                run.step();
            } else {
                run.raise(error);
            }
            if (handover.hasYielded()) {
                after = State.PAUSED;
                return true;
            }
            return false;
        } catch (NoSuchElementException e) {
            if (before == State.FRESH && e == error) {
                throw e;
            }
            throw new IllegalStateException("generator raised NoSuchElementException", e);
        } catch (Throwable e) {
            throw Throwables.raise(e);
        } finally {
            state = after;
        }
    }

    /**
     * What the code said that it comes to, see {@link Yielder#setResult}.
     *
     * @return that, or null
     * @throws InvalidStateException if the code hasn't ended
     */
    public @Nullable Object result() {
        if (state != State.ENDED) {
            throw new InvalidStateException("the result of a generator is there when it has ended");
        }
        return handover.result();
    }

    /**
     * Ends the code where it is paused, by throwing {@link CoroutineExit} there, so that its {@code finally} blocks run.
     * Code that hasn't begun doesn't run; after the end, it does nothing. What the code throws instead, is thrown.
     *
     * @throws IllegalStateException if the code yields again
     */
    @Override
    public void close() {
        if (state == State.RUNNING) {
            throw new IllegalStateException("generator already executing: its own code closes it");
        }
        if (state != State.ENDED) {
            state = State.RUNNING;
            try {
                run.close();
            } finally {
                ahead = null;
                state = State.ENDED;
            }
        }
    }

    /** This generator itself: it is gone through once. */
    @Override
    public Iterator<T> iterator() {
        return this;
    }

    @Override
    public String toString() {
        return "Generator "
                + switch (state) {
                    case FRESH -> "not begun";
                    case PAUSED, AHEAD -> "paused";
                    case RUNNING -> "running";
                    case ENDED -> "ended";
                };
    }
}
