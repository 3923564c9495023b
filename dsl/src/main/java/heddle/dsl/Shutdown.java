package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Task;
import heddle.api.TimerHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The end of a loop's life, as asyncio's Runner does it (asyncio-rules 169 to 172), but for the passes: tasks that were
 * made while the others were being cancelled are cancelled in their turn. What is left after the last pass, the loop names
 * and closes.
 */
final class Shutdown {

    static final int PASSES = 100;

    /** As CPython's THREAD_JOIN_TIMEOUT. */
    private static final double EXECUTOR_SECONDS = 300;

    private static final CancelledError.Origin SHUTDOWN =
            new CancelledError.Origin("shutdown of the loop, whose program has ended", null);

    private Shutdown() {}

    /** Ends all tasks and the default executor of a loop that isn't running; the caller then closes it. */
    static void of(EventLoop loop, int passes) throws Exception {
        for (int pass = 0; pass < passes && !loop.allTasks().isEmpty(); pass++) {
            cancelAll(loop);
        }
        loop.runUntilComplete(Chain.start(Program.AWAIT_CALL, new GeneratorsEnd(loop)));
        loop.runUntilComplete(Chain.start(Program.AWAIT_CALL, new ExecutorEnd(loop)));
    }

    private static void cancelAll(EventLoop loop) throws Exception {
        List<Task<?>> tasks = loop.allTasks();
        for (Task<?> task : tasks) {
            task.cancel(null, SHUTDOWN);
        }
        loop.runUntilComplete(Gather.start(loop, new ArrayList<>(tasks), true, results -> results));
        for (Task<?> task : tasks) {
            Throwable failure = task.cancelled() ? null : task.exception();
            if (failure != null) {
                loop.callExceptionHandler(new ErrorReport(
                        ErrorReport.Kind.SHUTDOWN, "unhandled exception during run(…) shutdown", failure, task, null));
            }
        }
    }

    private record GeneratorsEnd(EventLoop loop) implements Callable<Chain<?>> {
        @Override
        public Chain<?> call() {
            return OpenGenerators.close(loop);
        }
    }

    /** Waits for the default executor, but not for ever. */
    private record ExecutorEnd(EventLoop loop) implements Callable<Future<?>> {
        @Override
        public Future<?> call() {
            Future<?> end = loop.shutdownDefaultExecutor();
            if (!end.done()) {
                TimerHandle limit = loop.callLater(EXECUTOR_SECONDS, () -> end.cancel("jobs that don't end"));
                end.addDoneCallback(done -> limit.cancel());
            }
            return end;
        }
    }
}
