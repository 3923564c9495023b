package heddle.tck.model;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.ThrowingConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a future and its done-callbacks; what promises and tasks have in common.
 *
 * @param <T> the type of the result
 */
public abstract class ModelFuture<T extends @Nullable Object> implements Future<T> {

    /** Pending, or how it ended. */
    protected enum State {
        /** Not done. */
        PENDING,
        /** With a result or an exception. */
        FINISHED,
        /** By cancellation. */
        CANCELLED
    }

    /**
     * A done-callback with the context that it runs in.
     *
     * @param callback what to call
     * @param context where
     * @param <T> the type of the result
     */
    protected record Registration<T extends @Nullable Object>(
            ThrowingConsumer<? super Future<T>> callback, Context context) {}

    /** Its loop. */
    protected final ModelLoop loop;

    /** Written last, so that other threads see the rest. */
    protected volatile State state = State.PENDING;

    /** What the next {@link CancelledError} says. */
    protected volatile @Nullable String cancelMessage;

    /** The error that ended a task: it is thrown to whoever looks first, as it is. */
    protected volatile @Nullable CancelledError cancelledError;

    /** Who wants to hear of the end. */
    protected List<Registration<T>> registrations = new ArrayList<>();

    private @Nullable T value;
    private @Nullable Throwable failure;
    private @Nullable LostFailure lost;

    ModelFuture(ModelLoop loop) {
        this.loop = loop;
    }

    @Override
    public boolean done() {
        return state != State.PENDING;
    }

    @Override
    public boolean cancelled() {
        return state == State.CANCELLED;
    }

    @Override
    @SuppressWarnings("NullAway") // null only where T allows it
    public T result() throws Exception {
        Throwable failed = exceptionOr("Result");
        if (failed != null) {
            throw Throw.as(failed);
        }
        return value;
    }

    @Override
    public @Nullable Throwable exception() {
        return exceptionOr("Exception");
    }

    /** The exception if there is one; refuses to tell before the end. */
    protected @Nullable Throwable exceptionOr(String what) {
        if (state == State.CANCELLED) {
            throw makeCancelledError();
        }
        if (state == State.PENDING) {
            throw new InvalidStateException(
                    what + " of " + this + " is not set: await it, or read it in a done-callback");
        }
        retrieved();
        return failure;
    }

    @Override
    public @Nullable String cancelMessage() {
        return cancelMessage;
    }

    /** The error for who looks at a cancelled future: once the one that ended it, then new ones. */
    protected CancelledError makeCancelledError() {
        CancelledError first = cancelledError;
        cancelledError = null;
        return first != null ? first : new CancelledError(cancelMessage);
    }

    /** Somebody knows of the failure now. */
    protected void retrieved() {
        LostFailure known = lost;
        if (known != null) {
            known.retrieve();
        }
    }

    /** Ends it with a result. */
    protected void finish(T result) {
        value = result;
        complete(State.FINISHED);
    }

    /** Ends it with an exception. */
    protected void fail(Throwable exception) {
        failure = exception;
        lost = loop.watchFailure(this, exception);
        complete(State.FINISHED);
    }

    /** Ends it by cancellation. */
    protected void cancelNow(@Nullable String message) {
        cancelMessage = message;
        complete(State.CANCELLED);
    }

    /** Makes the end known: the state first, then the callbacks. */
    protected void complete(State end) {
        state = end;
        scheduleCallbacks();
        loop.observe(observer -> observer.done(this));
    }

    /** Schedules the done-callbacks in the order of registration, and forgets them. */
    protected void scheduleCallbacks() {
        List<Registration<T>> all = registrations;
        registrations = new ArrayList<>();
        scheduleAll(all);
    }

    /** Schedules done-callbacks, each for itself. */
    protected void scheduleAll(List<Registration<T>> all) {
        for (Registration<T> each : all) {
            schedule(each.callback, each.context);
        }
    }

    /** Schedules one done-callback. */
    protected void schedule(ThrowingConsumer<? super Future<T>> callback, Context context) {
        loop.enqueue(() -> callback.accept(this), context);
    }

    @Override
    public void addDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
        addDoneCallback(callback, Context.copyCurrent());
    }

    @Override
    public void addDoneCallback(ThrowingConsumer<? super Future<T>> callback, Context context) {
        Objects.requireNonNull(callback, "callback");
        Objects.requireNonNull(context, "context");
        loop.checkThread("Future.addDoneCallback");
        if (done()) {
            schedule(callback, context);
        } else {
            registrations.add(new Registration<>(callback, context));
        }
    }

    @Override
    public int removeDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        loop.checkThread("Future.removeDoneCallback");
        List<Registration<T>> kept = new ArrayList<>();
        for (Registration<T> each : registrations) {
            if (!each.callback.equals(callback)) {
                kept.add(each);
            }
        }
        int removed = registrations.size() - kept.size();
        registrations = kept;
        return removed;
    }

    @Override
    public ModelLoop loop() {
        return loop;
    }

    @Override
    public Coroutine<T> coroutine() {
        return new FutureCoroutine<>(this);
    }

    /** How it stands, for messages. */
    protected String standing() {
        return switch (state) {
            case PENDING -> "pending";
            case CANCELLED -> "cancelled";
            case FINISHED -> failure == null ? "has a result" : "failed";
        };
    }
}
