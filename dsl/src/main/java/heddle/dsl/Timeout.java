package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Handle;
import heddle.api.InvalidStateException;
import heddle.api.Task;
import heddle.api.ThrowingFunction;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.Deadline;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A deadline around code; asyncio's timeout (asyncio-rules 117 to 129). At the deadline the task is cancelled where it
 * waits, and what leaves the code as {@link CancelledError} goes on as {@link TimeoutException}, with that error as its
 * cause. Code that never waits is never cut short.
 *
 * <pre>{@code
 * var t = timeoutAfter(1);
 * t.run(() -> {
 *     var greeting = await(reader.line());
 *     t.reschedule(EventLoop.running().time() + 10);
 *     …
 * });
 * }</pre>
 *
 * <p>It is used once. Where nobody else needs it, {@code timeout(1, …)} is shorter. Threads: for the task that it is around,
 * and for callbacks of its loop; {@link #when()} and {@link #expired()} are snapshots elsewhere.
 */
public final class Timeout extends Block {

    private enum State {
        CREATED("created"),
        ENTERED("active"),
        EXPIRING("expiring"),
        EXPIRED("expired"),
        EXITED("finished");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    /** How long from the beginning of the code on; NaN if {@link #when} was given. */
    private final double lasting;
    /** Seconds on the loop's clock; infinity for never. */
    private double when;

    private State state = State.CREATED;
    private @Nullable EventLoop loop;
    private @Nullable Task<?> task;
    private @Nullable Handle alarm;
    private double begun;
    private int cancelling;

    private Timeout(double when, double lasting) {
        this.when = when;
        this.lasting = lasting;
    }

    /** A timeout at a time of the loop's clock. */
    static Timeout at(double when) {
        return new Timeout(Seconds.checked(when, "when"), Double.NaN);
    }

    /** A timeout some time after the code begins. */
    static Timeout lasting(double seconds) {
        return new Timeout(Double.POSITIVE_INFINITY, Seconds.checked(seconds, "seconds"));
    }

    // ---- what it is put around

    /**
     * Runs a body with this around it, right here, in the body of a coroutine.
     *
     * @param body what to run
     * @param <R> the type of its result
     * @return its result
     * @throws TimeoutException if the deadline cut it short
     * @throws InvalidStateException if this was used already
     * @throws Exception what the body throws
     */
    public <R extends @Nullable Object> R run(Callable<? extends R> body) throws Exception {
        Objects.requireNonNull(body, "body");
        return Enclosed.run(this, body);
    }

    /**
     * As {@link #run(Callable)}, for a body that returns nothing.
     *
     * @param body what to run
     * @throws TimeoutException if the deadline cut it short
     * @throws InvalidStateException if this was used already
     * @throws Exception what the body throws
     */
    public void run(ThrowingRunnable body) throws Exception {
        Objects.requireNonNull(body, "body");
        Enclosed.<@Nullable Void>run(this, () -> {
            body.run();
            return null;
        });
    }

    /**
     * Waits for {@code awaitable} with this around it, as a chain. Since this is used once, the chain runs once.
     *
     * @param awaitable what to wait for
     * @param <R> the type of its value
     * @return a recipe
     */
    public <R extends @Nullable Object> Chain<R> around(Awaitable<? extends R> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        return Enclosed.chain(this, () -> new Enclosed<R>(this, () -> awaitable));
    }

    /** A chain with a new timeout around what {@code code} makes, for each of its runs. */
    static <R extends @Nullable Object> Chain<R> chain(
            double seconds, ThrowingFunction<? super Timeout, ? extends Awaitable<? extends R>> code) {
        Seconds.checked(seconds, "seconds");
        return Enclosed.chain("timeout(" + Seconds.show(seconds) + ")", () -> {
            Timeout timeout = lasting(seconds);
            return new Enclosed<R>(timeout, () -> code.apply(timeout));
        });
    }

    // ---- what it tells and takes

    /**
     * The deadline.
     *
     * @return seconds on the loop's clock; null for never
     */
    public @Nullable Double when() {
        return when == Double.POSITIVE_INFINITY ? null : when;
    }

    /**
     * Whether the deadline came while the code ran, whatever became of it (asyncio-rule 124).
     *
     * @return true from the moment when the task was cancelled
     */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    /**
     * Moves the deadline, as long as the code runs and the old one hasn't come.
     *
     * @param when seconds on the loop's clock; a time that has passed cuts the code short at its next await
     * @throws InvalidStateException if the code hasn't begun, or is over, or the deadline has come
     * @throws IllegalArgumentException if {@code when} is NaN
     */
    public void reschedule(double when) {
        Seconds.checked(when, "when");
        if (state != State.ENTERED) {
            throw new InvalidStateException(
                    state == State.CREATED
                            ? "Timeout has not been entered: reschedule it inside of run(…)"
                            : "Cannot change state of " + state.text + " Timeout: make a new one");
        }
        EventLoop mine = Objects.requireNonNull(loop);
        ThreadRule.check(mine, "reschedule");
        this.when = when;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        if (when != Double.POSITIVE_INFINITY) {
            Alarm next = new Alarm(this);
            alarm = when <= mine.time() ? mine.callSoon(next) : mine.callAt(when, next);
        }
    }

    /**
     * As {@link #reschedule(double)}, or never.
     *
     * @param when seconds on the loop's clock; null for never (asyncio-rule 128)
     * @throws InvalidStateException if the code hasn't begun, or is over, or the deadline has come
     * @throws IllegalArgumentException if {@code when} is NaN
     */
    public void reschedule(@Nullable Double when) {
        reschedule(when == null ? Double.POSITIVE_INFINITY : when.doubleValue());
    }

    private void expire() {
        Task<?> inside = task;
        if (inside != null) {
            alarm = null;
            inside.cancel(null, origin(inside));
            state = State.EXPIRING;
        }
    }

    private CancelledError.Origin origin(Task<?> inside) {
        return new CancelledError.Origin(around(inside), null);
    }

    private String around(Task<?> inside) {
        String deadline = Double.isNaN(lasting) || when != begun + lasting
                ? "at " + Seconds.show(when)
                : "of " + Seconds.show(lasting);
        return "timeout " + deadline + " around " + inside.name();
    }

    /** What the deadline's timer calls. */
    private record Alarm(Timeout timeout) implements ThrowingRunnable, Deadline {
        @Override
        public void run() {
            timeout.expire();
        }

        @Override
        public @Nullable Task<?> ends() {
            return timeout.task;
        }

        @Override
        public String toString() {
            Task<?> inside = timeout.task;
            return inside == null ? "timeout" : timeout.around(inside);
        }
    }

    // ---- as a block

    @Override
    @Nullable
    Awaitable<?> enter() {
        if (state != State.CREATED) {
            throw new InvalidStateException("Timeout has already been entered: make a new one for each run");
        }
        EventLoop here = EventLoop.running();
        Task<?> current = here.currentTask();
        if (current == null) {
            throw new IllegalStateException("Timeout should be used inside a task: it cancels the code by cancelling"
                    + " its task (docs/codes.md#await-in-callback)");
        }
        loop = here;
        task = current;
        begun = here.time();
        cancelling = current.cancelling();
        state = State.ENTERED;
        reschedule(Double.isNaN(lasting) ? when : begun + lasting);
        return null;
    }

    @Override
    @Nullable
    Awaitable<Boolean> exit(@Nullable Throwable failure) throws TimeoutException {
        Task<?> inside = task;
        EventLoop mine = loop;
        if (inside == null || mine == null) {
            throw new AssertionError("left before it was entered");
        }
        task = null;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        if (state == State.ENTERED) {
            state = State.EXITED;
            return null;
        }
        state = State.EXPIRED;
        // somebody else who cancelled as well wins (asyncio-rule 123)
        if (inside.uncancel() <= cancelling && failure != null) {
            double took = mine.time() - begun;
            if (failure instanceof CancelledError cancelled) {
                throw error(took, cancelled);
            }
            failure.addSuppressed(error(took, null));
        }
        return null;
    }

    static TimeoutException error(double seconds, @Nullable CancelledError cause) {
        TimeoutException error = new TimeoutException("timed out after " + Seconds.show(Math.max(0, seconds)));
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    @Override
    public String toString() {
        return "Timeout " + state.text
                + (state == State.ENTERED && when != Double.POSITIVE_INFINITY ? " until " + Seconds.show(when) : "");
    }
}
