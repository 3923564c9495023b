package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Task;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one loop and one context over several {@link #run}s, and shuts the loop down at the end; asyncio's Runner
 * (asyncio-rules 168 to 175). {@code Heddle.run} is one that is used once.
 *
 * <p>Use it in a try-with-resources, on a thread that runs no loop, one thread at a time.
 */
public final class Runner implements AutoCloseable {

    private final EventLoop loop;
    private final Context context;
    private final int shutdownPasses;
    private boolean closed;
    /** What the last run failed with, its own object; null if it didn't. */
    private @Nullable Throwable thrown;

    private Runner(EventLoop loop, int shutdownPasses) {
        this.loop = loop;
        this.shutdownPasses = shutdownPasses;
        this.context = Context.copyCurrent();
    }

    /**
     * A runner with a new loop of the chosen engine.
     *
     * @return a new runner, to be closed
     */
    public static Runner open() {
        return open(EngineOptions.DEFAULT);
    }

    /**
     * A runner with a new loop of the chosen engine.
     *
     * @param options how the loop shall be
     * @return a new runner, to be closed
     */
    public static Runner open(EngineOptions options) {
        return open(options, Shutdown.PASSES);
    }

    /**
     * A runner with a new loop of the chosen engine and a limit of its own for the shutdown.
     *
     * @param options how the loop shall be
     * @param shutdownPasses how often at most to cancel the tasks that are left at the end, which may make new ones; 1 is
     *     what CPython does
     * @return a new runner, to be closed
     * @throws IllegalArgumentException if {@code shutdownPasses} is negative
     */
    public static Runner open(EngineOptions options, int shutdownPasses) {
        return open(Engines.provider(), options, shutdownPasses);
    }

    /**
     * As {@link #open(EngineOptions, int)}, with a new loop of that engine.
     *
     * @param engine whose loop it is
     * @param options how the loop shall be
     * @param shutdownPasses how often at most to cancel the tasks that are left at the end
     * @return a new runner, to be closed
     * @throws IllegalArgumentException if {@code shutdownPasses} is negative
     */
    public static Runner open(EngineProvider engine, EngineOptions options, int shutdownPasses) {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(options, "options");
        if (shutdownPasses < 0) {
            throw new IllegalArgumentException("shutdownPasses is " + shutdownPasses + ": expected 0 or more");
        }
        EventLoop loop = engine.newEventLoop(options);
        Watchdog.watch(loop);
        return new Runner(loop, shutdownPasses);
    }

    /**
     * The loop, which outlives each run.
     *
     * @return never null
     * @throws IllegalStateException if this is closed
     */
    public EventLoop loop() {
        checkOpen();
        return loop;
    }

    /**
     * Runs a coroutine object to its end, as one task, in this runner's context. Tasks that it leaves stay pending until
     * the next run. An interrupt of the calling thread cancels it; so does the first Ctrl-C (SIGINT) if that is the thread
     * {@code main}, and the second one ends the process.
     *
     * @param main what to run; not a future
     * @param <T> the type of its result
     * @return its result
     * @throws IllegalStateException if this is closed, or the thread runs a loop
     * @throws IllegalArgumentException if {@code main} is a future
     * @throws Exception what it failed with
     */
    public <T extends @Nullable Object> T run(Awaitable<? extends T> main) throws Exception {
        return run(main, context);
    }

    /**
     * As {@link #run(Awaitable)}, in a context of its own.
     *
     * @param main what to run; not a future
     * @param context the context in which it runs, itself and not a copy
     * @param <T> the type of its result
     * @return its result
     * @throws IllegalStateException if this is closed, or the thread runs a loop
     * @throws IllegalArgumentException if {@code main} is a future
     * @throws Exception what it failed with
     */
    public <T extends @Nullable Object> T run(Awaitable<? extends T> main, Context context) throws Exception {
        Objects.requireNonNull(main, "main");
        Objects.requireNonNull(context, "context");
        checkNotNested();
        checkOpen();
        if (main instanceof Future<?>) {
            throw new IllegalArgumentException("a coroutine object was expected, got the future " + Display.of(main)
                    + ": await it in a body (docs/codes.md#run-future)");
        }
        checkNotRunning("run");
        thrown = null;
        try (CtrlC ctrlC = CtrlC.watch(loop)) {
            return LoopThread.call(new RunMain<T>(main, loop, context, ctrlC));
        } catch (Throwable e) {
            thrown = e;
            throw Throwables.shown(e);
        }
    }

    /**
     * Ends the loop: cancels the tasks that are left, waits for them, reports those that fail, and closes it. Once it is
     * closed, this does nothing.
     *
     * @throws IllegalStateException if the thread runs a loop, or another thread is in {@link #run}; this stays open then
     * @throws Exception what the end of the loop failed with; not what the last {@link #run} threw already
     */
    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        checkNotNested();
        checkNotRunning("close");
        closed = true;
        Throwable known = thrown;
        thrown = null;
        try {
            Object unused = LoopThread.<@Nullable Object>call(new CloseLoop(loop, shutdownPasses));
        } catch (Throwable e) {
            if (e != known) { // a try-with-resources can't add an error to itself
                throw e;
            }
        }
    }

    /** {@code main} as the only one that this runs. */
    <T extends @Nullable Object> Callable<T> only(Awaitable<? extends T> main) {
        return new RunAndClose<>(this, main);
    }

    // Classes, since these are needed at the start of every program, where a lambda takes longer.

    private record RunAndClose<T extends @Nullable Object>(Runner runner, Awaitable<? extends T> main)
            implements Callable<T> {
        @Override
        public T call() throws Exception {
            try (Runner once = runner) {
                return once.run(main);
            }
        }
    }

    private record RunMain<T extends @Nullable Object>(
            Awaitable<? extends T> code, EventLoop loop, Context context, CtrlC ctrlC) implements Callable<T> {
        @Override
        public T call() throws Exception {
            Task<T> task = loop.createTask(code, null, context);
            ctrlC.cancels(task);
            return loop.runUntilComplete(task);
        }
    }

    private record CloseLoop(EventLoop loop, int passes) implements Callable<@Nullable Object> {
        @Override
        public @Nullable Object call() throws Exception {
            try {
                Shutdown.of(loop, passes);
            } finally {
                Outstanding.close(loop);
            }
            return null;
        }
    }

    private void checkNotRunning(String method) {
        if (loop.isRunning()) {
            throw new IllegalStateException(
                    method + " of a Runner that runs on another thread: it is for one thread at a"
                            + " time; runCoroutineThreadsafe(…, runner.loop()) is for the others (docs/codes.md#thread)");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Runner is closed: open a new one");
        }
    }

    static void checkNotNested() {
        if (LoopBinding.current() != null) {
            throw new IllegalStateException(
                    "run(…) cannot be called from a running event loop: await it, or make a task"
                            + " of it with createTask (docs/codes.md#nested-run)");
        }
    }

    @Override
    public String toString() {
        return "Runner " + (closed ? "closed" : "of " + loop);
    }
}
