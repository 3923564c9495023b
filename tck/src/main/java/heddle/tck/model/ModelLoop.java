package heddle.tck.model;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The model's loop: what programs schedule and create. */
public class ModelLoop extends ModelReports {

    private final Map<Integer, ModelTask<?>> tasks = new ConcurrentSkipListMap<>();
    private int tasksMade;
    private int namesMade;
    private long timersMade;
    private volatile @Nullable Task<?> currentTask;

    /** A new loop. */
    public ModelLoop(EngineOptions options) {
        super(options);
    }

    @Override
    public Handle callSoon(ThrowingRunnable callback) {
        return callSoon(callback, Context.copyCurrent());
    }

    @Override
    public Handle callSoon(ThrowingRunnable callback, Context context) {
        Objects.requireNonNull(callback, "callback");
        Objects.requireNonNull(context, "context");
        checkThread("EventLoop.callSoon");
        checkOpen();
        ModelHandle handle = new ModelHandle(this, callback, context, true);
        makeReady(handle);
        return handle;
    }

    @Override
    public Handle callSoonThreadsafe(ThrowingRunnable callback) {
        Objects.requireNonNull(callback, "callback");
        checkOpen();
        ModelHandle handle = new ModelHandle(this, callback, Context.copyCurrent(), true);
        post(handle);
        return handle;
    }

    /** Takes in what its network has to say. */
    protected void happens(ThrowingRunnable event) {
        callSoon(event);
    }

    /** Schedules a callback of the loop's own. */
    protected void enqueue(ThrowingRunnable callback, Context context) {
        checkOpen();
        makeReady(new ModelHandle(this, callback, context, false));
    }

    /** Puts a callback behind all that are ready. */
    protected void makeReady(ModelHandle handle) {
        ready.addLast(handle);
    }

    /** Takes a callback from any thread; from the loop's own it is ready at once, in order with the others. */
    protected void post(ModelHandle handle) {
        if (LoopBinding.current() == this) {
            makeReady(handle);
        } else {
            posts.add(handle);
            wakeUp();
        }
    }

    /** Ends the loop's sleep. */
    protected void wakeUp() {
        clock.unpark();
    }

    @Override
    protected void postQuietly(ThrowingRunnable callback) {
        if (!isClosed()) {
            post(new ModelHandle(this, callback, Context.empty(), false));
        }
    }

    @Override
    public TimerHandle callLater(double delay, ThrowingRunnable callback) {
        return callAt(time() + delay, callback);
    }

    @Override
    public TimerHandle callAt(double when, ThrowingRunnable callback) {
        Objects.requireNonNull(callback, "callback");
        checkTime(when);
        checkThread("EventLoop.callAt");
        checkOpen();
        // Rounded to the nearest nanosecond; infinity and what is beyond the clock are the longest time.
        ModelHandle handle = new ModelHandle(
                this, callback, Context.copyCurrent(), true, when, Math.round(when * 1e9), timersMade++);
        addTimer(handle);
        return handle;
    }

    /** Refuses a time that is none. */
    protected void checkTime(double when) {
        if (Double.isNaN(when)) {
            throw new IllegalArgumentException("a time must be a number, not NaN");
        }
    }

    /** Puts a timer where it waits; one for never isn't waited for. */
    protected void addTimer(ModelHandle handle) {
        if (handle.nanos != Long.MAX_VALUE) {
            timers.add(handle);
        }
    }

    @Override
    public <T extends @Nullable Object> Promise<T> createFuture() {
        checkThread("EventLoop.createFuture");
        return newPromise(null);
    }

    @Override
    public <T extends @Nullable Object> Promise<T> createFuture(Object what) {
        Objects.requireNonNull(what, "what");
        checkThread("EventLoop.createFuture");
        return newPromise(what);
    }

    /** The promises of this loop. */
    protected <T extends @Nullable Object> ModelPromise<T> newPromise(@Nullable Object what) {
        return new ModelPromise<>(this, what);
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(
            Awaitable<? extends T> awaitable, @Nullable String name, @Nullable Context context) {
        Objects.requireNonNull(awaitable, "awaitable");
        checkThread("EventLoop.createTask");
        checkOpen();
        ModelTask<T> task = newTask(
                awaitable,
                begin(awaitable),
                name == null ? "Task-" + ++namesMade : name,
                context == null ? Context.copyCurrent() : context);
        remember(task);
        observe(observer -> observer.taskCreated(task));
        task.scheduleStep(null);
        return task;
    }

    /** A new run of {@code awaitable}; what goes wrong in making it, goes wrong in the task's first step. */
    protected <T extends @Nullable Object> Coroutine<T> begin(Awaitable<T> awaitable) {
        try {
            return Objects.requireNonNull(awaitable.coroutine(), "coroutine() returned null");
        } catch (Throwable e) {
            escapeIfFatal(e);
            return new FailingCoroutine<>(e);
        }
    }

    /** The tasks of this loop. */
    protected <T extends @Nullable Object> ModelTask<T> newTask(
            Awaitable<? extends T> awaitable, Coroutine<? extends T> coroutine, String name, Context context) {
        return new ModelTask<>(this, awaitable, coroutine, name, context);
    }

    @Override
    protected <T extends @Nullable Object> Future<? extends T> futureOf(Awaitable<? extends T> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        if (awaitable instanceof Future<? extends T> future) {
            if (future.loop() != this) {
                throw new IllegalArgumentException(future + " belongs to another loop");
            }
            return future;
        }
        return createTask(awaitable);
    }

    /** Holds a task until it is done. */
    protected void remember(ModelTask<?> task) {
        tasks.put(tasksMade++, task);
    }

    /** Lets go of a task that is done. */
    protected void forget(ModelTask<?> task) {
        tasks.values().remove(task);
    }

    @Override
    public List<Task<?>> allTasks() {
        return List.copyOf(tasks.values());
    }

    @Override
    public @Nullable Task<?> currentTask() {
        return currentTask;
    }

    /** Says which task's step is running, and returns the one before. */
    protected @Nullable Task<?> swapCurrentTask(@Nullable Task<?> task) {
        Task<?> before = currentTask;
        currentTask = task;
        return before;
    }

    @Override
    public Set<Capability> capabilities() {
        return ModelProvider.CAPABILITIES;
    }
}
