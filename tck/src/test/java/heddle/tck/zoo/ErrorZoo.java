package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.ErrorReport;
import heddle.api.ExceptionHandler;
import heddle.api.Future;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.LostFailure;
import heddle.tck.model.ModelFuture;
import heddle.tck.model.ModelHandle;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelPromise;
import heddle.tck.model.ModelTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Broken engines of the chapter ERR: failures, who hears of them, and how often. */
final class ErrorZoo {

    private ErrorZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("ERR-1", "a failed callback is reported twice", ReportsTwice::new),
                new Beast("ERR-2", "what a handler throws ends the loop", HandlerEndsLoop::new),
                new Beast("ERR-3", "a fatal error is reported like any other", NothingIsFatal::new),
                new Beast("ERR-4", "lost failures are forgotten at close", ForgottenAtClose::new),
                new Beast("ERR-5", "looking at exception() doesn't count", LookDoesNotCount::new),
                new Beast("ERR-6", "only close reports lost failures", NotWhenGone::new),
                new Beast("ERR-7", "a failure is reported at once", ReportsAtOnce::new),
                new Beast("ERR-8", "what an observer throws is swallowed", ObserverSwallowed::new),
                new Beast("ERR-14", "a coroutine that can't be had leaves its task pending", LeftPending::new),
                new Beast("ERR-15", "an equals that throws loses registrations", LosesRegistrations::new));
    }

    private static final class ReportsTwice extends ModelLoop {
        ReportsTwice(EngineOptions options) {
            super(options);
        }

        @Override
        protected void callbackThrew(ModelHandle handle, Throwable error) {
            super.callbackThrew(handle, error);
            super.callbackThrew(handle, error);
        }
    }

    private static final class HandlerEndsLoop extends ModelLoop {
        HandlerEndsLoop(EngineOptions options) {
            super(options);
        }

        @Override
        public void callExceptionHandler(ErrorReport report) {
            ExceptionHandler handler = exceptionHandler();
            if (handler == null || report == null) {
                super.callExceptionHandler(report);
                return;
            }
            try {
                handler.handle(this, report);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class NothingIsFatal extends ModelLoop {
        NothingIsFatal(EngineOptions options) {
            super(options);
        }

        @Override
        protected void escapeIfFatal(Throwable error) {
            // the loop lives on
        }
    }

    private static final class ForgottenAtClose extends ModelLoop {
        ForgottenAtClose(EngineOptions options) {
            super(options);
        }

        @Override
        protected void reportLost(LostFailure failure) {
            if (!isClosed()) {
                super.reportLost(failure);
            }
        }
    }

    private static final class LookDoesNotCount extends ModelLoop {
        LookDoesNotCount(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelPromise<T> newPromise(Object what) {
            return new ModelPromise<>(this, what) {
                private boolean looking;

                @Override
                public Throwable exception() {
                    looking = true;
                    try {
                        return super.exception();
                    } finally {
                        looking = false;
                    }
                }

                @Override
                protected void retrieved() {
                    if (!looking) {
                        super.retrieved();
                    }
                }
            };
        }
    }

    private static final class NotWhenGone extends ModelLoop {
        NotWhenGone(EngineOptions options) {
            super(options);
        }

        @Override
        protected void futureIsGone(LostFailure failure) {
            // close will report it
        }
    }

    private static final class ReportsAtOnce extends ModelLoop {
        ReportsAtOnce(EngineOptions options) {
            super(options);
        }

        @Override
        protected LostFailure watchFailure(ModelFuture<?> future, Throwable exception) {
            LostFailure failure = super.watchFailure(future, exception);
            reportLost(failure);
            return failure;
        }
    }

    private static final class ObserverSwallowed extends ModelLoop {
        ObserverSwallowed(EngineOptions options) {
            super(options);
        }

        @Override
        public void callExceptionHandler(ErrorReport report) {
            if (report == null || report.kind() != ErrorReport.Kind.OBSERVER) {
                super.callExceptionHandler(report);
            }
        }
    }

    private static final class LeftPending extends ModelLoop {
        LeftPending(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> Coroutine<T> begin(Awaitable<T> awaitable) {
            return new Lazy<>(awaitable);
        }

        @Override
        protected <T> ModelTask<T> newTask(
                Awaitable<? extends T> awaitable, Coroutine<? extends T> coroutine, String name, Context context) {
            return new ModelTask<>(this, awaitable, coroutine, name, context) {
                @Override
                protected void stepCode(Throwable error) {
                    ((Lazy<?>) coroutine).begin();
                    super.stepCode(error);
                }
            };
        }
    }

    /** Asks for the coroutine when it is first stepped. */
    private static final class Lazy<T> implements Coroutine<T> {
        private final Awaitable<T> awaitable;
        private Coroutine<T> begun;

        Lazy(Awaitable<T> awaitable) {
            this.awaitable = awaitable;
        }

        void begin() {
            if (begun == null) {
                begun = Objects.requireNonNull(awaitable.coroutine());
            }
        }

        @Override
        public Suspension step() throws Throwable {
            return begun.step();
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            return begun.raise(error);
        }

        @Override
        public T result() throws Exception {
            return begun.result();
        }

        @Override
        public void close() {
            if (begun != null) {
                begun.close();
            }
        }
    }

    private static final class LosesRegistrations extends ModelLoop {
        LosesRegistrations(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> ModelPromise<T> newPromise(Object what) {
            return new ModelPromise<>(this, what) {
                @Override
                public int removeDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
                    List<Registration<T>> before = registrations;
                    registrations = new ArrayList<>();
                    try {
                        super.removeDoneCallback(callback);
                    } catch (RuntimeException e) {
                        registrations = before;
                        throw e;
                    }
                    int removed = 0;
                    for (Registration<T> each : before) {
                        if (each.callback().equals(callback)) {
                            removed++;
                        } else {
                            registrations.add(each);
                        }
                    }
                    return removed;
                }
            };
        }
    }
}
