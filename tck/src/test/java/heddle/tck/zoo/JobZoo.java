package heddle.tck.zoo;

import heddle.api.Future;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelJob;
import heddle.tck.model.ModelLoop;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Broken engines of the chapter THREAD: jobs on executors, and interrupts. */
final class JobZoo {

    private JobZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("THREAD-8", "a job for the default executor runs at once", RunsInline::new),
                new Beast("THREAD-9", "a cancelled job runs all the same", CancelledRuns::new),
                new Beast("THREAD-10", "the future of a rejected job stays pending", RejectionLost::new),
                new Beast("THREAD-11", "a job that is too late complains to its executor", ComplainsTooLate::new),
                new Beast("THREAD-14", "an interrupt is swallowed", InterruptSwallowed::new),
                new Beast("THREAD-15", "setDefaultExecutor is ignored", KeepsItsOwn::new),
                new Beast("THREAD-16", "the default executor outlives its loop", ExecutorOutlives::new));
    }

    private static final class RunsInline extends ModelLoop {
        RunsInline(EngineOptions options) {
            super(options);
        }

        @Override
        public <T> Future<T> runInExecutor(Executor executor, Callable<? extends T> job) {
            return super.runInExecutor(executor == null ? Runnable::run : executor, job);
        }
    }

    private static final class CancelledRuns extends ModelLoop {
        CancelledRuns(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelJob<T> newJob(Callable<? extends T> job) {
            return new ModelJob<>(this, job) {
                @Override
                protected boolean begin() {
                    return true;
                }
            };
        }
    }

    private static final class RejectionLost extends ModelLoop {
        RejectionLost(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelJob<T> newJob(Callable<? extends T> job) {
            return new ModelJob<>(this, job) {
                @Override
                protected void start(Executor executor) {
                    try {
                        executor.execute(this::run);
                    } catch (RuntimeException e) {
                        // it will never run
                    }
                }
            };
        }
    }

    private static final class ComplainsTooLate extends ModelLoop {
        ComplainsTooLate(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelJob<T> newJob(Callable<? extends T> job) {
            return new ModelJob<>(this, job) {
                @Override
                protected void post(Runnable completion) {
                    checkOpen();
                    super.post(completion);
                }
            };
        }
    }

    private static final class InterruptSwallowed extends ModelLoop {
        InterruptSwallowed(EngineOptions options) {
            super(options);
        }

        @Override
        protected void lookForInterrupt() {
            Thread.interrupted();
        }
    }

    private static final class KeepsItsOwn extends ModelLoop {
        KeepsItsOwn(EngineOptions options) {
            super(options);
        }

        @Override
        public void setDefaultExecutor(ExecutorService executor) {
            checkThread("EventLoop.setDefaultExecutor");
            Objects.requireNonNull(executor, "executor");
        }
    }

    private static final class ExecutorOutlives extends ModelLoop {
        ExecutorOutlives(EngineOptions options) {
            super(options);
        }

        @Override
        protected void closeExecutor() {
            // whoever made it may go on with it
        }
    }
}
