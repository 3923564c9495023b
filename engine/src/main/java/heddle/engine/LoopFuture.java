package heddle.engine;

import heddle.api.CancelledError.Origin;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.Bookkeeping;
import heddle.api.spi.Display;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What promises and tasks share: an outcome that is set once, and who wants to hear of it.
 *
 * <p>The outcome is one field: null while pending, then the result itself, or a {@link Failed} or {@link Cancelled}. It is
 * written by whoever speaks for the loop, with release semantics, so that any thread may read it.
 */
abstract class LoopFuture<T extends @Nullable Object> extends Ready implements Future<T> {

    private static final VarHandle OUTCOME;
    private static final Object NULL = new Object();

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(LoopFuture.class, "outcome", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final AbstractEventLoop loop;

    @SuppressWarnings("unused") // through OUTCOME
    private @Nullable Object outcome;

    /**
     * Who is to be told: nobody; a {@link LoopTask} that waits or a {@link DoneCallback}; one {@link Bookkeeping}, which
     * this runs itself; or {@link Several} of the former.
     */
    private @Nullable Object waiters;

    LoopFuture(AbstractEventLoop loop) {
        this.loop = loop;
    }

    // ---- state

    final @Nullable Object outcome() {
        return OUTCOME.getAcquire(this);
    }

    @Override
    public final boolean done() {
        return outcome() != null;
    }

    @Override
    public final boolean cancelled() {
        return outcome() instanceof Cancelled;
    }

    @Override
    public final T result() throws Exception {
        Object state = outcome();
        if (state == null) {
            throw new InvalidStateException(
                    "Result is not set: " + this + " is pending; await it, or read it in a done-callback");
        }
        if (state instanceof Failed failed) {
            throw Throwables.<Exception>raise(failed.retrieve());
        }
        if (state instanceof Cancelled cancelled) {
            throw cancelled.error();
        }
        return value(state);
    }

    @Override
    public final @Nullable Throwable exception() {
        Object state = outcome();
        if (state == null) {
            throw new InvalidStateException(
                    "Exception is not set: " + this + " is pending; await it, or read it in a done-callback");
        }
        if (state instanceof Cancelled cancelled) {
            throw cancelled.error();
        }
        return state instanceof Failed failed ? failed.retrieve() : null;
    }

    @Override
    public @Nullable String cancelMessage() {
        return outcome() instanceof Cancelled cancelled ? cancelled.given() : null;
    }

    @Override
    public final @Nullable Throwable unretrieved() {
        return outcome() instanceof Failed failed && loop.lostFailures.has(failed) ? failed.exception : null;
    }

    /** What a waiter that wakes up is to be told instead of a value, or null; to be asked once for each waiter. */
    final @Nullable Throwable takeError() {
        Object state = outcome();
        if (state instanceof Failed failed) {
            return failed.retrieve();
        }
        return state instanceof Cancelled cancelled ? cancelled.error() : null;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only a T, or NULL for null, is stored as a result
    private T value(Object state) {
        return state == NULL ? null : (T) state;
    }

    // ---- completion, all on the loop

    final void succeed(@Nullable Object result) {
        complete(result == null ? NULL : result);
    }

    final void fail(Throwable exception) {
        Failed failed = new Failed(exception, loop.lostFailures);
        loop.lostFailures.watch(this, failed, label()); // first, for an observer may ask
        complete(failed);
    }

    final void becomeCancelled(Cancelled cancelled) {
        complete(cancelled);
    }

    private void complete(Object state) {
        OUTCOME.setRelease(this, state);
        Object told = waiters;
        if (told != null) {
            tellNow(told);
        }
        Observers observers = loop.observers;
        if (observers != null) {
            observers.done(this);
        }
    }

    private void tellNow(Object told) {
        if (told instanceof Ready next) {
            waiters = null;
            loop.ready(next);
        } else if (told instanceof Several several) {
            waiters = null;
            several.forEach(loop::ready);
        } else { // bookkeeping
            loop.ready(this);
        }
    }

    /** It is done, and it is the turn of the bookkeeping. */
    @Override
    void run() {
        tellBookkeeping();
    }

    final void tellBookkeeping() {
        if (waiters instanceof Bookkeeping told) {
            waiters = null;
            DoneCallback.call(this, told);
        }
    }

    /** Nobody needs to hear of its failure any more: somebody dealt with it. */
    final void markRetrieved() {
        if (outcome() instanceof Failed failed) {
            failed.retrieve();
        }
    }

    // ---- who wants to hear of it

    @Override
    public final void addDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        loop.checkThread("addDoneCallback");
        if (callback instanceof Bookkeeping && waiters == null && !done()) {
            waiters = callback;
            return;
        }
        tell(new DoneCallback<>(this, callback, loop.snapshot()));
    }

    @Override
    public final void addDoneCallback(ThrowingConsumer<? super Future<T>> callback, Context context) {
        Objects.requireNonNull(callback, "callback");
        Objects.requireNonNull(context, "context");
        loop.checkThread("addDoneCallback");
        tell(new DoneCallback<>(this, callback, context));
    }

    /** Has {@code who} put into the ready queue when this is done; at once if it is. */
    final void tell(Ready who) {
        if (done()) {
            loop.ready(who);
            return;
        }
        Object others = waiters;
        if (others == null) {
            waiters = who;
        } else if (others instanceof Several several) {
            several.add(who);
        } else {
            waiters = new Several(asReady(others), who);
        }
    }

    private Ready asReady(Object waiter) {
        return waiter instanceof Bookkeeping callback
                ? new DoneCallback<>(this, callback, loop.snapshot())
                : (Ready) waiter;
    }

    @Override
    public final int removeDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        loop.checkThread("removeDoneCallback");
        if (done()) {
            return 0; // they are scheduled already
        }
        List<Ready> equal = new ArrayList<>();
        for (Ready each : registered()) {
            if (each instanceof DoneCallback<?> done && done.callback.equals(callback)) {
                equal.add(each);
            }
        }
        if (equal.isEmpty()) {
            return 0;
        }
        // equals is the user's code, and may have changed the registrations: look at them anew
        List<Ready> kept = registered();
        int before = kept.size();
        kept.removeIf(each -> equal.stream().anyMatch(gone -> gone == each));
        waiters = null;
        kept.forEach(this::tell);
        return before - kept.size();
    }

