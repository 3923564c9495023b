package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelHandle;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelTask;

/** The model with tasks of another kind. */
final class TasksOf extends ModelLoop {

    /** Makes a task. */
    interface Kind {
        ModelTask<Object> make(
                TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context);
    }

    private final Kind kind;

    TasksOf(EngineOptions options, Kind kind) {
        super(options);
        this.kind = kind;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected <T> ModelTask<T> newTask(
            Awaitable<? extends T> awaitable, Coroutine<? extends T> coroutine, String name, Context context) {
        return (ModelTask<T>) kind.make(this, awaitable, coroutine, name, context);
    }

    /** Runs a callback of the loop's own at once. */
    void runNow(ThrowingRunnable callback, Context context) {
        runHandle(new ModelHandle(this, callback, context, false));
    }

    /** Puts a callback of the loop's own at the end of the queue. */
    void later(ThrowingRunnable callback, Context context) {
        enqueue(callback, context);
    }

    /** Puts a callback of the loop's own at the front of the queue. */
    void first(ThrowingRunnable callback, Context context) {
        ready.addFirst(new ModelHandle(this, callback, context, false));
    }
}
