package heddle.engine;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.Display;
import heddle.api.spi.Traces;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps a coroutine to its end. It is its own callback: the ready queue holds the task itself when its next step is due,
 * and a future that it waits for holds it as a waiter.
 *
 * <p>It is always in exactly one of three states: queued, running, or waiting for a future (asyncio-rule 71).
 */
final class LoopTask<T extends @Nullable Object> extends LoopFuture<T> implements Task<T> {

    private final Awaitable<? extends T> awaitable;
    private final Coroutine<? extends T> coroutine;
    private final int number;
    private Context context;
    private @Nullable Future<?> waitingOn;
    private volatile @Nullable TaskExtras extras;

    /** The neighbours in the list of all tasks; the list's. */
    @Nullable
    LoopTask<?> older;

    @Nullable
    LoopTask<?> newer;

    LoopTask(
            AbstractEventLoop loop,
            Awaitable<? extends T> awaitable,
            @Nullable String name,
            int number,
            Context context) {
        super(loop);
        this.awaitable = awaitable;
        this.number = number;
        this.context = context;
        this.coroutine = start(awaitable);
        if (name != null) {
            extras().name = name;
        }
    }

    private TaskExtras extras() {
        TaskExtras known = extras;
        if (known == null) {
            known = new TaskExtras();
            extras = known;
        }
        return known;
    }

    /** It is made in debug mode, here. */
    void madeAt(List<StackTraceElement> stack) {
        extras().creation = stack;
    }

    /** A coroutine, always: what goes wrong in making it, goes wrong in the task's first step. */
    private static <R extends @Nullable Object> Coroutine<? extends R> start(Awaitable<? extends R> awaitable) {
        try {
            Coroutine<? extends R> coroutine = awaitable.coroutine();
            if (coroutine != null) {
                return coroutine;
            }
            return new FailingCoroutine<>(new NullPointerException("coroutine() of " + Display.of(awaitable)
                    + " returned null: an Awaitable returns a coroutine at each call"));
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            return new FailingCoroutine<>(e);
        }
    }

    // ---- one step

    @Override
    void run() {
        if (done()) {
            tellBookkeeping();
            return;
        }
        Throwable error = null;
        Future<?> awaited = waitingOn;
        if (awaited != null) {
            waitingOn = null;
            error = outcomeOf(awaited);
        }
        TaskExtras known = extras;
        if (known != null) {
            error = known.takeError(error);
        }
        loop.beginStep(this, context);
        Suspension suspension;
        try {
            suspension = error == null ? coroutine.step() : coroutine.raise(error);
        } catch (Throwable e) {
            loop.endStep(this, null);
            end(e);
            return;
        }
        loop.endStep(this, suspension);
        if (suspension == Pause.YIELD) {
            loop.ready(this);
        } else if (suspension == Pause.FINISHED) {
            finish();
        } else if (suspension instanceof LoopFuture<?> future && future.loop == loop && future != this) {
            future.tell(this);
            waitFor(future);
        } else {
            waitForOther(suspension);
        }
    }

    private static @Nullable Throwable outcomeOf(Future<?> awaited) {
        if (awaited instanceof LoopFuture<?> own) {
            return own.takeError();
        }
        try {
            awaited.result();
            return null;
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            return e;
        }
    }

    private void waitFor(Future<?> future) {
        waitingOn = future;
        TaskExtras known = extras;
        if (known != null) {
            Cancelled cancel = known.undelivered;
            if (cancel != null && passCancel(future, cancel.message(), cancel.origin())) {
                known.undelivered = null;
            }
        }
    }

    /** What isn't a future of this engine and loop: one of another make on this loop, or a mistake. */
    private void waitForOther(@Nullable Suspension suspension) {
        if (suspension == this) {
            extras().misuse = new IllegalStateException("Task cannot await on itself: " + label());
        } else if (!(suspension instanceof Future<?> future)) {
            extras().misuse = new IllegalStateException("Task got bad yield: " + suspension + " from "
                    + Display.of(awaitable) + "; a step ends in a future, YIELD or FINISHED");
        } else {
            try {
                if (future.loop() != loop) {
                    extras().misuse = new IllegalStateException("Task " + label() + " got Future "
                            + Display.of(future)
                            + " attached to a different loop; await it there, or complete one of this loop"
                            + " with callSoonThreadsafe (docs/codes.md#other-loop)");
                } else {
                    future.addDoneCallback(done -> run(), context);
                    waitFor(future);
                    return;
                }
            } catch (Throwable e) {
                Throwables.rethrowFatal(e);
                extras().misuse = e;
            }
        }
        loop.ready(this);
    }

    private void finish() {
        TaskExtras known = extras;
        Cancelled cancel = known == null ? null : known.takeUndelivered();
        if (cancel != null) {
            loop.tasks.remove(this);
            becomeCancelled(cancel); // asyncio-rule 86
            return;
        }
        T result;
        try {
            result = coroutine.result();
        } catch (Throwable e) {
            end(e);
            return;
        }
        loop.tasks.remove(this);
        succeed(result);
    }

    private void end(Throwable e) {
        loop.tasks.remove(this);
        if (e instanceof CancelledError cancelled) {
            becomeCancelled(new Cancelled(cancelled));
        } else {
            TaskExtras known = extras;
            if (known != null && known.creation != null) {
                Traces.trim(e, name(), LoopTask.class, known.creation);
            }
            fail(e);
            Throwables.rethrowFatal(e);
        }
    }