    /** Takes back {@link #tell}, while this is pending. */
    final void forget(Ready who) {
        List<Ready> kept = registered();
        kept.removeIf(each -> each == who);
        waiters = null;
        kept.forEach(this::tell);
    }

    private List<Ready> registered() {
        Object all = waiters;
        if (all == null) {
            return new ArrayList<>();
        }
        if (!(all instanceof Several)) {
            all = new Several(asReady(all));
            waiters = all;
        }
        return new ArrayList<>((Several) all);
    }

    private static final class Several extends ArrayList<Ready> {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Several(Ready... first) {
            super(4);
            addAll(List.of(first));
        }
    }

    // ---- the rest

    @Override
    public final boolean cancel(@Nullable String message) {
        loop.checkThread("cancel");
        markRetrieved();
        Origin passedOn = loop.passingOn;
        return !done() && takeCancel(message, passedOn != null ? passedOn : Origins.here(loop));
    }

    @Override
    public final boolean cancel(@Nullable String message, Origin origin) {
        Objects.requireNonNull(origin, "origin");
        loop.checkThread("cancel");
        markRetrieved();
        return !done() && takeCancel(message, origin);
    }

    /** Takes a cancel while it is pending. */
    abstract boolean takeCancel(@Nullable String message, @Nullable Origin origin);

    @Override
    public final EventLoop loop() {
        return loop;
    }

    @Override
    public final Coroutine<T> coroutine() {
        return new FutureCoroutine<>(this);
    }

    /** Its kind and name, for messages. */
    abstract String label();

    final String showOutcome() {
        Object state = outcome();
        if (state == null) {
            return "pending";
        }
        if (state instanceof Failed failed) {
            return "failed: " + Display.escape(Reports.oneLine(failed.exception), 40);
        }
        if (state instanceof Cancelled cancelled) {
            return cancelled.message() == null ? "cancelled" : "cancelled: " + Display.of(cancelled.message());
        }
        return "done: " + Display.of(value(state));
    }

    /** A failure, and whether somebody has seen it. */
    static final class Failed {
        final Throwable exception;
        private final LostFailures lost;

        Failed(Throwable exception, LostFailures lost) {
            this.exception = exception;
            this.lost = lost;
        }

        Throwable retrieve() {
            lost.retrieved(this);
            return exception;
        }
    }
}
