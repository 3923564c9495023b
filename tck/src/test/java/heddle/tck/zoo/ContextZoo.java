package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelHandle;
import heddle.tck.model.ModelJob;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelPromise;
import heddle.tck.model.ModelTask;
import java.util.List;
import java.util.concurrent.Callable;

/** Broken engines of the chapter CTX. */
final class ContextZoo {

    private ContextZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("CTX-1", "callbacks run in an empty context", EmptyForCallbacks::new),
                new Beast("CTX-2", "done-callbacks run in an empty context", EmptyForDoneCallbacks::new),
                new Beast("CTX-3", "tasks run in an empty context", EmptyForTasks::new),
                new Beast("CTX-4", "a context that is given is copied", CopiesGiven::new),
                new Beast("CTX-5", "all run in the context of the thread", OneForAll::new),
                new Beast(
                        "CTX-6",
                        "each step but the first runs in a copy",
                        options -> new TasksOf(options, CopyForEachStep::new)),
                new Beast("CTX-7", "posts run in an empty context", EmptyForPosts::new),
                new Beast("CTX-8", "jobs run in their caller's context", CallersForJobs::new));
    }

    private static final class EmptyForCallbacks extends ModelLoop {
        EmptyForCallbacks(EngineOptions options) {
            super(options);
        }

        @Override
        public Handle callSoon(ThrowingRunnable callback) {
            return callSoon(callback, Context.empty());
        }
    }

    private static final class EmptyForDoneCallbacks extends ModelLoop {
        EmptyForDoneCallbacks(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelPromise<T> newPromise(Object what) {
            return new ModelPromise<>(this, what) {
                @Override
                public void addDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
                    addDoneCallback(callback, Context.empty());
                }
            };
        }
    }

    private static final class EmptyForTasks extends ModelLoop {
        EmptyForTasks(EngineOptions options) {
            super(options);
        }

        @Override
        public <T> Task<T> createTask(Awaitable<? extends T> awaitable, String name, Context context) {
            return super.createTask(awaitable, name, context == null ? Context.empty() : context);
        }
    }

    private static final class CopiesGiven extends ModelLoop {
        CopiesGiven(EngineOptions options) {
            super(options);
        }

        @Override
        public Handle callSoon(ThrowingRunnable callback, Context context) {
            return super.callSoon(callback, context == null ? null : context.copy());
        }
    }

    private static final class OneForAll extends ModelLoop {
        OneForAll(EngineOptions options) {
            super(options);
        }

        @Override
        protected Context swapContext(Context next) {
            return LoopBinding.here().context();
        }
    }

    private static final class CopyForEachStep extends ModelTask<Object> {
        private final TasksOf loop;
        private boolean begun;

        CopyForEachStep(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        protected void step(Throwable error) {
            if (begun) {
                Context copy = context.copy();
                Context before = LoopBinding.here().swapContext(copy);
                super.step(error);
                LoopBinding.here().swapContext(before);
            } else {
                begun = true;
                super.step(error);
            }
        }
    }

    private static final class EmptyForPosts extends ModelLoop {
        EmptyForPosts(EngineOptions options) {
            super(options);
        }

        @Override
        public Handle callSoonThreadsafe(ThrowingRunnable callback) {
            if (callback == null || isClosed()) {
                return super.callSoonThreadsafe(callback);
            }
            ModelHandle handle = new ModelHandle(this, callback, Context.empty(), true);
            post(handle);
            return handle;
        }
    }

    private static final class CallersForJobs extends ModelLoop {
        CallersForJobs(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelJob<T> newJob(Callable<? extends T> job) {
            Context callers = Context.copyCurrent();
            return super.newJob(() -> callers.run(job::call));
        }
    }
}
