package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.ErrorReport;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelTask;
import java.util.List;

/** Broken engines of the chapter ERR: closing a loop, and hostile or missing arguments. */
final class CloseZoo {

    private CloseZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("ERR-9", "a running loop can be closed", ClosesRunning::new),
                new Beast("ERR-10", "a closed loop takes callbacks", TakesWork::new),
                new Beast("ERR-11", "close runs what is ready", RunsTheRest::new),
                new Beast("ERR-12", "close doesn't close coroutines", NoCleanUp::new),
                new Beast("ERR-13", "close cancels what tasks wait for", CancelsAwaited::new),
                new Beast("ERR-16", "a task prints its name as it is", options -> new TasksOf(options, PrintsRaw::new)),
                new Beast("ERR-17", "callSoon takes null for nothing to do", NullIsNothing::new));
    }

    private static final class ClosesRunning extends ModelLoop {
        ClosesRunning(EngineOptions options) {
            super(options);
        }

        @Override
        public void close() {
            if (isRunning()) {
                closed = true;
            } else {
                super.close();
            }
        }
    }

    private static final class TakesWork extends ModelLoop {
        TakesWork(EngineOptions options) {
            super(options);
        }

        @Override
        protected void checkOpen() {
            // it will be dropped
        }
    }

    private static final class RunsTheRest extends ModelLoop {
        RunsTheRest(EngineOptions options) {
            super(options);
        }

        @Override
        public void close() {
            for (int left = ready.size(); left > 0 && !isRunning(); left--) {
                runHandle(ready.removeFirst());
            }
            super.close();
        }
    }

    private static final class NoCleanUp extends ModelLoop {
        NoCleanUp(EngineOptions options) {
            super(options);
        }

        @Override
        protected void leftPending(ModelTask<?> task) {
            callExceptionHandler(new ErrorReport(ErrorReport.Kind.PENDING, "still pending", null, task, null));
        }
    }

    private static final class CancelsAwaited extends ModelLoop {
        CancelsAwaited(EngineOptions options) {
            super(options);
        }

        @Override
        public void close() {
            if (!isRunning()) {
                for (Task<?> task : allTasks()) {
                    Future<?> awaited = task.waitingOn();
                    if (awaited != null) {
                        awaited.cancel();
                    }
                }
            }
            super.close();
        }
    }

    private static final class PrintsRaw extends ModelTask<Object> {
        PrintsRaw(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public String toString() {
            return name();
        }
    }

    private static final class NullIsNothing extends ModelLoop {
        NullIsNothing(EngineOptions options) {
            super(options);
        }

        @Override
        public Handle callSoon(ThrowingRunnable callback) {
            return super.callSoon(callback == null ? () -> {} : callback);
        }
    }
}
