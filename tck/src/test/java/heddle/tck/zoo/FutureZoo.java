package heddle.tck.zoo;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelPromise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Broken engines of the chapter FUT. */
final class FutureZoo {

    private FutureZoo() {}

    static List<Beast> beasts() {
        return List.of(
                beast("FUT-1", "a second completion is accepted", CompletesTwice::new),
                beast("FUT-2", "the result of a pending future is null", NullWhilePending::new),
                beast("FUT-3", "exception() of a future with a result throws", NoException::new),
                beast("FUT-4", "the message of a cancel is lost", MessageLost::new),
                beast("FUT-5", "cancel of a done future returns true", CancelsWhatIsDone::new),
                beast("FUT-6", "a done-callback added to a done future runs at once", RunsAtOnce::new),
                beast("FUT-7", "done-callbacks run the last first", Reversed::new),
                beast("FUT-8", "only the first of equal done-callbacks is removed", RemovesOne::new),
                beast("FUT-9", "scheduled done-callbacks can be removed", RemovesScheduled::new),
                beast("FUT-10", "all done-callbacks run in one", AllInOne::new),
                beast("FUT-11", "an exception that is a CancelledError cancels", CancelsByException::new),
                new Beast("FUT-12", "waiters come behind callbacks", WaitersLast::new),
                beast("FUT-13", "onCancel is ignored", OnCancelIgnored::new),
                beast("FUT-14", "done-callbacks added by done-callbacks are lost", AddedLost::new),
                beast("FUT-15", "awaiting a done future pauses", AlwaysPauses::new));
    }

    /** A loop whose promises are broken. */
    private static Beast beast(String rule, String mistake, Function<ModelLoop, ModelPromise<Object>> promises) {
        return new Beast(rule, mistake, options -> new PromisesOf(options, promises));
    }

    private static final class PromisesOf extends ModelLoop {
        private final Function<ModelLoop, ModelPromise<Object>> promises;

        PromisesOf(EngineOptions options, Function<ModelLoop, ModelPromise<Object>> promises) {
            super(options);
            this.promises = promises;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected <T> ModelPromise<T> newPromise(Object what) {
            return (ModelPromise<T>) promises.apply(this);
        }
    }

    private static final class CompletesTwice extends ModelPromise<Object> {
        CompletesTwice(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        protected void checkPending() {
            // the last one wins
        }
    }

    private static final class NullWhilePending extends ModelPromise<Object> {
        NullWhilePending(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public Object result() throws Exception {
            return done() ? super.result() : null;
        }
    }

    private static final class NoException extends ModelPromise<Object> {
        NoException(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public Throwable exception() {
            Throwable exception = super.exception();
            if (exception == null) {
                throw new InvalidStateException("it has no exception");
            }
            return exception;
        }
    }

    private static final class MessageLost extends ModelPromise<Object> {
        MessageLost(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        protected void cancelNow(String message) {
            super.cancelNow(null);
        }
    }

    private static final class CancelsWhatIsDone extends ModelPromise<Object> {
        CancelsWhatIsDone(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public boolean cancel(String message) {
            return super.cancel(message) || done();
        }
    }

