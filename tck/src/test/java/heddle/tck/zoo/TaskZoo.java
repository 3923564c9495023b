package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelPromise;
import heddle.tck.model.ModelTask;
import java.util.List;

/** Broken engines of the chapter TASK: steps, waits, outcomes, and what they cost. */
final class TaskZoo {

    private TaskZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("TASK-1", "createTask runs the first step", options -> new TasksOf(options, Eager::new)),
                new Beast(
                        "TASK-2",
                        "a first step takes a turn to queue",
                        options -> new TasksOf(options, SlowStart::new)),
                new Beast("TASK-3", "a result is there a turn later", options -> new TasksOf(options, LateResult::new)),
                new Beast(
                        "TASK-4",
                        "what isn't an exception ends the loop",
                        options -> new TasksOf(options, Escapes::new)),
                new Beast("TASK-5", "who yields goes to the front", options -> new TasksOf(options, YieldsFirst::new)),
                new Beast(
                        "TASK-6",
                        "a failed wait goes on as if it had a value",
                        options -> new TasksOf(options, ErrorsIgnored::new)),
                new Beast("TASK-7", "a yield costs two turns", options -> new TasksOf(options, SlowYield::new)),
                new Beast("TASK-8", "done-callbacks are scheduled a turn later", options -> new ModelLoop(options) {
                    @Override
                    protected <T> ModelPromise<T> newPromise(Object what) {
                        return new ModelPromise<>(this, what) {
                            @Override
                            protected void scheduleAll(List<Registration<T>> all) {
                                enqueue(() -> super.scheduleAll(all), Context.empty());
                            }
                        };
                    }
                }),
                new Beast(
                        "TASK-9",
                        "the end of a task is heard a turn later",
                        options -> new TasksOf(options, SlowEnd::new)),
                new Beast(
                        "TASK-10",
                        "a task that awaits itself waits",
                        options -> new TasksOf(options, AwaitsItself::new)),
                new Beast(
                        "TASK-11",
                        "another loop's future is waited for",
                        options -> new TasksOf(options, AwaitsForeign::new)),
                new Beast("TASK-12", "null is taken for a yield", options -> new TasksOf(options, NullYields::new)),
                new Beast(
                        "TASK-18",
                        "every look gets the error that ended a task",
                        options -> new TasksOf(options, MessageKept::new)),
                new Beast(
                        "TASK-22",
                        "a step that ends in a done future goes straight on",
                        options -> new TasksOf(options, GoesStraightOn::new)));
    }

    private static final class Eager extends ModelTask<Object> {
        private final TasksOf loop;
        private boolean begun;

        Eager(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        protected void scheduleStep(Throwable error) {
            if (!begun && loop.isRunning()) {
                begun = true;
                loop.runNow(() -> step(error), context);
            } else {
                super.scheduleStep(error);
            }
        }
    }

    private static final class SlowStart extends ModelTask<Object> {
        private final TasksOf loop;
        private boolean begun;

        SlowStart(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        protected void scheduleStep(Throwable error) {
            if (begun) {
                super.scheduleStep(error);
            } else {
                begun = true;
                loop.later(() -> super.scheduleStep(error), context);
            }
        }
    }

    private static final class LateResult extends ModelTask<Object> {
        private final TasksOf loop;

        LateResult(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        protected void returned(Object result) {
            loop.later(() -> super.returned(result), context);
        }
    }

    private static final class Escapes extends ModelTask<Object> {
        Escapes(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void threw(Throwable error) {
            super.threw(error);
            if (!(error instanceof Exception) && !(error instanceof CancelledError)) {
                throw new InternalError("it escapes", error);
            }
        }
    }

    private static final class YieldsFirst extends ModelTask<Object> {
        private final TasksOf loop;

        YieldsFirst(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        protected void suspended(Suspension suspension) {
            if (suspension == Pause.YIELD) {
                loop.first(() -> step(null), context);
            } else {
                super.suspended(suspension);
            }
        }
    }

    private static final class ErrorsIgnored extends ModelTask<Object> {
        ErrorsIgnored(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void wakeUp(Future<?> future) {
            try {
                future.result();
                step(null);
            } catch (CancelledError e) {
                step(e);
            } catch (Throwable e) {
                step(null);
            }
        }
    }

    private static final class SlowYield extends ModelTask<Object> {
        private final TasksOf loop;

        SlowYield(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        protected void suspended(Suspension suspension) {
            if (suspension == Pause.YIELD) {
                loop.later(() -> scheduleStep(null), context);
            } else {
                super.suspended(suspension);
            }
        }
    }

    private static final class SlowEnd extends ModelTask<Object> {
        private final TasksOf loop;

        SlowEnd(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
            this.loop = loop;
        }

        @Override
        protected void scheduleAll(List<Registration<Object>> all) {
            loop.later(() -> super.scheduleAll(all), Context.empty());
        }
    }

    private static final class AwaitsItself extends ModelTask<Object> {
        AwaitsItself(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void suspended(Suspension suspension) {
            if (suspension == this) {
                waitFor(this);
            } else {
                super.suspended(suspension);
            }
        }
    }

    private static final class AwaitsForeign extends ModelTask<Object> {
        AwaitsForeign(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void suspended(Suspension suspension) {
            if (suspension instanceof Future<?> future && future.loop() != loop) {
                waitFor(future);
            } else {
                super.suspended(suspension);
            }
        }
    }

    private static final class NullYields extends ModelTask<Object> {
        NullYields(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void suspended(Suspension suspension) {
            super.suspended(suspension == null ? Pause.YIELD : suspension);
        }
    }

    private static final class MessageKept extends ModelTask<Object> {
        MessageKept(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected CancelledError makeCancelledError() {
            CancelledError ended = cancelledError;
            return ended != null ? ended : super.makeCancelledError();
        }
    }

    private static final class GoesStraightOn extends ModelTask<Object> {
        GoesStraightOn(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void waitFor(Future<?> future) {
            if (future.done()) {
                wakeUp(future);
            } else {
                super.waitFor(future);
            }
        }
    }
}