    /** The loop is closed: lets the {@code finally} blocks run. */
    void abandon() {
        LoopBinding here = LoopBinding.here();
        Context before = here.swapContext(context);
        try {
            coroutine.close();
        } finally {
            here.swapContext(before);
        }
    }

    // ---- cancellation

    @Override
    boolean takeCancel(@Nullable String message, CancelledError.@Nullable Origin origin) {
        // a loop and no recursion: many tasks may wait in a row, each for the next
        LoopTask<?> last = this;
        last.noteCancel(message);
        if (waitsInCircle()) {
            stopWaiting(); // nobody else will have it go on
        }
        for (LoopTask<?> next = last.awaitedTask(); next != null; next = next.awaitedTask()) {
            last = next;
            last.noteCancel(message);
        }
        last.deliverCancel(message, origin);
        return true;
    }

    private void noteCancel(@Nullable String message) {
        extras().cancelling++;
        Observers observers = loop.observers;
        if (observers != null) {
            observers.cancelRequested(this, message);
        }
    }

    private void deliverCancel(@Nullable String message, CancelledError.@Nullable Origin origin) {
        Future<?> awaited = waitingOn;
        if (awaited == null || !passCancel(awaited, message, origin)) {
            TaskExtras known = extras();
            known.undelivered = new Cancelled(message, origin);
            known.cancelMessage = message;
        }
    }

    /** The task that this one waits for, directly; null if it waits for none. */
    private @Nullable LoopTask<?> awaitedTask() {
        return waitingOn instanceof LoopTask<?> task && !task.done() ? task : null;
    }

    /** Whether the tasks that wait for each other, from this one on, come to no end. */
    private boolean waitsInCircle() {
        LoopTask<?> slow = this;
        for (LoopTask<?> fast = awaitedTask(); fast != null; ) {
            if (fast == slow) {
                return true;
            }
            fast = fast.awaitedTask();
            if (fast == slow) {
                return true;
            }
            slow = Objects.requireNonNull(slow.awaitedTask());
            fast = fast == null ? null : fast.awaitedTask();
        }
        return false;
    }

    /** Goes on at the next step, without what this waits for. */
    private void stopWaiting() {
        if (waitingOn instanceof LoopFuture<?> awaited) {
            awaited.forget(this);
            waitingOn = null;
            if (!loop.isClosed()) {
                loop.ready(this);
            }
        }
    }

    private static boolean passCancel(
            Future<?> awaited, @Nullable String message, CancelledError.@Nullable Origin origin) {
        if (awaited instanceof LoopFuture<?> own) {
            own.markRetrieved();
            return !own.done() && own.takeCancel(message, origin);
        }
        return origin == null ? awaited.cancel(message) : awaited.cancel(message, origin);
    }

    @Override
    public @Nullable String cancelMessage() {
        TaskExtras known = extras;
        return cancelled() || known == null ? super.cancelMessage() : known.cancelMessage;
    }

    @Override
    public int cancelling() {
        TaskExtras known = extras;
        return known == null ? 0 : known.cancelling;
    }

    @Override
    public int uncancel() {
        loop.checkThread("uncancel");
        TaskExtras known = extras;
        return known == null ? 0 : known.uncancel();
    }

    // ---- what it says about itself

    @Override
    public String name() {
        String given = givenName();
        return given == null ? "Task-" + number : given;
    }

    private @Nullable String givenName() {
        TaskExtras known = extras;
        return known == null ? null : known.name;
    }

    @Override
    public void setName(String name) {
        Objects.requireNonNull(name, "name");
        loop.checkThread("setName");
        extras().name = name;
    }

    @Override
    public Awaitable<? extends T> awaitable() {
        return awaitable;
    }

    @Override
    public @Nullable Future<?> waitingOn() {
        Future<?> awaited = waitingOn;
        return awaited == null || awaited.done() ? null : awaited; // done: its next step is queued
    }

    @Override
    public List<StackTraceElement> stack() {
        return waitingOn == null ? List.of() : coroutine.stack();
    }

    @Override
    public Context context() {
        Context own = context.own();
        if (own != context) {
            if (loop.currentTask() == this) {
                return loop.binding.context(); // which comes back to contextTaken
            }
            context = own;
        }
        return own;
    }

    /** If it runs in {@code snapshot}, it runs in {@code own} from now on. */
    void contextTaken(Context snapshot, Context own) {
        if (context == snapshot) {
            context = own;
        }
    }

    @Override
    String label() {
        @Nullable String coroutineName = coroutine.name();
        String label = coroutineName == null || givenName() != null ? name() : name() + " " + coroutineName;
        return Display.escape(label, 30);
    }

    @Override
    public String toString() {
        if (done()) {
            return label() + " " + showOutcome();
        }
        Future<?> awaited = waitingOn();
        if (awaited != null) {
            return label() + " waiting on " + labelOf(awaited);
        }
        return label() + (loop.currentTask() == this ? " running" : " ready");
    }

    private static String labelOf(Future<?> future) {
        return future instanceof LoopFuture<?> own ? own.label() : Display.of(future);
    }
}