    private static final class RunsAtOnce extends ModelPromise<Object> {
        RunsAtOnce(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public void addDoneCallback(ThrowingConsumer<? super Future<Object>> callback, Context context) {
            if (done()) {
                try {
                    callback.accept(this);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            } else {
                super.addDoneCallback(callback, context);
            }
        }
    }

    private static final class Reversed extends ModelPromise<Object> {
        Reversed(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        protected void scheduleAll(List<Registration<Object>> all) {
            List<Registration<Object>> reversed = new ArrayList<>(all);
            Collections.reverse(reversed);
            super.scheduleAll(reversed);
        }
    }

    private static final class RemovesOne extends ModelPromise<Object> {
        RemovesOne(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public int removeDoneCallback(ThrowingConsumer<? super Future<Object>> callback) {
            List<Registration<Object>> before = new ArrayList<>(registrations);
            int removed = super.removeDoneCallback(callback);
            if (removed > 1) {
                before.remove(before.stream()
                        .filter(each -> each.callback().equals(callback))
                        .findFirst()
                        .orElseThrow());
                registrations = before;
            }
            return Math.min(removed, 1);
        }
    }

    private static final class RemovesScheduled extends ModelPromise<Object> {
        private final List<Object> removed = new ArrayList<>();

        RemovesScheduled(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public int removeDoneCallback(ThrowingConsumer<? super Future<Object>> callback) {
            if (!done()) {
                return super.removeDoneCallback(callback);
            }
            removed.add(callback);
            return 1;
        }

        @Override
        protected void schedule(ThrowingConsumer<? super Future<Object>> callback, Context context) {
            super.schedule(
                    done -> {
                        if (!removed.contains(callback)) {
                            callback.accept(done);
                        }
                    },
                    context);
        }
    }

    private static final class AllInOne extends ModelPromise<Object> {
        AllInOne(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        protected void scheduleAll(List<Registration<Object>> all) {
            if (!all.isEmpty()) {
                schedule(
                        done -> {
                            for (Registration<Object> each : all) {
                                each.callback().accept(this);
                            }
                        },
                        all.get(0).context());
            }
        }
    }

    private static final class CancelsByException extends ModelPromise<Object> {
        CancelsByException(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public void setException(Throwable exception) {
            if (exception instanceof CancelledError error) {
                cancel(error.getMessage());
            } else {
                super.setException(exception);
            }
        }
    }

    private static final class WaitersLast extends ModelLoop {
        WaitersLast(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelPromise<T> newPromise(Object what) {
            return new ModelPromise<T>(this, what) {
                @Override
                protected void scheduleAll(List<Registration<T>> all) {
                    List<Registration<T>> sorted = new ArrayList<>(all);
                    sorted.sort((a, b) -> Boolean.compare(isWaiter(a.callback()), isWaiter(b.callback())));
                    super.scheduleAll(sorted);
                }
            };
        }

        private static boolean isWaiter(Object callback) {
            return callback.getClass().getSimpleName().equals("WakeUp");
        }
    }

    private static final class OnCancelIgnored extends ModelPromise<Object> {
        OnCancelIgnored(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public void onCancel(Cancellation cancellation) {
            super.onCancel(
                    cancellation == null
                            ? null
                            : message -> {
                                cancelNow(message);
                                return true;
                            });
        }
    }

    private static final class AddedLost extends ModelPromise<Object> {
        private boolean running;

        AddedLost(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        protected void schedule(ThrowingConsumer<? super Future<Object>> callback, Context context) {
            super.schedule(
                    done -> {
                        running = true;
                        try {
                            callback.accept(done);
                        } finally {
                            running = false;
                        }
                    },
                    context);
        }

        @Override
        public void addDoneCallback(ThrowingConsumer<? super Future<Object>> callback, Context context) {
            if (!running) {
                super.addDoneCallback(callback, context);
            }
        }
    }

    private static final class AlwaysPauses extends ModelPromise<Object> {
        AlwaysPauses(ModelLoop loop) {
            super(loop, null);
        }

        @Override
        public Coroutine<Object> coroutine() {
            Coroutine<Object> run = super.coroutine();
            return new Coroutine<>() {
                private boolean paused;

                @Override
                public Suspension step() throws Throwable {
                    boolean pauses = !paused && done();
                    paused = true;
                    return pauses ? Pause.YIELD : run.step();
                }

                @Override
                public Suspension raise(Throwable error) throws Throwable {
                    return run.raise(error);
                }

                @Override
                public Object result() throws Exception {
                    return run.result();
                }

                @Override
                public void close() {
                    run.close();
                }
            };
        }
    }
}
