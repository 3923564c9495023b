package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.EventLoop;
import heddle.api.ExceptionGroup;
import heddle.api.InvalidStateException;
import heddle.api.Task;
import heddle.api.ThrowingFunction;
import heddle.api.ThrowingRunnable;
import java.util.Objects;
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

    /** From the moment on when it is entered. */
    private @Nullable GroupRun run;

    private boolean cancelOnEnter;

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
        if (run == null) {
            throw new InvalidStateException("TaskGroup has not been entered: make its tasks inside of run(…)");
        }
        return run.createTask(awaitable, name, context);
    }

    /**
     * Ends this early and without an error: cancels its tasks, and its code where it waits. Before the code begins, it will
     * cut it short at its first await; after the end, or again, it does nothing (asyncio-rule 148, of Python 3.15).
     */
    public void cancel() {
        if (run == null) {
            cancelOnEnter = true;
        } else {
            run.cancel();
        }
    }

    // ---- as a block

    @Override
    @Nullable
    Awaitable<?> enter() {
        if (run != null) {
            throw new InvalidStateException("TaskGroup has already been entered: make a new group for each run");
        }
        EventLoop here = EventLoop.running();
        Task<?> current = here.currentTask();
        if (current == null) {
            throw new IllegalStateException("TaskGroup cannot determine the parent task: use it inside a task"
                    + " (docs/codes.md#await-in-callback)");
        }
        run = new GroupRun(this, here, current);
        if (cancelOnEnter) {
            run.cancel();
        }
        return null;
    }

    @Override
    @Nullable
    Awaitable<Boolean> exit(@Nullable Throwable failure) throws Throwable {
        if (run == null) {
            throw new AssertionError("left before it was entered");
        }
        return run.exit(failure);
    }

    @Override
    public String toString() {
        return "TaskGroup" + (run == null ? "" : run);
    }
}
