package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.ExceptionGroup;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingFunction;
import heddle.api.ThrowingRunnable;
import heddle.api.WaitsFor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that don't outlive the code that made them; asyncio's TaskGroup (asyncio-rules 134 to 148). The code's end waits
 * for all of them. When one fails, the others and the code itself are cancelled, and when all have ended, the failures go
 * on as one {@link ExceptionGroup}, in the order in which they happened, the code's own last.
 *
 * <pre>{@code
 * var group = taskGroup();
 * group.run(() -> {
 *     group.createTask(fetch("a"));
 *     group.createTask(fetch("b"));
 * });
 * }</pre>
 *
 * <p>It is used once. A task that is cancelled by itself is no failure. Tasks are cancelled in the order in which they were
 * made. Threads: for the task that runs the code, for the group's tasks, and for callbacks of their loop.
 */
public final class TaskGroup extends Block {

    private final Set<Future<?>> tasks = new LinkedHashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    private @Nullable EventLoop loop;
    private @Nullable Task<?> parent;
    private boolean exiting;
    private boolean aborting;
    private boolean cancelOnEnter;
    /** Whether the parent was cancelled by this, which takes that back at the end. */
    private boolean parentCancelled;
    /** A failure of the JVM; it goes on alone. */
    private @Nullable Throwable fatal;
    /** What the exit waits for: the last task. */
    private @Nullable Promise<@Nullable Void> last;

    TaskGroup() {}

    // ---- what it is put around

    /**
     * Runs a body with this around it, right here, in the body of a coroutine.
     *
     * @param body what to run
     * @param <R> the type of its result
     * @return its result; null if {@link #cancel()} cut it short
     * @throws ExceptionGroup if a task failed, or the body
     * @throws InvalidStateException if this was used already
     * @throws CancelledError if the calling task is cancelled
     * @throws Exception only to suit {@code body}: what it throws comes in an {@link ExceptionGroup}
     */
    public <R extends @Nullable Object> @Nullable R run(Callable<? extends R> body) throws Exception {
        Objects.requireNonNull(body, "body");
        return Enclosed.<@Nullable R>run(this, body);
    }

    /**
     * As {@link #run(Callable)}, for a body that returns nothing.
     *
     * @param body what to run
     * @throws ExceptionGroup if a task failed, or the body
     * @throws InvalidStateException if this was used already
     * @throws CancelledError if the calling task is cancelled
     * @throws Exception only to suit {@code body}: what it throws comes in an {@link ExceptionGroup}
     */
    public void run(ThrowingRunnable body) throws Exception {
        Objects.requireNonNull(body, "body");
        Enclosed.<@Nullable Void>run(this, () -> {
            body.run();
            return null;
        });
    }

    /**
     * Waits for {@code awaitable} with this around it, as a chain. Since this is used once, the chain runs once; {@code
     * taskGroup(group -> …)} makes a new group for each run.
     *
     * @param awaitable what to wait for
     * @param <R> the type of its value
     * @return a recipe, of its value; of null if {@link #cancel()} cut it short
     */
    public <R extends @Nullable Object> Chain<@Nullable R> around(Awaitable<? extends R> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        return Enclosed.chain(this, () -> new Enclosed<@Nullable R>(this, () -> awaitable));
    }

    /** A chain with a new group around what {@code code} makes, for each of its runs. */
    static <R extends @Nullable Object> Chain<@Nullable R> chain(
            ThrowingFunction<? super TaskGroup, ? extends Awaitable<? extends R>> code) {
        return Enclosed.chain("taskGroup", () -> {
            TaskGroup group = new TaskGroup();
            return new Enclosed<@Nullable R>(group, () -> code.apply(group));
        });
    }

    // ---- what it does

    /**
     * Makes a task of this group.
     *
     * @param awaitable what to run
     * @param <T> the type of its result
     * @return the task, named {@code Task-N}
     * @throws InvalidStateException if this isn't entered, is being cancelled, or is finished (asyncio-rule 134)
     */
    public <T extends @Nullable Object> Task<T> createTask(Awaitable<? extends T> awaitable) {
        return createTask(awaitable, null, null);
    }

    /**
     * As {@link #createTask(Awaitable)}, with a name.
     *
     * @param awaitable what to run
     * @param name its name; null for the next default one
     * @param <T> the type of its result
     * @return the task
     * @throws InvalidStateException if this isn't entered, is being cancelled, or is finished (asyncio-rule 134)
     */
    public <T extends @Nullable Object> Task<T> createTask(Awaitable<? extends T> awaitable, @Nullable String name) {
        return createTask(awaitable, name, null);
    }

    /**
     * As {@link #createTask(Awaitable)}, with a name and a context.
     *
     * @param awaitable what to run
     * @param name its name; null for the next default one
     * @param context the context to run in; null for a copy of the current one
     * @param <T> the type of its result
     * @return the task
     * @throws InvalidStateException if this isn't entered, is being cancelled, or is finished (asyncio-rule 134)
     */
    public <T extends @Nullable Object> Task<T> createTask(
            Awaitable<? extends T> awaitable, @Nullable String name, @Nullable Context context) {
        Objects.requireNonNull(awaitable, "awaitable");
        EventLoop mine = loop;
        if (mine == null) {
            throw new InvalidStateException("TaskGroup has not been entered: make its tasks inside of run(…)");
        }
        if (exiting && tasks.isEmpty()) {
            throw new InvalidStateException("TaskGroup is finished: make a new group");
        }
        if (aborting) {
            throw new InvalidStateException("TaskGroup is shutting down: it takes no more tasks");
        }
        Task<T> task = mine.createTask(awaitable, name, context);
        tasks.add(task);
        task.addDoneCallback(this::taskDone);
        return task;
    }

