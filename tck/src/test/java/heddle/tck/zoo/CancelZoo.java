package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.tck.model.ModelTask;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Broken engines of the chapter CANCEL: what a cancel asks for, and how it is delivered. */
final class CancelZoo {

    private CancelZoo() {}

    static List<Beast> beasts() {
        return List.of(
                beast("CANCEL-1", "requests to a done task are counted", CountsTooLate::new),
                beast("CANCEL-2", "a task that was asked says that it is cancelled", CancelledTooSoon::new),
                beast("CANCEL-3", "a task that never began begins, to be cancelled", BeginsFirst::new),
                beast("CANCEL-4", "what a cancelled task waits for is left alone", LeavesFutures::new),
                beast("CANCEL-5", "what a cancelled task waits for is left alone if it is a task", LeavesTasks::new),
                new Beast("CANCEL-6", "a future that others wait for is left alone", options -> {
                    Map<Future<?>, Integer> waiters = new IdentityHashMap<>();
                    return new TasksOf(
                            options,
                            (loop, awaitable, coroutine, name, context) ->
                                    new LeavesShared(loop, awaitable, coroutine, name, context, waiters));
                }),
                beast("CANCEL-7", "a value on its way beats a cancel", ValueWins::new),
                beast("CANCEL-8", "each request is delivered", DeliversEach::new),
                beast("CANCEL-9", "a cancel is raised at every pause", RaisesAgain::new),
                beast("CANCEL-10", "a cancel after a delivered one is ignored", IgnoresSecond::new),
                beast("CANCEL-11", "a task that cancels itself is raised the error there", RaisesInside::new),
                beast("CANCEL-12", "a task that cancelled itself waits for a future first", WaitsFirst::new),
                beast("CANCEL-13", "a yield forgets that a task cancelled itself", YieldForgets::new));
    }

    private static Beast beast(String rule, String mistake, TasksOf.Kind kind) {
        return new Beast(rule, mistake, options -> new TasksOf(options, kind));
    }

    private static final class CountsTooLate extends ModelTask<Object> {
        CountsTooLate(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public boolean cancel(String message) {
            if (done()) {
                countRequests(1);
            }
            return super.cancel(message);
        }
    }

    private static final class CancelledTooSoon extends ModelTask<Object> {
        CancelledTooSoon(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public boolean cancelled() {
            return super.cancelled() || (!done() && cancelling() > 0);
        }
    }

    private static final class BeginsFirst extends ModelTask<Object> {
        private boolean begun;

        BeginsFirst(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void step(Throwable error) {
            boolean first = !begun && mustCancel;
            begun = true;
            if (first) {
                mustCancel = false;
            }
            super.step(error);
            Future<?> awaited = waiter;
            if (first && !done() && (awaited == null || !passCancel(awaited, cancelMessage))) {
                mustCancel = true;
            }
        }
    }

    /** Stops waiting for a future, and is raised the error in the next turn. */
    private abstract static class Detaching extends ModelTask<Object> {
        Detaching(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        abstract boolean leaves(Future<?> future);

        @Override
        protected boolean passCancel(Future<?> future, String message) {
            if (future.done() || !leaves(future)) {
                return super.passCancel(future, message);
            }
            future.removeDoneCallback(wakeUp);
            waiter = null;
            scheduleStep(new CancelledError(message));
            return true;
        }
    }

    private static final class LeavesFutures extends Detaching {
        LeavesFutures(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        boolean leaves(Future<?> future) {
            return !(future instanceof Task);
        }
    }

    private static final class LeavesTasks extends Detaching {
        LeavesTasks(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        boolean leaves(Future<?> future) {
            return future instanceof Task;
        }
    }

    private static final class LeavesShared extends Detaching {
        private final Map<Future<?>, Integer> waiters;

        LeavesShared(
                TasksOf loop,
                Awaitable<?> awaitable,
                Coroutine<?> coroutine,
                String name,
                Context context,
                Map<Future<?>, Integer> waiters) {
            super(loop, awaitable, coroutine, name, context);
            this.waiters = waiters;
        }

        @Override
        protected void waitFor(Future<?> future) {
            waiters.merge(future, 1, Integer::sum);
            super.waitFor(future);
        }

        @Override
        boolean leaves(Future<?> future) {
            return waiters.get(future) > 1;
        }
    }

    private static final class ValueWins extends ModelTask<Object> {
        ValueWins(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected boolean passCancel(Future<?> future, String message) {
            return super.passCancel(future, message) || future.done();
        }
    }

    private static final class DeliversEach extends ModelTask<Object> {
        private int delivered;

        DeliversEach(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void stepCode(Throwable error) {
            if (error instanceof CancelledError) {
                delivered++;
            }
            super.stepCode(error);
            Future<?> awaited = waiter;
            if (delivered > 0
                    && delivered < cancelling()
                    && !done()
                    && (awaited == null || !passCancel(awaited, cancelMessage))) {
                mustCancel = true;
            }
        }
    }

    private static final class RaisesAgain extends ModelTask<Object> {
        private boolean delivered;

        RaisesAgain(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void stepCode(Throwable error) {
            boolean again = error == null && delivered && cancelling() > 0;
            delivered |= error instanceof CancelledError;
            super.stepCode(again ? new CancelledError(cancelMessage) : error);
        }
    }

    private static final class IgnoresSecond extends ModelTask<Object> {
        private boolean delivered;

        IgnoresSecond(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void stepCode(Throwable error) {
            delivered |= error instanceof CancelledError;
            super.stepCode(error);
        }

        @Override
        public boolean cancel(String message) {
            if (delivered && !done()) {
                countRequests(1);
                return true;
            }
            return super.cancel(message);
        }
    }

    private static final class RaisesInside extends ModelTask<Object> {
        private final TasksOf loop;

        RaisesInside(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        public boolean cancel(String message) {
            if (loop.currentTask() == this) {
                throw new CancelledError(message);
            }
            return super.cancel(message);
        }
    }

    private static final class WaitsFirst extends ModelTask<Object> {
        WaitsFirst(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void waitFor(Future<?> future) {
            boolean asked = mustCancel;
            mustCancel = false;
            super.waitFor(future);
            mustCancel = asked;
        }
    }

    private static final class YieldForgets extends ModelTask<Object> {
        YieldForgets(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void suspended(Suspension suspension) {
            if (suspension == Pause.YIELD) {
                mustCancel = false;
            }
            super.suspended(suspension);
        }
    }
}
