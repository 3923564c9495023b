package heddle.tck.program;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.ContextVar;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.EngineProvider;
import heddle.dsl.AsCompleted;
import heddle.dsl.Chain;
import heddle.dsl.DoneAndPending;
import heddle.dsl.TaskGroup;
import heddle.dsl.Timeout;
import heddle.sync.Barrier;
import heddle.sync.Condition;
import heddle.sync.Event;
import heddle.sync.Lock;
import heddle.sync.Queue;
import heddle.sync.Semaphore;
import heddle.tck.model.ModelProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A program of the library as code, to be tried out by hand: a program that the kit prints extends it. Things have names, as
 * in the trace, and are looked up when they are used: one that isn't there yet makes its statement be passed over.
 */
public abstract class Written implements Code {

    private final Map<String, Callback> callbacks = new HashMap<>();
    private final boolean drives;
    private @Nullable ProgramRun run;

    /** Whether it runs the loop itself, or has a main body. */
    protected Written(boolean drives) {
        this.drives = drives;
    }

    /**
     * Runs a program on an engine and on the reference model.
     *
     * @param engine the engine
     * @param program makes the program, once for each
     * @return both traces side by side
     */
    public static String compare(EngineProvider engine, Supplier<? extends Written> program) {
        List<String> expected = ProgramRun.comparable(program.get().trace(new ModelProvider()), engine);
        List<String> came = ProgramRun.comparable(program.get().trace(engine), engine);
        return (expected.equals(came) ? "both the same" : "differs") + "\n"
                + SideBySide.of("reference model", expected, engine.name(), came);
    }

    /** The trace that an engine makes of it. */
    final List<String> trace(EngineProvider engine) {
        return ProgramRun.trace(
                made -> {
                    run = made;
                    return this;
                },
                drives,
                engine,
                Normal.SHUTDOWN_PASSES);
    }

    private ProgramRun run() {
        ProgramRun running = run;
        if (running == null) {
            throw new IllegalStateException("it doesn't run");
        }
        return running;
    }

    @Override
    public Awaitable<?> main() {
        throw new IllegalStateException("the program has no main");
    }

    @Override
    public void drive(Me me) throws Exception {
        throw new IllegalStateException("the program doesn't drive");
    }

    // ---- its parts

    /** A coroutine object of a body in direct style. */
    protected final Chain<@Nullable Object> direct(String name, ThrowingConsumer<Me> body) {
        return Direct.body(run(), name, body);
    }

    /** A body that is a chain. */
    @FunctionalInterface
    protected interface AsChain {
        /** Makes the chain, for one run. */
        Chain<@Nullable Object> of(Me me);
    }

    /** A coroutine object of a body that is a chain. */
    protected final Chain<@Nullable Object> chained(String name, AsChain body) {
        return Chains.body(run(), name, body::of);
    }

    /** The callback of that name: always the same object. */
    protected final Callback callback(String name, ThrowingConsumer<Me> body) {
        return callbacks.computeIfAbsent(name, unused -> new Callback(run(), name, body));
    }

    // ---- what there is

    /** The loop that it runs on. */
    protected final EventLoop loop() {
        return run().loop;
    }

    /** The name of the task that runs, or null. */
    protected final @Nullable String currentTask() {
        Task<?> task = run().trace.currentTask();
        return task == null ? null : task.name();
    }

    /** The names of the loop's tasks. */
    protected final List<String> allTasks() {
        return loop().allTasks().stream().map(Task::name).toList();
    }

    /** Whether the program's loop runs here. */
    protected final boolean runs() {
        return LoopBinding.current() == loop();
    }

    /** Another loop of the same engine. */
    protected final EventLoop otherLoop() {
        return run().newLoop();
    }

    /** A context variable. */
    protected final ContextVar<@Nullable Object> variable(String name) {
        return run().names.variable(name);
    }

    /** Sets a cell, which is a variable of the program. */
    protected final void cell(String name, @Nullable Object value) {
        run().names.setCell(name, value);
    }

    /** Whether a cell has that value. */
    protected final boolean cellIs(String name, @Nullable Object value) {
        return run().names.cellIs(name, value);
    }

    /** Runs code that runs the loop. */
    protected final @Nullable Object driving(Callable<? extends @Nullable Object> code) throws Exception {
        return run().driving(code);
    }

    /** Closes the loop. */
    protected final void close() {
        run().closeLoop();
    }

    /** From now on the loop's exception handler throws that. */
    protected final void handlerRaises(String type, @Nullable String message) {
        run().handlerRaises(new Failure(type, message));
    }

    /** An error that is no exception. */
    protected final Throwable fatal(@Nullable String message) {
        return new Failure.Fatal(message);
    }

    /** An error that leaves the loop at once. */
    protected final Throwable exit(@Nullable String message) {
        return new Failure.Exit(message);
    }

    // ---- things with names

    /** Gives a thing a name. */
    protected final void name(String name, Object thing) {
        run().names.bind(name, thing);
    }

    /** Gives a task a name in the program, and answers its own. */
    protected final String started(String name, Task<?> task) {
        name(name, task);
        return task.name();
    }

    /** Whatever has that name. */
    protected final Object thing(String name) throws Exception {
        return run().names.get(name);
    }

