package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.CancelledError.Origin;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.WaitsFor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one run of a {@link TaskGroup}: from the moment when a task entered it. */
final class GroupRun {

    private final TaskGroup group;
    private final EventLoop loop;
    private final Children tasks = new Children();
    /** The task whose code is inside; null when the run is over. */
    private @Nullable Task<?> parent;

    private boolean exiting;
    private boolean aborting;
    /** Whether the parent was cancelled by this, which takes that back at the end. */
    private boolean parentCancelled;

    GroupRun(TaskGroup group, EventLoop loop, Task<?> parent) {
        this.group = group;
        this.loop = loop;
        this.parent = parent;
    }

    <T extends @Nullable Object> Task<T> createTask(
            Awaitable<? extends T> awaitable, @Nullable String name, @Nullable Context context) {
        if (isFinished()) {
            throw new InvalidStateException("TaskGroup is finished: make a new group");
        }
        if (aborting) {
            throw new InvalidStateException("TaskGroup is shutting down: it takes no more tasks");
        }
        Task<T> task = loop.createTask(awaitable, name, context);
        tasks.add(task);
        task.addDoneCallback(this::taskDone);
        return task;
    }

    private boolean isFinished() {
        return exiting && tasks.isEmpty();
    }

    void cancel() {
        ThreadRule.check(loop, "cancel");
        if (!isFinished() && !aborting) {
            abort(null);
            cancelParent(null);
        }
    }

    /** Cancels the tasks, on behalf of {@code origin}, or of the caller. */
    private void abort(@Nullable Origin origin) {
        aborting = true;
        if (!loop.isClosed()) { // which ends the tasks itself
            tasks.cancel(origin);
        }
    }

    private void cancelParent(@Nullable Origin origin) {
        if (parent != null && !parentCancelled) {
            parentCancelled = true;
            Throwables.cancel(parent, origin);
        }
    }

    private void taskDone(Future<?> task) {
        Throwable failure = tasks.ended(task);
        if (failure == null) {
            return;
        }
        if (parent == null || parent.done()) {
            loop.callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.LOST,
                    "A task of a group failed after the group's own task had ended",
                    failure,
                    task,
                    null));
        } else if (!aborting && !parentCancelled) {
            Origin origin = since(task instanceof Task<?> child ? child.name() + " failed" : "a task failed");
            abort(origin);
            cancelParent(origin);
        }
    }

    private Origin since(String what) {
        return new Origin("TaskGroup of " + (parent == null ? "nobody" : parent.name()) + ", since " + what, null);
    }

    /** As {@link Block#exit}. */
    @Nullable
    Awaitable<Boolean> exit(@Nullable Throwable failure) throws Throwable {
        exiting = true;
        if (failure != null) {
            tasks.noteFatal(failure);
            if (!aborting) {
                abort(failure instanceof CancelledError e ? e.origin() : since("its code failed"));
            }
            if (failure instanceof CoroutineExit) {
                throw failure; // code that is being closed can't wait for the tasks
            }
        }
        CancelledError cancelled = failure instanceof CancelledError e ? e : null;
        if (tasks.isEmpty()) {
            return finish(failure, cancelled, null) ? Chain.start(Program.VALUE, true) : null;
        }
        return () -> new Exit(failure, cancelled);
    }

    /** Waits until no task is left, whatever comes. */
    private final class Exit implements Coroutine<Boolean> {
        private final @Nullable Throwable failure;
        /** What goes on unless there are failures: the cancellation that came from outside. */
        private @Nullable CancelledError cancelled;
        /** A cancellation that came while this was being cancelled already. */
        private @Nullable CancelledError late;

        private boolean dealtWith;

        Exit(@Nullable Throwable failure, @Nullable CancelledError cancelled) {
            this.failure = failure;
            this.cancelled = cancelled;
        }

        @Override
        public Suspension step() throws Throwable {
            if (tasks.isEmpty()) {
                tasks.stopWaiting();
                dealtWith = finish(failure, cancelled, late);
                return Pause.FINISHED;
            }
            return tasks.awaitLast(loop, new Remaining());
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            if (!(error instanceof CancelledError e)) {
                throw error;
            }
            late = e;
            if (!aborting) {
                cancelled = e;
                abort(e.origin());
            }
            return step();
        }

        @Override
        public Boolean result() {
            return dealtWith;
        }

        @Override
        public void close() {
            tasks.stopWaiting();
        }
    }

    /** What the end of the group stands for. */
    private final class Remaining implements WaitsFor {
        @Override
        public List<Future<?>> waitsFor() {
            return tasks.left();
        }

        @Override
        public String toString() {
            return group.toString();
        }
    }

    /** All tasks have ended: throws what goes on, or answers whether {@code failure} doesn't. */
    private boolean finish(
            @Nullable Throwable failure, @Nullable CancelledError cancelled, @Nullable CancelledError late)
            throws Throwable {
        Task<?> inside = parent;
        parent = null;
        if (inside == null) {
            throw new AssertionError("left twice");
        }
        tasks.throwIfFatal();
        CancelledError propagated = cancelled;
        if (parentCancelled) {
            if (inside.uncancel() == 0) {
                propagated = null;
            } else if (propagated == null) {
                propagated = late;
            }
        }
        if (propagated != null && tasks.failures() == 0) {
            throw propagated;
        }
        if (failure != null && !(failure instanceof CancelledError)) {
            tasks.codeFailed(failure);
        }
        if (tasks.failures() == 0) {
            return true;
        }
        if (inside.cancelling() > 0) {
            // somebody else cancelled as well: so that this isn't lost, the next await will throw (asyncio-rule 143)
            inside.uncancel();
            CancelledError absorbed = cancelled != null ? cancelled : late;
            Throwables.cancel(inside, absorbed == null ? null : absorbed.origin());
        }
        throw tasks.asGroup();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!tasks.isEmpty()) {
            text.append(" of ").append(tasks.size()).append(tasks.size() == 1 ? " task" : " tasks");
        }
        int errors = tasks.failures();
        if (errors > 0) {
            text.append(errors == 1 ? ", 1 error" : ", " + errors + " errors");
        }
        return text.append(aborting ? ", cancelling" : ", entered").toString();
    }
}
