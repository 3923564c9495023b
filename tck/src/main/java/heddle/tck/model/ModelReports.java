package heddle.tck.model;

import heddle.api.Context;
import heddle.api.ErrorReport;
import heddle.api.ErrorReport.Kind;
import heddle.api.ExceptionHandler;
import heddle.api.LoopBinding;
import heddle.api.LoopObserver;
import heddle.api.Task;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the model tells: failures to its handler, events to its observers; and how it is closed. */
public abstract class ModelReports extends ModelJobs {

    private static final Cleaner CLEANER = Cleaner.create();

    private final Set<LostFailure> failures = ConcurrentHashMap.newKeySet();
    private final List<LoopObserver> observers = new CopyOnWriteArrayList<>();
    private volatile @Nullable ExceptionHandler handler;
    private volatile boolean debug;

    ModelReports(EngineOptions options) {
        super(options);
        debug = options.debug();
    }

    @Override
    protected void runHandle(ModelHandle handle) {
        if (!mayRun(handle)) {
            return;
        }
        long began = clock.nanoTime();
        Context before = swapContext(handle.context);
        try {
            callbackBegins(handle);
            handle.callback.run();
        } catch (Throwable e) {
            escapeIfFatal(e);
            callbackThrew(handle, e);
        } finally {
            callbackEnds(handle);
            swapContext(before);
        }
        if (debug && clock.nanoTime() - began >= 100_000_000) {
            callExceptionHandler(new ErrorReport(Kind.SLOW, handle + " held the loop", null, null, handle));
        }
    }

    /** Whether a callback that is ready may run. */
    protected boolean mayRun(ModelHandle handle) {
        return !handle.cancelled();
    }

    /** Makes {@code next} the current context, and returns the one before. */
    protected Context swapContext(Context next) {
        return LoopBinding.here().swapContext(next);
    }

    /** Tells observers that a callback of the user's begins. */
    protected void callbackBegins(ModelHandle handle) {
        if (handle.ofUser) {
            observe(observer -> observer.callbackBegins(handle));
        }
    }

    /** Tells observers that it ended. */
    protected void callbackEnds(ModelHandle handle) {
        if (handle.ofUser) {
            observe(observer -> observer.callbackEnds(handle));
        }
    }

    /** Reports what a callback threw. */
    protected void callbackThrew(ModelHandle handle, Throwable error) {
        callExceptionHandler(new ErrorReport(Kind.CALLBACK, "Exception in " + handle, error, null, handle));
    }

    /** Throws what must end the run: the virtual machine is in trouble, and no program is asked. */
    protected void escapeIfFatal(Throwable error) {
        if (isFatal(error)) {
            throw (Error) error;
        }
    }

    @SuppressWarnings("removal") // a thread may still be stopped with it
    static boolean isFatal(Throwable error) {
        return error instanceof ThreadDeath
                || (error instanceof VirtualMachineError && !(error instanceof StackOverflowError));
    }

    @Override
    public void callExceptionHandler(ErrorReport report) {
        Objects.requireNonNull(report, "report");
        ExceptionHandler own = handler;
        if (own == null) {
            defaultExceptionHandler(report);
            return;
        }
        try {
            own.handle(this, report);
        } catch (Throwable e) {
            escapeIfFatal(e);
            defaultExceptionHandler(report);
            defaultExceptionHandler(new ErrorReport(Kind.HANDLER, "the exception handler threw", e, null, null));
        }
    }

    @Override
    public void defaultExceptionHandler(ErrorReport report) {
        System.err.println(report.kind() + ": " + report.message() + ": " + Display.of(report.exception()));
    }

    @Override
    public @Nullable ExceptionHandler exceptionHandler() {
        return handler;
    }

    @Override
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        checkThread("EventLoop.setExceptionHandler");
        this.handler = handler;
    }

    /** Watches a failure until somebody looks at it, its future is gone, or the loop is closed. */
    protected LostFailure watchFailure(ModelFuture<?> future, Throwable exception) {
        LostFailure failure =
                new LostFailure(exception, future instanceof Task<?> task ? task.name() : "a future", future);
        failures.removeIf(LostFailure::isSettled);
        failures.add(failure);
        CLEANER.register(future, () -> futureIsGone(failure));
        return failure;
    }

    /** The collector found a failed future unreachable: the loop reports that, in its next turn. */
    protected void futureIsGone(LostFailure failure) {
        if (!failure.isSettled()) {
            postQuietly(() -> reportLost(failure));
        }
    }

    /** Reports a failure that nobody can look at any more, if nobody did before. */
    protected void reportLost(LostFailure failure) {
        if (failure.claim()) {
            callExceptionHandler(new ErrorReport(
                    Kind.LOST,
                    "exception of " + failure.owner + " was never retrieved",
                    failure.exception,
                    failure.future.get(),
                    null));
        }
    }

    @Override
    public void close() {
        if (isRunning()) {
            throw new IllegalStateException("Cannot close a running event loop");
        }
        if (closed) {
            return;
        }
        closed = true;
        ready.clear();
        timers.clear();
        posts.clear();
        for (Task<?> task : allTasks()) {
            leftPending((ModelTask<?>) task);
        }
        failures.forEach(this::reportLost);
        failures.clear();
        closeExecutor();
    }

    /** Reports a task that will never end, and lets its code clean up. */
    protected void leftPending(ModelTask<?> task) {
        callExceptionHandler(
                new ErrorReport(Kind.PENDING, "the loop was closed before " + task + " was done", null, task, null));
        try {
            task.context.copy().run(() -> {
                task.coroutine.close();
                return null;
            });
        } catch (Throwable e) {
            callExceptionHandler(new ErrorReport(Kind.CALLBACK, "closing " + task, e, task, null));
        }
    }

    @Override
    public void addObserver(LoopObserver observer) {
        Objects.requireNonNull(observer, "observer");
        checkThread("EventLoop.addObserver");
        observers.add(observer);
    }

    @Override
    public void removeObserver(LoopObserver observer) {
        Objects.requireNonNull(observer, "observer");
        checkThread("EventLoop.removeObserver");
        observers.remove(observer);
    }

    /** Tells every observer; what one throws is reported and stops nothing. */
    protected void observe(Consumer<LoopObserver> event) {
        for (LoopObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (Throwable e) {
                escapeIfFatal(e);
                callExceptionHandler(new ErrorReport(Kind.OBSERVER, "an observer threw", e, null, null));
            }
        }
    }

    @Override
    protected void turnBegins() {
        observe(LoopObserver::turnBegins);
    }

    @Override
    public boolean debug() {
        return debug;
    }

    @Override
    public void setDebug(boolean debug) {
        checkThread("EventLoop.setDebug");
        this.debug = debug;
    }
}
