package heddle.api;

import org.jspecify.annotations.Nullable;

/**
 * Watches a loop: what is created, what runs, what it waits for, what is done. Debuggers, pictures and recorders are built
 * on it. Every method is called synchronously by whoever speaks for the loop, does nothing by default, and must not change
 * what it watches. What it throws is reported once and stops nothing.
 */
public interface LoopObserver {

    /**
     * A task was created.
     *
     * @param task the task
     */
    default void taskCreated(Task<?> task) {}

    /**
     * A task's next step begins.
     *
     * @param task the task
     */
    default void stepBegins(Task<?> task) {}

    /**
     * A task's step ended.
     *
     * @param task the task
     * @param suspension what it waits for, or how it paused; null if it threw
     */
    default void stepEnds(Task<?> task, @Nullable Suspension suspension) {}

    /**
     * A task was asked to cancel, and took the request.
     *
     * @param task the task
     * @param message the message; null for none
     */
    default void cancelRequested(Task<?> task, @Nullable String message) {}

    /**
     * A callback of {@code callSoon}, {@code callLater}, {@code callAt} or {@code callSoonThreadsafe} begins.
     *
     * @param handle its handle
     */
    default void callbackBegins(Handle handle) {}

    /**
     * That callback ended.
     *
     * @param handle its handle
     */
    default void callbackEnds(Handle handle) {}

    /**
     * A future or task is done; its done-callbacks are scheduled.
     *
     * @param future the future
     */
    default void done(Future<?> future) {}

    /** A turn of the loop begins: the callbacks that are ready now will run. */
    default void turnBegins() {}
}
