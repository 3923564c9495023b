package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelPromise;
import heddle.tck.model.ModelTask;
import java.util.List;

/** Broken engines of the chapter CANCEL: how cancelled tasks end, and taking a request back. */
final class CancelEndZoo {

    private CancelEndZoo() {}

    static List<Beast> beasts() {
        return List.of(
                beast("CANCEL-14", "a task that cancelled itself may return", ReturnsAll::new),
                beast("CANCEL-15", "a task that cancelled itself may not fail", NeverFails::new),
                beast("CANCEL-16", "a cancellation that nobody asked for is a failure", OwnIsFailure::new),
                beast("CANCEL-17", "who awaits a cancelled task is raised another error", OtherError::new),
                beast("CANCEL-18", "a cancelled task may not fail", CancelledAnyway::new),
                beast("CANCEL-19", "uncancel returns how many there were", OneTooMany::new),
                beast("CANCEL-20", "uncancel retracts what was delivered", Retracts::new),
                beast("CANCEL-21", "uncancel doesn't retract what wasn't delivered", KeepsRequest::new),
                new Beast("CANCEL-22", "cancel runs the done-callbacks of what was awaited", RunsCallbacks::new),
                beast("CANCEL-23", "the message isn't passed on", MessageDropped::new),
                beast(
                        "CANCEL-24",
                        "a task that cancelled itself and awaits a done future goes on",
                        DoneFutureWins::new),
                beast("CANCEL-25", "who looks at the message takes the error", LookTakes::new));
    }

    private static Beast beast(String rule, String mistake, TasksOf.Kind kind) {
        return new Beast(rule, mistake, options -> new TasksOf(options, kind));
    }

    private static final class ReturnsAll extends ModelTask<Object> {
        ReturnsAll(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void returned(Object result) {
            finish(result);
        }
    }

    private static final class NeverFails extends ModelTask<Object> {
        NeverFails(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void threw(Throwable error) {
            if (mustCancel) {
                cancelNow(cancelMessage);
            } else {
                super.threw(error);
            }
        }
    }

    private static final class OwnIsFailure extends ModelTask<Object> {
        OwnIsFailure(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void threw(Throwable error) {
            if (error instanceof CancelledError && cancelling() == 0) {
                fail(error);
            } else {
                super.threw(error);
            }
        }
    }

    private static final class OtherError extends ModelTask<Object> {
        OtherError(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void wakeUp(Future<?> future) {
            if (future instanceof Task && future.cancelled() && cancelling() == 0) {
                step(new IllegalStateException("what it awaits was cancelled"));
            } else {
                super.wakeUp(future);
            }
        }
    }

    private static final class CancelledAnyway extends ModelTask<Object> {
        CancelledAnyway(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void threw(Throwable error) {
            if (cancelling() > 0 && !mustCancel && !(error instanceof CancelledError)) {
                cancelNow(cancelMessage);
            } else {
                super.threw(error);
            }
        }
    }

    private static final class OneTooMany extends ModelTask<Object> {
        OneTooMany(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public int uncancel() {
            int before = cancelling();
            super.uncancel();
            return before;
        }
    }

    private static final class Retracts extends ModelTask<Object> {
        private boolean asked;

        Retracts(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public boolean cancel(String message) {
            asked = true;
            return super.cancel(message);
        }

        @Override
        protected void wakeUp(Future<?> future) {
            if (asked && cancelling() == 0) {
                step(null);
            } else {
                super.wakeUp(future);
            }
        }
    }

    private static final class KeepsRequest extends ModelTask<Object> {
        KeepsRequest(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public int uncancel() {
            boolean asked = mustCancel;
            int left = super.uncancel();
            mustCancel = asked;
            return left;
        }
    }

    private static final class RunsCallbacks extends ModelLoop {
        private int cancelling;

        RunsCallbacks(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelTask<T> newTask(
                Awaitable<? extends T> awaitable, Coroutine<? extends T> coroutine, String name, Context context) {
            return new ModelTask<>(this, awaitable, coroutine, name, context) {
                @Override
                public boolean cancel(String message) {
                    cancelling++;
                    try {
                        return super.cancel(message);
                    } finally {
                        cancelling--;
                    }
                }
            };
        }

        @Override
        protected <T> ModelPromise<T> newPromise(Object what) {
            return new ModelPromise<>(this, what) {
                @Override
                protected void schedule(ThrowingConsumer<? super Future<T>> callback, Context context) {
                    if (cancelling == 0 || callback.getClass().getSimpleName().equals("WakeUp")) {
                        super.schedule(callback, context);
                    } else {
                        try {
                            callback.accept(this);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
            };
        }
    }

    private static final class MessageDropped extends ModelTask<Object> {
        MessageDropped(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected boolean passCancel(Future<?> future, String message) {
            return super.passCancel(future, null);
        }
    }

    private static final class DoneFutureWins extends ModelTask<Object> {
        DoneFutureWins(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void waitFor(Future<?> future) {
            super.waitFor(future);
            mustCancel = false;
        }
    }

    private static final class LookTakes extends ModelTask<Object> {
        LookTakes(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public String cancelMessage() {
            return cancelled() ? makeCancelledError().getMessage() : super.cancelMessage();
        }
    }
}
