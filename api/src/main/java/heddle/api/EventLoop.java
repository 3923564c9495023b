package heddle.api;

import heddle.api.network.Network;
import heddle.api.spi.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Runs one callback at a time, in the order in which they became ready. It can't interrupt a callback; when nothing is
 * ready it waits, using no CPU, for a timer, for I/O or for another thread's post.
 *
 * <p>A <b>turn</b> runs exactly the callbacks that are ready when it begins; what they schedule runs in the next one
 * (asyncio-rule 2). Due timers join the ready callbacks at the start of a turn, behind those already there.
 *
 * <p><b>Threads.</b> A method may be called by the thread that speaks for this loop ({@code LoopBinding.current() ==
 * this}), and by any thread while it isn't running. {@link #callSoonThreadsafe}, {@link #time()}, {@link #isRunning()},
 * {@link #isClosed()}, {@link #hold}, {@link #allTasks()} and {@code toString} are safe from any thread. Any other call from
 * elsewhere throws {@link IllegalStateException} and changes nothing.
 *
 * <p><b>Driven or hosted.</b> A driven loop borrows the thread that calls {@link #runForever()} or {@link
 * #runUntilComplete}. A hosted loop lives on the thread of its host (a GUI's, a server framework's): it is always running,
 * {@link #runUntilComplete} submits and waits from any other thread, and {@code runForever}, {@code stop} and {@code close}
 * are refused with {@link UnsupportedOperationException}.
 *
 * <p><b>Times</b> are in seconds. Zero and negative delays mean the next turn, infinity means never, NaN is refused with
 * {@link IllegalArgumentException}. After {@link #close()}, scheduling throws {@link IllegalStateException} (asyncio-rule
 * 12).
 */
public interface EventLoop {

    /**
     * The loop that the calling thread speaks for; asyncio's get_running_loop.
     *
     * @return never null
     * @throws IllegalStateException if there is none
     */
    static EventLoop running() {
        EventLoop loop = LoopBinding.current();
        if (loop == null) {
            throw new IllegalStateException(
                    "no running event loop on thread " + Thread.currentThread().getName()
                            + ": call this from a task or a callback (docs/codes.md#no-loop)");
        }
        return loop;
    }

    /**
     * Whether the calling thread speaks for this loop: whether this is {@link #running()}. Safe from any thread.
     *
     * @return true if it does
     */
    default boolean isCurrent() {
        return LoopBinding.current() == this;
    }

    /**
     * The loop's clock: monotonic, with an arbitrary beginning.
     *
     * @return seconds
     */
    double time();

    /**
     * Schedules {@code callback} behind all that is ready, to run in the next turn, in a copy of the current context.
     *
     * @param callback what to run; never null
     * @return the handle to cancel it with
     */
    Handle callSoon(ThrowingRunnable callback);

    /**
     * As {@link #callSoon(ThrowingRunnable)}, in {@code context} itself.
     *
     * @param callback what to run; never null
     * @param context the context to run in; never null
     * @return the handle to cancel it with
     */
    Handle callSoon(ThrowingRunnable callback, Context context);

    /**
     * As {@link #callSoon(ThrowingRunnable)}, from any thread: wakes the loop if it sleeps. Callbacks of one thread run in
     * the order it posted them (asyncio-rule 163).
     *
     * @param callback what to run; never null
     * @return the handle to cancel it with
     */
    Handle callSoonThreadsafe(ThrowingRunnable callback);

    /**
     * Schedules {@code callback} for {@code delay} seconds from now: never early, and behind what is ready then. Timers of
     * the same time run in the order in which they were scheduled.
     *
     * @param delay seconds
     * @param callback what to run; never null
     * @return the handle to cancel it with
     */
    TimerHandle callLater(double delay, ThrowingRunnable callback);

    /**
     * As {@link #callLater(double, ThrowingRunnable)}.
     *
     * @param delay the delay; never null
     * @param callback what to run; never null
     * @return the handle to cancel it with
     */
    default TimerHandle callLater(Duration delay, ThrowingRunnable callback) {
        return callLater(delay.getSeconds() + delay.getNano() / 1e9, callback);
    }

    /**
     * Schedules {@code callback} for a time of the loop's clock.
     *
     * @param when seconds, as {@link #time()}
     * @param callback what to run; never null
     * @return the handle to cancel it with
     */
    TimerHandle callAt(double when, ThrowingRunnable callback);

    /**
     * Makes a pending future of this loop.
     *
     * @param <T> the type of its result
     * @return its writing side
     */
    <T extends @Nullable Object> Promise<T> createFuture();

    /**
     * Makes a pending future of this loop that says in messages what it stands for, as {@code sleep(1s)}.
     *
     * @param what its {@code toString} is what it stands for, and is called only when somebody looks; a {@link WaitsFor}
     *     tells whom it depends on, too; never null
     * @param <T> the type of its result
     * @return its writing side
     */
    <T extends @Nullable Object> Promise<T> createFuture(Object what);

    /**
     * Makes a task of {@code awaitable}, with the next default name and a copy of the current context; its first step runs
     * at the next opportunity.
     *
     * @param awaitable what to run; never null
     * @param <T> the type of its result
     * @return the task
     */
    default <T extends @Nullable Object> Task<T> createTask(Awaitable<? extends T> awaitable) {
        return createTask(awaitable, null, null);
    }

    /**
     * As {@link #createTask(Awaitable)}, with a name.
     *
     * @param awaitable what to run; never null
     * @param name its name; null for the next default one
     * @param <T> the type of its result
     * @return the task
     */
    default <T extends @Nullable Object> Task<T> createTask(Awaitable<? extends T> awaitable, @Nullable String name) {
        return createTask(awaitable, name, null);
    }

    /**
     * As {@link #createTask(Awaitable)}, with a name and a context.
     *
     * @param awaitable what to run; never null
     * @param name its name; null for the next default one
     * @param context the context to run in; null for a copy of the current one
     * @param <T> the type of its result
     * @return the task
     */
    <T extends @Nullable Object> Task<T> createTask(
            Awaitable<? extends T> awaitable, @Nullable String name, @Nullable Context context);

    /**
     * The task whose step is running.
     *
     * @return the task, or null in a plain callback and outside
     */
    @Nullable
    Task<?> currentTask();

    /**
     * The tasks of this loop that aren't done, in the order of creation.
     *
     * @return a snapshot, never null
     */
    List<Task<?>> allTasks();

    /**
     * Runs until {@code awaitable} is done; a coroutine object is made into a task first. A future's earlier done-callbacks
     * run before it returns; work they schedule stays queued (asyncio-rules 17, 18).
     *
     * @param awaitable what to wait for; never null
     * @param <T> the type of its result
     * @return the result, which may be null
     * @throws IllegalStateException if a loop is running on this thread, or this one was stopped first
     * @throws Exception what {@code awaitable} failed with
     */
    <T extends @Nullable Object> T runUntilComplete(Awaitable<? extends T> awaitable) throws Exception;

    /**
     * Runs until {@link #stop()}.
     *
     * @throws IllegalStateException if it, or another loop on this thread, is running, or it is closed
     * @throws DeadlockError if it knows that nothing will wake it, and was made to look for that
     */
    void runForever();

    /** Ends the run when the current turn is over; before a run, lets it run one turn only (asyncio-rules 10, 11). */
    void stop();

    /**
     * Closes it for good: drops what is scheduled, closes the coroutines of tasks that are still pending, after reporting
     * each, reports lost failures, and frees what it holds. Again, it does nothing.
     *
     * @throws IllegalStateException if it is running
     */
    void close();

    /**
     * Whether a thread is in {@code runForever} or {@code runUntilComplete}; always true for a hosted loop.
     *
     * @return true if it is
     */
    boolean isRunning();

    /**
     * Whether it was closed.
     *
     * @return true if it was
     */
    boolean isClosed();

    /**
     * Runs {@code job} on another thread. Cancelling the future frees its awaiter at once and keeps a job that hasn't begun
     * from beginning; one that runs is not stopped (asyncio-rule 164). The job doesn't see the caller's context.
     *
     * @param executor where to run it; null for the default executor, a pool of daemon platform threads
     * @param job what to run; never null
     * @param <T> the type of its result
     * @return a future of what it returns; it fails if the executor rejects the job
     */
    <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<? extends T> job);

    /**
     * Sets the executor that {@code runInExecutor(null, …)} uses.
     *
     * @param executor the executor, which {@link #shutdownDefaultExecutor()} will shut down; never null
     */
    void setDefaultExecutor(ExecutorService executor);

    /**
     * Shuts the default executor down: no new job is taken, and those taken are waited for.
     *
     * @return a future that is done, with null, when its last job is
     * @throws IllegalStateException if the loop is closed
     */
    Future<@Nullable Void> shutdownDefaultExecutor();

    /**
     * The handler set with {@link #setExceptionHandler}.
     *
     * @return the handler, or null for the default one
     */
    @Nullable
    ExceptionHandler exceptionHandler();

    /**
     * Sets who gets failures that nobody else can get.
     *
     * @param handler the handler; null for the default one, which logs
     */
    void setExceptionHandler(@Nullable ExceptionHandler handler);

    /**
     * Hands a failure to the exception handler, or to the default one; never throws.
     *
     * @param report what happened; never null
     */
    void callExceptionHandler(ErrorReport report);

    /**
     * Logs a failure, as is done when no handler is set: to slf4j when a provider is bound, else to {@code System.err}.
     *
     * @param report what happened; never null
     */
    void defaultExceptionHandler(ErrorReport report);

    /**
     * Whether it is in debug mode: it reports steps and callbacks that hold it for 100 ms or longer.
     *
     * @return true if it is
     */
    boolean debug();

    /**
     * Turns debug mode on or off.
     *
     * @param debug whether to be in it
     */
    void setDebug(boolean debug);

    /**
     * Adds a watcher.
     *
     * @param observer the observer; never null
     */
    void addObserver(LoopObserver observer);

    /**
     * Removes a watcher; one that isn't there is ignored.
     *
     * @param observer the observer; never null
     */
    void removeObserver(LoopObserver observer);

    /**
     * Claims that something outside will wake this loop; see {@link Hold}.
     *
     * @param why for messages: who will wake it; never null
     * @return the claim, to be closed
     */
    Hold hold(String why);

    /**
     * Its sockets.
     *
     * @return never null
     * @throws UnsupportedOperationException if it doesn't claim {@link Capability#NETWORK}
     */
    default Network network() {
        throw new UnsupportedOperationException(getClass().getName()
                + " has no network: choose an engine with Capability.NETWORK, as nio (docs/codes.md#no-network)");
    }

    /**
     * What this loop can do beyond the core.
     *
     * @return an immutable set
     */
    Set<Capability> capabilities();
}