    /** Whether two names stand for one thing. */
    protected final boolean same(String name, String other) throws Exception {
        return Names.same(thing(name), thing(other));
    }

    private <T> T thing(String name, Class<T> type) throws Exception {
        return type.cast(thing(name));
    }

    @SuppressWarnings("unchecked") // the futures of a program hold values of any type
    protected final Future<@Nullable Object> future(String name) throws Exception {
        return (Future<@Nullable Object>) thing(name, Future.class);
    }

    /** A future that is about to be looked at. */
    protected final Future<@Nullable Object> seen(String name) throws Exception {
        Future<@Nullable Object> future = future(name);
        run().looksAt(future);
        return future;
    }

    @SuppressWarnings("unchecked") // as of futures
    protected final Promise<@Nullable Object> promise(String name) throws Exception {
        return (Promise<@Nullable Object>) thing(name, Future.class);
    }

    @SuppressWarnings("unchecked") // as of futures
    protected final Task<@Nullable Object> task(String name) throws Exception {
        return (Task<@Nullable Object>) thing(name, Future.class);
    }

    protected final Handle handle(String name) throws Exception {
        return thing(name, Handle.class);
    }

    protected final Context context(String name) throws Exception {
        return thing(name, Context.class);
    }

    protected final Lock lock(String name) throws Exception {
        return thing(name, Lock.class);
    }

    protected final Condition condition(String name) throws Exception {
        return thing(name, Condition.class);
    }

    protected final Semaphore semaphore(String name) throws Exception {
        return thing(name, Semaphore.class);
    }

    protected final Event event(String name) throws Exception {
        return thing(name, Event.class);
    }

    protected final Barrier barrier(String name) throws Exception {
        return thing(name, Barrier.class);
    }

    @SuppressWarnings("unchecked") // as of futures
    protected final Queue<@Nullable Object> queue(String name) throws Exception {
        return (Queue<@Nullable Object>) thing(name, Queue.class);
    }

    protected final Timeout timeout(String name) throws Exception {
        return thing(name, Timeout.class);
    }

    protected final TaskGroup group(String name) throws Exception {
        return thing(name, TaskGroup.class);
    }

    // ---- several things

    /** Those that are there: names and awaitables. */
    @SuppressWarnings("unchecked") // as of futures
    protected final List<Awaitable<@Nullable Object>> present(Object... each) {
        List<Awaitable<@Nullable Object>> present = new ArrayList<>();
        for (Object one : each) {
            Object thing = one instanceof String name ? run().names.find(name) : one;
            if (thing != null) {
                present.add((Awaitable<@Nullable Object>) thing);
            }
        }
        return present;
    }

    /** Those futures that are there, by name. */
    protected final Map<String, Future<?>> members(String... names) {
        Map<String, Future<?>> members = new LinkedHashMap<>();
        for (String name : names) {
            if (run().names.find(name) instanceof Future<?> future) {
                members.put(name, future);
            }
        }
        return members;
    }

    /** The names of those that are done, and of those that aren't. */
    protected final Chain<List<List<String>>> names(
            Map<String, Future<?>> members, Chain<? extends DoneAndPending<Future<?>>> outcome) {
        return Awaits.names(members, outcome);
    }

    /** In direct style: takes values as they are done, and answers how many. */
    protected final int items(AsCompleted<@Nullable Object> source, int limit, boolean catching) throws Exception {
        return new Items(run(), () -> source, limit, false, catching).inDirectStyle();
    }

    /** In direct style: takes futures as they are done, and answers how many. */
    protected final int futures(AsCompleted<@Nullable Object> source, int limit) throws Exception {
        return new Items(run(), () -> source, limit, true, false).inDirectStyle();
    }

    /** In a chain: takes values as they are done, and answers how many. */
    protected final Chain<Integer> itemsOf(AsCompleted<@Nullable Object> source, int limit, boolean catching)
            throws Exception {
        return new Items(run(), () -> source, limit, false, catching).asChain();
    }

    /** In a chain: takes futures as they are done, and answers how many. */
    protected final Chain<Integer> futuresOf(AsCompleted<@Nullable Object> source, int limit) throws Exception {
        return new Items(run(), () -> source, limit, true, false).asChain();
    }

    // ---- awaitables of one's own

    /** Lets the others run so many times, and has a value. */
    protected final Awaitable<@Nullable Object> pause(int times, @Nullable Object value) {
        return Custom.pause(times, value);
    }

    /** Ends a step in what it must not. */
    protected final Awaitable<@Nullable Object> bare(int number, @Nullable Object value) {
        return Custom.bare(run(), number, value);
    }

    /** Lets the others run once, and takes what is raised there for its value. */
    protected final Awaitable<@Nullable Object> absorb(@Nullable Object value) {
        return Custom.absorb(value);
    }

    /** Ends a step in a future, and takes it for granted that it succeeds. */
    protected final Awaitable<@Nullable Object> trust(Future<?> future, @Nullable Object value) {
        return Custom.trust(future, value);
    }

    /** Hands on to another, and says so. */
    protected final Awaitable<@Nullable Object> wrap(Awaitable<?> other) {
        return Custom.wrap(run(), other);
    }
}