    /**
     * Ends this early and without an error: cancels its tasks, and its code where it waits. Before the code begins, it will
     * cut it short at its first await; after the end, or again, it does nothing (asyncio-rule 148, of Python 3.15).
     */
    public void cancel() {
        EventLoop mine = loop;
        if (mine == null) {
            cancelOnEnter = true;
            return;
        }
        ThreadRule.check(mine, "cancel");
        if (!(exiting && tasks.isEmpty()) && !aborting) {
            abort();
            cancelParent();
        }
    }

    private void abort() {
        aborting = true;
        if (loop == null || loop.isClosed()) {
            return; // which ends the tasks itself
        }
        for (Future<?> task : List.copyOf(tasks)) {
            if (!task.done()) {
                task.cancel();
            }
        }
    }

    private void cancelParent() {
        if (parent != null && !parentCancelled) {
            parentCancelled = true;
            parent.cancel();
        }
    }

    private void taskDone(Future<?> task) {
        tasks.remove(task);
        if (last != null && tasks.isEmpty() && !last.done()) {
            last.setResult(null);
        }
        if (task.cancelled()) {
            return;
        }
        Throwable failure = task.exception();
        if (failure == null) {
            return;
        }
        errors.add(failure);
        noteFatal(failure);
        if (parent == null || parent.done()) {
            task.loop()
                    .callExceptionHandler(new ErrorReport(
                            ErrorReport.Kind.LOST,
                            "A task of a group failed after the group's own task had ended",
                            failure,
                            task,
                            null));
        } else if (!aborting && !parentCancelled) {
            abort();
            cancelParent();
        }
    }

    private void noteFatal(Throwable failure) {
        if (fatal == null && Throwables.isFatal(failure)) {
            fatal = failure;
        }
    }

    // ---- as a block

    @Override
    @Nullable
    Awaitable<?> enter() {
        if (loop != null) {
            throw new InvalidStateException("TaskGroup has already been entered: make a new group for each run");
        }
        EventLoop here = EventLoop.running();
        Task<?> current = here.currentTask();
        if (current == null) {
            throw new IllegalStateException(
                    "TaskGroup cannot determine the parent task: use it inside a task (docs/codes.md#await-in-callback)");
        }
        loop = here;
        parent = current;
        if (cancelOnEnter) {
            cancel();
        }
        return null;
    }

    @Override
    @Nullable
    Awaitable<Boolean> exit(@Nullable Throwable failure) throws Throwable {
        exiting = true;
        if (failure != null) {
            noteFatal(failure);
            if (!aborting) {
                abort();
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
                last = null;
                dealtWith = finish(failure, cancelled, late);
                return Pause.FINISHED;
            }
            last = Objects.requireNonNull(loop).createFuture(new Remaining());
            return last;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            if (!(error instanceof CancelledError e)) {
                throw error;
            }
            late = e;
            if (!aborting) {
                cancelled = e;
                abort();
            }
            return step();
        }

        @Override
        public Boolean result() {
            return dealtWith;
        }

        @Override
        public void close() {
            last = null;
        }
    }

    /** What the end of the group stands for. */
    private final class Remaining implements WaitsFor {
        @Override
        public List<Future<?>> waitsFor() {
            return List.copyOf(tasks);
        }

        @Override
        public String toString() {
            return TaskGroup.this.toString();
        }
    }

    /** All tasks have ended: throws what goes on, or answers whether {@code failure} doesn't. */
    private boolean finish(
            @Nullable Throwable failure, @Nullable CancelledError cancelled, @Nullable CancelledError late)
            throws Throwable {
        Task<?> inside = Objects.requireNonNull(parent);
        parent = null;
        if (fatal != null) {
            throw fatal;
        }
        CancelledError propagated = cancelled;
        if (parentCancelled) {
            if (inside.uncancel() == 0) {
                propagated = null;
            } else if (propagated == null) {
                propagated = late;
            }
        }
        if (propagated != null && errors.isEmpty()) {
            throw propagated;
        }
        if (failure != null && !(failure instanceof CancelledError)) {
            errors.add(failure);
        }
        if (errors.isEmpty()) {
            return true;
        }
        if (inside.cancelling() > 0) {
            // somebody else cancelled as well: so that this isn't lost, the next await will throw (asyncio-rule 143)
            inside.uncancel();
            inside.cancel();
        }
        throw new ExceptionGroup("unhandled errors in a TaskGroup", errors);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("TaskGroup");
        if (!tasks.isEmpty()) {
            text.append(" of ").append(tasks.size()).append(tasks.size() == 1 ? " task" : " tasks");
        }
        if (!errors.isEmpty()) {
            text.append(errors.size() == 1 ? ", 1 error" : ", " + errors.size() + " errors");
        }
        return text.append(aborting ? ", cancelling" : loop != null ? ", entered" : "")
                .toString();
    }
}
