package heddle.engine;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.ExceptionHandler;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.Hold;
import heddle.api.LoopBinding;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.spi.ContextSharing;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Inspectable;
import heddle.api.spi.TimeSource;
import heddle.api.spi.Traces;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The event loop but for one thing: who runs it, and how it waits. {@link DrivenEventLoop} borrows a thread and parks it,
 * {@link HostedEventLoop} lives on the thread of a host; an engine extends one of the two and has asyncio's futures, tasks,
 * timers, cancellation, shutdown and reports, exact to the turn.
 *
 * <p>Three principles. <b>One queue</b>: whatever is to happen, a callback, a task's step, a waiter's wake-up, is put at
 * the end of {@link #ready(Runnable)}, and nothing ever runs anywhere else; so what runs is atomic, and the order can be
 * told by reading. <b>One turn</b>: {@link #turn()} runs what was ready when it began, and no more; so nothing starves.
 * <b>One thread speaks</b>: every change is made by whoever speaks for the loop, so there is no lock; other threads have
 * one way in, the queue of posts.
 *
 * <p>It is longer than other files because it is the whole of {@link EventLoop}; each of its parts has a file of its own.
 */
public abstract class AbstractEventLoop implements EventLoop, Inspectable, ContextSharing {

    static final long FOREVER = Long.MAX_VALUE;

    private static final long SLOW_NANOS = 100_000_000;
    private static final long ORIGIN = System.nanoTime();

    private final ReadyRing ready = new ReadyRing();
    private final Posts posts = new Posts();
    final Holds holds = new Holds(this);
    private final Jobs jobs = new Jobs(this);
    final @Nullable TimeSource timeSource;
    final TimerHeap timers = new TimerHeap();
    final TaskList tasks = new TaskList();
    final LostFailures lostFailures = new LostFailures(this);

    @Nullable
    Observers observers;

    /** The binding of the thread that runs this; of no loop while nobody does. */
    LoopBinding binding = LoopBinding.here();

    /** Whose cancel is being passed on by the future that took it. */
    CancelledError.@Nullable Origin passingOn;

    private volatile @Nullable Thread thread;
    private volatile boolean closed;
    private boolean debug;
    private int tasksMade;
    private @Nullable LoopTask<?> current;
    private @Nullable ExceptionHandler exceptionHandler;

    AbstractEventLoop(EngineOptions options) {
        timeSource = options.timeSource();
        debug = options.debug();
    }

    /** Has the loop take a turn soon, if nothing else will; called from any thread. */
    abstract void wakeUp();

    /** Frees what the engine holds; called once, when the loop is closed. */
    protected void release() {}

    // ---- the heart

    /**
     * One turn: what other threads posted and the timers that are due join what is ready, and exactly that runs. Called on
     * the thread that speaks for this loop.
     */
    final void turn() {
        takePosts();
        takeDueTimers();
        if (observers != null) {
            observers.turnBegins();
        }
        for (int n = ready.size(); n > 0; n--) {
            Ready next = ready.take();
            if (debug) {
                runTimed(next);
            } else if (next instanceof LoopTask<?> task) {
                task.run(); // the same, but the JVM knows which
            } else {
                next.run();
            }
        }
    }

    /** Lets what other threads posted join what is ready. */
    final void takePosts() {
        if (posts.isEmpty()) {
            return;
        }
        for (int n = posts.size(); n > 0; n--) {
            ready.add(posts.take());
        }
    }

    private void takeDueTimers() {
        LoopTimer timer = timers.first();
        if (timer == null) {
            return;
        }
        long now = now();
        while (timer != null && timer.deadline <= now) {
            timers.removeFirst();
            ready.add(timer);
            timer = timers.first();
        }
    }

    /** Whether something is ready, once what other threads posted has joined it. */
    final boolean hasReady() {
        if (ready.isEmpty()) {
            takePosts();
        }
        return !ready.isEmpty();
    }

    /** Whether no other thread has posted anything since the last look. */
    final boolean hasNoPosts() {
        return posts.isEmpty();
    }

    /** How long until the next timer, in nanoseconds: zero or less if it is due, {@link #FOREVER} if there is none. */
    final long untilNextTimer() {
        LoopTimer timer = timers.first();
        if (timer == null) {
            return FOREVER;
        }
        long now = now();
        return timer.deadline <= now ? 0 : timer.deadline - now; // the difference of any two may overflow
    }

    private void runTimed(Ready next) {
        String what = next.toString();
        long begin = System.nanoTime();
        next.run();
        long took = System.nanoTime() - begin;
        if (took >= SLOW_NANOS) {
            callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.SLOW,
                    "Executing " + what + " took " + Math.round(took / 1e6) / 1e3
                            + "s; nothing else ran meanwhile: await, or use runInExecutor",
                    null,
                    next instanceof Future<?> future ? future : null,
                    next instanceof Handle handle ? handle : null));
        }
    }

    /**
     * Puts a callback behind all that is ready: how an engine passes on what its I/O has to say. Called by whoever speaks for
     * this loop, or on its thread between two turns; nothing that {@code next} throws is caught.
     *
     * @param next what to run, in the current context
     */
    protected final void ready(Runnable next) {
        ready(Ready.of(next));
    }

    final void ready(Ready next) {
        if (closed) {
            throw closedError();
        }
        ready.add(next);
    }

    /** Puts a callback behind all that is ready, from any thread; false if the loop is closed. */
    final boolean post(Ready next) {
        if (closed) {
            return false;
        }
        posts.add(next);
        wakeUp();
        return true;
    }

    // ---- running

    /** Makes the calling thread speak for this loop, until {@link #leave()}. */
    final void enter() {
        binding = LoopBinding.enter(this);
        thread = Thread.currentThread();
    }

    final void leave() {
        current = null;
        thread = null;
        LoopBinding.leave();
    }

    /** Whether a thread speaks for this loop now. */
    final boolean isEntered() {
        return thread != null;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    /** Closes it for good; see {@link #close()}. */
    final void shutDown() {
        closed = true;
        ready.clear();
        posts.clear();
        timers.clear();
        for (Task<?> task : tasks.snapshot()) {
            abandon((LoopTask<?>) task);
        }
        lostFailures.reportAll();
        jobs.close();
        release();
    }

    private void abandon(LoopTask<?> task) {
        callExceptionHandler(new ErrorReport(
                ErrorReport.Kind.PENDING, "Task was destroyed but it is pending: " + task, null, task, null));
        tasks.remove(task);
        try {
            task.abandon();
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.PENDING, "Exception while closing " + task.label(), e, task, null));
        }
    }

    /** The future of {@code awaitable}, which is itself, or a new task of it. */
    @SuppressWarnings("unchecked") // a future only ever gives its value
    final <T extends @Nullable Object> Future<T> futureOf(Awaitable<? extends T> awaitable) {
        if (!(awaitable instanceof Future<?>)) {
            return createTask(awaitable);
        }
        Future<T> future = (Future<T>) awaitable;
        if (future.loop() != this) {
            throw new IllegalArgumentException(
                    "The future belongs to a different loop: " + Display.of(future) + " (docs/codes.md#other-loop)");
        }
        return future;
    }

    // ---- scheduling

    @Override
    public final Handle callSoon(ThrowingRunnable callback) {
        Objects.requireNonNull(callback, "callback");
        checkThread("callSoon");
        LoopHandle handle = new LoopHandle(this, callback, snapshot());
        ready(handle);
        return handle;
    }

    @Override
    public final Handle callSoon(ThrowingRunnable callback, Context context) {
        Objects.requireNonNull(callback, "callback");
        Objects.requireNonNull(context, "context");
        checkThread("callSoon");
        LoopHandle handle = new LoopHandle(this, callback, context);
        ready(handle);
        return handle;
    }

    @Override
    public final Handle callSoonThreadsafe(ThrowingRunnable callback) {
        Objects.requireNonNull(callback, "callback");
        LoopBinding here = LoopBinding.here();
        LoopHandle handle = new LoopHandle(this, callback, here.snapshot());
        if (here.loop() == this) {
            ready(handle); // behind what this thread scheduled before, like any callSoon
        } else if (!post(handle)) {
            throw closedError();
        }
        return handle;
    }

    @Override
    public final TimerHandle callLater(double delay, ThrowingRunnable callback) {
        Objects.requireNonNull(callback, "callback");
        checkThread("callLater");
        long nanos = Times.nanos(delay, "delay");
        return schedule(nanos == FOREVER ? FOREVER : Times.after(now(), nanos), callback);
    }

    @Override
    public final TimerHandle callAt(double when, ThrowingRunnable callback) {
        Objects.requireNonNull(callback, "callback");
        checkThread("callAt");
        return schedule(Times.nanos(when, "when"), callback);
    }

    private TimerHandle schedule(long deadline, ThrowingRunnable callback) {
        checkOpen();
        LoopTimer timer = new LoopTimer(this, deadline, callback, snapshot());
        if (deadline != FOREVER) {
            timers.add(timer);
        }
        return timer;
    }

    @Override
    public final List<Object> ready() {
        checkThread("ready");
        takePosts();
        return ready.snapshot();
    }

    @Override
    public final List<TimerHandle> timers() {
        checkThread("timers");
        return timers.snapshot();
    }

    @Override
    public final @Nullable ThrowingRunnable callback(Handle handle) {
        checkThread("callback");
        return Objects.requireNonNull(handle, "handle") instanceof LoopHandle own ? own.callback() : null;
    }

    @Override
    public final double time() {
        return Times.seconds(now());
    }

    final long now() {
        return timeSource != null ? timeSource.nanoTime() : System.nanoTime() - ORIGIN;
    }

    // ---- futures and tasks

    @Override
    public final <T extends @Nullable Object> Promise<T> createFuture() {
        checkThread("createFuture");
        return new LoopPromise<>(this, null);
    }

    @Override
    public final <T extends @Nullable Object> Promise<T> createFuture(Object what) {
        Objects.requireNonNull(what, "what");
        checkThread("createFuture");
        return new LoopPromise<>(this, what);
    }

    @Override
    public final <T extends @Nullable Object> Task<T> createTask(
            Awaitable<? extends T> awaitable, @Nullable String name, @Nullable Context context) {
        Objects.requireNonNull(awaitable, "awaitable");
        checkThread("createTask");
        checkOpen();
        LoopTask<T> task = new LoopTask<>(
                this, awaitable, name, name == null ? ++tasksMade : 0, context == null ? snapshot() : context);
        if (debug) {
            task.madeAt(Origins.stack());
        }
        tasks.add(task);
        ready(task);
        if (observers != null) {
            observers.taskCreated(task);
        }
        return task;
    }

    @Override
    public final @Nullable Task<?> currentTask() {
        return current;
    }

    @Override
    public final List<Task<?>> allTasks() {
        return closed ? List.of() : List.copyOf(tasks.snapshot());
    }

    final void beginStep(LoopTask<?> task, Context context) {
        current = task;
        binding.swapContext(context);
        if (observers != null) {
            observers.stepBegins(task);
        }
    }

    final void endStep(LoopTask<?> task, @Nullable Suspension suspension) {
        if (observers != null) {
            observers.stepEnds(task, suspension);
        }
        current = null;
    }

    // ---- other threads

    @Override
    public final <T extends @Nullable Object> Future<T> runInExecutor(
            @Nullable Executor executor, Callable<? extends T> job) {
        Objects.requireNonNull(job, "job");
        checkThread("runInExecutor");
        checkOpen();
        return jobs.submit(executor, job);
    }

    @Override
    public final void setDefaultExecutor(ExecutorService executor) {
        Objects.requireNonNull(executor, "executor");
        checkThread("setDefaultExecutor");
        jobs.setExecutor(executor);
    }

    @Override
    public final Future<@Nullable Void> shutdownDefaultExecutor() {
        checkThread("shutdownDefaultExecutor");
        checkOpen();
        return jobs.shutdown();
    }

    @Override
    public final Hold hold(String why) {
        return holds.open(Objects.requireNonNull(why, "why"));
    }

    /**
     * The thread rule: the calling thread speaks for this loop, or nobody runs it.
     *
     * @param method who asks, for the message
     * @throws IllegalStateException if it is broken
     */
    protected final void checkThread(String method) {
        Thread runner = thread;
        if (Thread.currentThread() == runner || (runner == null && isFree())) {
            return;
        }
        if (LoopBinding.current() != this) {
            throw new IllegalStateException(method + " is not thread-safe, and thread "
                    + Thread.currentThread().getName() + " doesn't speak for this loop"
                    + (runner == null ? "" : ", which runs on " + runner.getName())
                    + ": use callSoonThreadsafe(() -> …) (docs/codes.md#thread)");
        }
    }

    /** Whether any thread may use this loop while none speaks for it. */
    abstract boolean isFree();

    @Override
    public final boolean isCurrent() {
        return Thread.currentThread() == thread || LoopBinding.current() == this;
    }

    /**
     * Refuses to go on once this loop is closed.
     *
     * @throws IllegalStateException if it is
     */
    protected final void checkOpen() {
        if (closed) {
            throw closedError();
        }
    }

    static IllegalStateException closedError() {
        return new IllegalStateException("Event loop is closed: make a new one (docs/codes.md#closed)");
    }

    // ---- contexts

    /** What a callback or task of the caller, who speaks for this loop, is to run in. */
    final Context snapshot() {
        return (thread != null ? binding : LoopBinding.here()).snapshot();
    }

    @Override
    public final void contextTaken(Context snapshot, Context own) {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(own, "own");
        LoopTask<?> running = current;
        if (running != null) {
            running.contextTaken(snapshot, own);
        }
    }

    // ---- reports

    @Override
    public final @Nullable ExceptionHandler exceptionHandler() {
        return exceptionHandler;
    }

    @Override
    public final void setExceptionHandler(@Nullable ExceptionHandler handler) {
        checkThread("setExceptionHandler");
        exceptionHandler = handler;
    }

    @Override
    public final void callExceptionHandler(ErrorReport report) {
        Objects.requireNonNull(report, "report");
        if (report.exception() != null) {
            Traces.trim(report.exception());
        }
        ExceptionHandler handler = exceptionHandler;
        if (handler == null) {
            defaultExceptionHandler(report);
            return;
        }
        try {
            handler.handle(this, report);
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            defaultExceptionHandler(report);
            defaultExceptionHandler(
                    new ErrorReport(ErrorReport.Kind.HANDLER, "Unhandled error in exception handler", e, null, null));
        }
    }

    @Override
    public final void defaultExceptionHandler(ErrorReport report) {
        Reports.log(Objects.requireNonNull(report, "report"));
    }

    /** Hands a report to the handler on the loop's thread if there is one, else here. */
    final void reportFromAnywhere(ErrorReport report) {
        if (!post(Ready.of(() -> callExceptionHandler(report)))) {
            callExceptionHandler(report);
        }
    }

    @Override
    public final boolean debug() {
        return debug;
    }

    @Override
    public final void setDebug(boolean debug) {
        checkThread("setDebug");
        this.debug = debug;
    }

    @Override
    public final void addObserver(LoopObserver observer) {
        Objects.requireNonNull(observer, "observer");
        checkThread("addObserver");
        observers = Observers.with(observers, this, observer);
    }

    @Override
    public final void removeObserver(LoopObserver observer) {
        Objects.requireNonNull(observer, "observer");
        checkThread("removeObserver");
        observers = Observers.without(observers, observer);
    }

    @Override
    public String toString() {
        return "EventLoop "
                + (closed ? "closed" : isRunning() ? "running" : "not running")
                + (debug ? " in debug mode" : "");
    }
}
