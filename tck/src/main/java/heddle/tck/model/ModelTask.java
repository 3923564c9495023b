package heddle.tck.model;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.Display;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task as CPython's {@code tasks.py} has it: one step after another, each scheduled with callSoon or by the done-callback
 * of what it waits for.
 *
 * @param <T> the type of the result
 */
public class ModelTask<T extends @Nullable Object> extends ModelFuture<T> implements Task<T> {

    /** The code that it runs. */
    protected final Coroutine<? extends T> coroutine;

    /** Where it runs. */
    protected final Context context;

    /** Whether a cancel is to be delivered by the next step. */
    protected boolean mustCancel;

    /** How many cancels were requested and not taken back. */
    protected volatile int requests;

    /** What it waits for. */
    protected volatile @Nullable Future<?> waiter;

    /** The done-callback by which it waits. */
    protected final WakeUp wakeUp = new WakeUp(this);

    private final Awaitable<? extends T> awaitable;
    private volatile String name;

    /**
     * Wakes a task up; equal to that of no other.
     *
     * @param task the task
     */
    protected record WakeUp(ModelTask<?> task) implements ThrowingConsumer<Future<?>> {
        @Override
        public void accept(Future<?> future) {
            task.wakeUp(future);
        }
    }

    /** A task whose first step isn't scheduled yet. */
    protected ModelTask(
            ModelLoop loop,
            Awaitable<? extends T> awaitable,
            Coroutine<? extends T> coroutine,
            String name,
            Context context) {
        super(loop);
        this.awaitable = awaitable;
        this.coroutine = coroutine;
        this.name = name;
        this.context = context;
    }

    /** Schedules its next step. */
    protected void scheduleStep(@Nullable Throwable error) {
        loop.enqueue(() -> step(error), context);
    }

    /** One step: into the code with nothing or with an error, and out again with what comes next. */
    protected void step(@Nullable Throwable error) {
        if (done()) {
            throw new InvalidStateException("a step of " + this + ", which is done");
        }
        Throwable delivered = mustCancel ? pendingCancel(error) : error;
        mustCancel = false;
        waiter = null;
        Task<?> before = loop.swapCurrentTask(this);
        try {
            stepCode(delivered);
        } finally {
            loop.swapCurrentTask(before);
        }
    }

    /** A pending cancel beats a value and any error but a cancellation. */
    protected Throwable pendingCancel(@Nullable Throwable error) {
        return error instanceof CancelledError ? error : makeCancelledError();
    }

    /** Runs the code up to its next pause or its end. */
    protected void stepCode(@Nullable Throwable error) {
        loop.observe(observer -> observer.stepBegins(this));
        Suspension suspension;
        try {
            suspension = error == null ? coroutine.step() : coroutine.raise(error);
            if (suspension == Pause.FINISHED) {
                T result = coroutine.result();
                stepEnds(suspension);
                returned(result);
                return;
            }
        } catch (Throwable e) {
            stepEnds(null);
            threw(e);
            return;
        }
        stepEnds(suspension);
        suspended(suspension);
    }

    /** Tells observers that a step ended. */
    protected void stepEnds(@Nullable Suspension suspension) {
        loop.observe(observer -> observer.stepEnds(this, suspension));
    }

    /** The code ended with a value. A cancel that it asked for itself, and never met, ends the task all the same. */
    protected void returned(T result) {
        if (mustCancel) {
            mustCancel = false;
            cancelNow(cancelMessage);
        } else {
            finish(result);
        }
    }

    /** The code ended with an exception. */
    protected void threw(Throwable error) {
        if (error instanceof CancelledError cancelled) {
            cancelledError = cancelled;
            cancelNow(null);
        } else {
            fail(error);
            loop.escapeIfFatal(error);
        }
    }

    /** The code waits. */
    protected void suspended(@Nullable Suspension suspension) {
        if (suspension == Pause.YIELD) {
            scheduleStep(null);
        } else if (suspension instanceof Future<?> future) {
            if (future.loop() != loop) {
                scheduleStep(new IllegalStateException(this + " awaits " + future + ", which belongs to another loop"));
            } else if (future == this) {
                scheduleStep(new IllegalStateException(this + " cannot await itself"));
            } else {
                waitFor(future);
            }
        } else {
            scheduleStep(new IllegalStateException("a step of " + this + " ended in " + suspension));
        }
    }

    /** Waits for a future; a cancel that it asked for itself goes to that future at once. */
    protected void waitFor(Future<?> future) {
        future.addDoneCallback(wakeUp, context);
        waiter = future;
        if (mustCancel && passCancel(future, cancelMessage)) {
            mustCancel = false;
        }
    }

    /** What it waited for is done: looks at the outcome, once, and hands an error over. */
    protected void wakeUp(Future<?> future) {
        Throwable error = null;
        try {
            future.result();
        } catch (Throwable e) {
            error = e;
        }
        step(error);
    }

    @Override
    protected void complete(State end) {
        loop.forget(this);
        super.complete(end);
    }

    @Override
    public boolean cancel(@Nullable String message) {
        loop.checkThread("Task.cancel");
        retrieved();
        if (done()) {
            return false;
        }
        countRequests(1);
        loop.observe(observer -> observer.cancelRequested(this, message));
        Future<?> awaited = waiter;
        if (awaited == null || !passCancel(awaited, message)) {
            // Its next step is scheduled already: that will deliver it.
            mustCancel = true;
            cancelMessage = message;
        }
        return true;
    }

    /** Cancels what it waits for; whether that took the request. */
    protected boolean passCancel(Future<?> future, @Nullable String message) {
        return future.cancel(message);
    }

    /** Counts requests up or down. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the loop's thread writes
    protected void countRequests(int more) {
        requests += more;
    }

    @Override
    public int cancelling() {
        return requests;
    }

    @Override
    public int uncancel() {
        loop.checkThread("Task.uncancel");
        if (requests > 0) {
            countRequests(-1);
            if (requests == 0) {
                mustCancel = false;
            }
        }
        return requests;
    }

    @Override
    public @Nullable Future<?> waitingOn() {
        Future<?> awaited = waiter;
        return awaited == null || awaited.done() ? null : awaited;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void setName(String name) {
        loop.checkThread("Task.setName");
        this.name = Objects.requireNonNull(name, "name");
    }

    @Override
    public Awaitable<? extends T> awaitable() {
        return awaitable;
    }

    @Override
    public List<StackTraceElement> stack() {
        return waiter == null ? List.of() : coroutine.stack();
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public String toString() {
        return Display.escape(name, 40) + " " + standing();
    }
}
