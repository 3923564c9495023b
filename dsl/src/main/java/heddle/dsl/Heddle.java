package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingFunction;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What programs are written with; made for {@code import static heddle.dsl.Heddle.*}.
 *
 * <pre>{@code
 * Chain<String> fetch(String url) {
 *     return async(() -> {
 *         await(sleep(1));
 *         return "page of " + url;
 *     });
 * }
 *
 * run(() -> System.out.println(await(gather(fetch("a"), fetch("b")))));
 * }</pre>
 *
 * <p>Functions that return a {@link Chain} run nothing: they make a recipe, on any thread. Those that return a future or a
 * task ({@link #createTask}, {@link #gather}, {@link #both}) act at the call, on the loop that the calling thread speaks
 * for; on a thread that runs no loop they hop to the current {@link Session}, and fail with {@link IllegalStateException}
 * if there is none.
 *
 * <p>Null for a parameter throws {@link NullPointerException} with its name. Checked exceptions travel as they are.
 */
public final class Heddle {

    private Heddle() {}

    // ---- running a program

    /**
     * Runs a program: makes a loop, runs {@code main} on it as one task, cancels and waits for the tasks that are left, and
     * closes the loop; asyncio.run. An interrupt of the calling thread cancels {@code main}. See {@link Runner} to keep the
     * loop. An awaitable of another kind is run by {@code run(chain(awaitable))}.
     *
     * @param main the program, a coroutine object
     * @param <T> the type of its result
     * @return its result
     * @throws IllegalStateException if the calling thread runs a loop already
     * @throws Exception what it failed with
     */
    public static <T extends @Nullable Object> T run(Chain<? extends T> main) throws Exception {
        return run(main, EngineOptions.DEFAULT);
    }

    /**
     * As {@link #run(Chain)}, with options for the loop.
     *
     * @param main the program, a coroutine object
     * @param options how the loop shall be
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what it failed with
     */
    public static <T extends @Nullable Object> T run(Chain<? extends T> main, EngineOptions options) throws Exception {
        Objects.requireNonNull(main, "main");
        Objects.requireNonNull(options, "options");
        Runner.checkNotNested();
        LoopThread.prepare();
        Runner runner = Runner.open(options); // here, for it takes the caller's context
        try {
            return LoopThread.call(runner.only(main));
        } catch (Throwable e) {
            throw Throwables.shown(e);
        }
    }

    /**
     * Runs a program that is the body of a coroutine: {@code run(() -> await(sleep(1, "done")))}.
     *
     * @param main the body
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what it failed with
     */
    public static <T extends @Nullable Object> T run(Callable<? extends T> main) throws Exception {
        Objects.requireNonNull(main, "main");
        return run(Heddle.<T>async(main));
    }

    /**
     * As {@link #run(Callable)}, with options for the loop.
     *
     * @param main the body
     * @param options how the loop shall be
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what it failed with
     */
    public static <T extends @Nullable Object> T run(Callable<? extends T> main, EngineOptions options)
            throws Exception {
        Objects.requireNonNull(main, "main");
        return run(Heddle.<T>async(main), options);
    }

    /**
     * Runs a program that is the body of a coroutine and returns nothing.
     *
     * @param main the body
     * @throws Exception what it failed with
     */
    public static void run(ThrowingRunnable main) throws Exception {
        Objects.requireNonNull(main, "main");
        run(async(main));
    }

    /**
     * As {@link #run(ThrowingRunnable)}, with options for the loop.
     *
     * @param main the body
     * @param options how the loop shall be
     * @throws Exception what it failed with
     */
    public static void run(ThrowingRunnable main, EngineOptions options) throws Exception {
        Objects.requireNonNull(main, "main");
        run(async(main), options);
    }

    // ---- coroutines

    /**
     * Makes a coroutine object of ordinary code, which may {@link #await} anywhere, in any depth of its calls. The code runs
     * on a stack of its own, once for each time that the object is awaited or made into a task.
     *
     * @param body the code; it must not hold a lock over an await
     * @param <T> the type of its result
     * @return a recipe; nothing runs yet
     */
    public static <T extends @Nullable Object> Chain<T> async(Callable<? extends T> body) {
        return Chain.start(Program.BODY, Objects.requireNonNull(body, "body"));
    }

    /**
     * As {@link #async(Callable)}, for code that returns nothing.
     *
     * @param body the code; it must not hold a lock over an await
     * @return a recipe; nothing runs yet
     */
    public static Chain<@Nullable Void> async(ThrowingRunnable body) {
        Objects.requireNonNull(body, "body");
        Callable<@Nullable Void> returningNull = () -> {
            body.run();
            return null;
        };
        return Chain.start(Program.BODY, returningNull);
    }

    /**
     * Waits for an awaitable, and gives its value or throws what it failed with. In the body of a coroutine this pauses the
     * body, and lets others run, unless the awaitable is done already. On a thread that runs no loop it blocks the thread: a
     * future is waited for on its own loop, a coroutine object is run on that of the current {@link Session}; an interrupt
     * cancels it, and its end is waited for. In any other place of a loop's thread it is refused.
     *
     * @param awaitable what to wait for
     * @param <T> the type of its value
     * @return its value, which may be null
     * @throws IllegalStateException if the code can't be paused here; the message says where that is, and what to do
     * @throws InterruptedException if the calling thread, which runs no loop, was interrupted
     * @throws heddle.api.CancelledError if it, or the calling task, is cancelled
     * @throws Exception what it failed with
     */
    public static <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable) throws Exception {
        Objects.requireNonNull(awaitable, "awaitable");
        Body body = Body.running();
        return body != null ? body.await(awaitable) : Outside.await(awaitable);
    }

    /**
     * A chain that begins with a value.
     *
     * @param value the value; may be null
     * @param <T> its type
     * @return a recipe
     */
    public static <T extends @Nullable Object> Chain<T> chain(T value) {
        return Chain.start(Program.VALUE, value);
    }

    /**
     * A chain that begins by waiting for {@code awaitable}: a future, or a coroutine object of any kind.
     *
     * @param awaitable what to wait for
     * @param <T> the type of its value
     * @return a recipe; {@code awaitable} itself if it is a chain
     */
    public static <T extends @Nullable Object> Chain<T> chain(Awaitable<? extends T> awaitable) {
        if (awaitable == null) {
            throw new NullPointerException(
                    "\"awaitable\" is null: give what to wait for; for a chain that begins with the"
                            + " value null say of which type, chain((String) null)");
        }
        return Chain.of(awaitable);
    }

    /**
     * Waits for some time. With zero or less, it only lets every other ready task run first (asyncio-rule 51).
     *
     * @param seconds how long; infinity for ever
     * @return a recipe, of null
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    public static Chain<@Nullable Void> sleep(double seconds) {
        return Sleep.of(seconds, null);
    }

    /**
     * As {@link #sleep(double)}.
     *
     * @param time how long
     * @return a recipe, of null
     */
    public static Chain<@Nullable Void> sleep(Duration time) {
        return sleep(time, null);
    }

    /**
     * As {@link #sleep(double)}, with a value.
     *
     * @param seconds how long; infinity for ever
     * @param result the value; may be null
     * @param <T> its type
     * @return a recipe, of {@code result}
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    public static <T extends @Nullable Object> Chain<T> sleep(double seconds, T result) {
        return Sleep.of(seconds, result);
    }

    /**
     * As {@link #sleep(double)}, with a value.
     *
     * @param time how long
     * @param result the value; may be null
     * @param <T> its type
     * @return a recipe, of {@code result}
     */
    public static <T extends @Nullable Object> Chain<T> sleep(Duration time, T result) {
        Objects.requireNonNull(time, "time");
        return Sleep.of(time.getSeconds() + time.getNano() / 1e9, result);
    }

    // ---- tasks

    /**
     * Makes a task: {@code awaitable} runs from the next turn on, interwoven with the others.
     *
     * @param awaitable what to run
     * @param <T> the type of its result
     * @return the task, named {@code Task-N}
     */
    public static <T extends @Nullable Object> Task<T> createTask(Awaitable<? extends T> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        return onLoop(() -> EventLoop.running().createTask(awaitable));
    }

    /**
     * As {@link #createTask(Awaitable)}, with a name.
     *
     * @param awaitable what to run
     * @param name its name
     * @param <T> the type of its result
     * @return the task
     */
    public static <T extends @Nullable Object> Task<T> createTask(Awaitable<? extends T> awaitable, String name) {
        Objects.requireNonNull(awaitable, "awaitable");
        Objects.requireNonNull(name, "name");
        return onLoop(() -> EventLoop.running().createTask(awaitable, name));
    }

    /**
     * The task that the caller runs in.
     *
     * @return the task, or null in a plain callback
     * @throws IllegalStateException on a thread that runs no loop
     */
    public static @Nullable Task<?> currentTask() {
        return EventLoop.running().currentTask();
    }

    /**
     * Waits for all of {@code each} at the same time. Coroutine objects become tasks at the call, in order. The first
     * exception ends the wait at once, and the others go on; so does a cancellation of one of them. Cancelling the future
     * cancels them all; it then fails with the {@link heddle.api.CancelledError} of the first to end (asyncio-rules 96 to
     * 106).
     *
     * @param each what to wait for
     * @param <T> the type of each result
     * @return a future of the results in the order of the arguments, which has a chain's verbs
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public static <T extends @Nullable Object> ChainFuture<List<T>> gather(Awaitable<? extends T>... each) {
        Objects.requireNonNull(each, "each");
        return gatherAll(Members.copy(Arrays.asList(each), "each"));
    }

    /**
     * As {@link #gather(Awaitable[])}.
     *
     * @param each what to wait for
     * @param <T> the type of each result
     * @return a future of the results in the order of the awaitables, which has a chain's verbs
     */
    public static <T extends @Nullable Object> ChainFuture<List<T>> gather(
            Iterable<? extends Awaitable<? extends T>> each) {
        return gatherAll(Members.copy(each, "each"));
    }

    @SuppressWarnings("unchecked") // the results are those of awaitables of T
    private static <T extends @Nullable Object> ChainFuture<List<T>> gatherAll(List<Awaitable<?>> each) {
        return starting(() -> Gather.start(LoopBinding.current(), each, false, results -> (List<T>) results));
    }

    /**
     * Waits for two of different types at the same time; as {@link #gather(Awaitable[])}.
     *
     * @param first what to wait for
     * @param second what to wait for as well
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @return a future of both results, which has a chain's verbs
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the results are those of the two awaitables
    public static <A extends @Nullable Object, B extends @Nullable Object> ChainFuture<Pair<A, B>> both(
            Awaitable<? extends A> first, Awaitable<? extends B> second) {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        return starting(() -> Gather.start(
                LoopBinding.current(),
                new ArrayList<>(List.of(first, second)),
                false,
                results -> new Pair<>((A) results.get(0), (B) results.get(1))));
    }

    /**
     * As {@link #gather(Awaitable[])}, but waits for all, and has exceptions and cancellations among the results, in place of
     * values; asyncio's return_exceptions (asyncio-rule 100).
     *
     * @param each what to wait for
     * @return a future of results and {@link Throwable}s in the order of the arguments, which has a chain's verbs
     */
    public static ChainFuture<List<@Nullable Object>> gatherReturningExceptions(Awaitable<?>... each) {
        Objects.requireNonNull(each, "each");
        return gatherReturningExceptions(Arrays.asList(each));
    }

    /**
     * As {@link #gatherReturningExceptions(Awaitable[])}.
     *
     * @param each what to wait for
     * @return a future of results and {@link Throwable}s in the order of the awaitables, which has a chain's verbs
     */
    public static ChainFuture<List<@Nullable Object>> gatherReturningExceptions(Iterable<? extends Awaitable<?>> each) {
        List<Awaitable<?>> all = Members.copy(each, "each");
        return starting(() -> Gather.start(LoopBinding.current(), all, true, results -> results));
    }

    private static <R extends @Nullable Object> ChainFuture<R> starting(Callable<Future<R>> start) {
        return ChainFuture.of(onLoop(start));
    }

    /** Acts on the loop of the caller, else on that of the session. */
    private static <R> R onLoop(Callable<R> action) {
        try {
            if (LoopBinding.current() != null) {
                return action.call();
            }
            return Session.currentOrFail().onLoop(action);
        } catch (Exception e) {
            throw Throwables.raise(e);
        }
    }

    // ---- waiting for some of several

    /**
     * Waits for several futures; asyncio's wait. How they end doesn't matter: it throws nothing of theirs, and cancels none
     * (asyncio-rules 107 to 111). To wait for coroutine objects, make tasks of them first.
     *
     * @param members what to wait for; none of them, and the chain fails with {@link IllegalArgumentException}
     * @param when when it is enough
     * @param <F> the type of the members
     * @return a recipe, of those that are done and those that aren't
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> waitUntil(
            Iterable<? extends F> members, ReturnWhen when) {
        return waitUntil(members, when, Double.POSITIVE_INFINITY);
    }

    /**
     * As {@link #waitUntil(Iterable, ReturnWhen)}, for some time at most. What isn't done then, is among the pending ones.
     *
     * @param members what to wait for; none of them, and the chain fails with {@link IllegalArgumentException}
     * @param when when it is enough
     * @param seconds for how long; infinity for as long as it takes
     * @param <F> the type of the members
     * @return a recipe, of those that are done and those that aren't
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> waitUntil(
            Iterable<? extends F> members, ReturnWhen when, double seconds) {
        Objects.requireNonNull(members, "members");
        Objects.requireNonNull(when, "when");
        return Wait.of(Members.<F>copy(members, "members"), when, seconds);
    }

    /**
     * Waits until all members are done; see {@link #waitUntil(Iterable, ReturnWhen)}.
     *
     * @param members what to wait for
     * @param <F> the type of the members
     * @return a recipe, of the members, all done
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public static <F extends Future<?>> Chain<DoneAndPending<F>> awaitAll(F... members) {
        Objects.requireNonNull(members, "members");
        return awaitAll(Arrays.asList(members));
    }

    /**
     * As {@link #awaitAll(Future[])}.
     *
     * @param members what to wait for
     * @param <F> the type of the members
     * @return a recipe, of the members, all done
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> awaitAll(Iterable<? extends F> members) {
        return waitUntil(members, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * As {@link #awaitAll(Iterable)}, for some time at most.
     *
     * @param members what to wait for
     * @param seconds for how long
     * @param <F> the type of the members
     * @return a recipe, of those that are done and those that aren't
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> awaitAll(
            Iterable<? extends F> members, double seconds) {
        return waitUntil(members, ReturnWhen.ALL_COMPLETED, seconds);
    }

    /**
     * Waits until one of the members is done; see {@link #waitUntil(Iterable, ReturnWhen)}.
     *
     * @param members what to wait for
     * @param <F> the type of the members
     * @return a recipe, of those that are done, at least one, and those that aren't
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public static <F extends Future<?>> Chain<DoneAndPending<F>> firstCompleted(F... members) {
        Objects.requireNonNull(members, "members");
        return firstCompleted(Arrays.asList(members));
    }

    /**
     * As {@link #firstCompleted(Future[])}.
     *
     * @param members what to wait for
     * @param <F> the type of the members
     * @return a recipe, of those that are done, at least one, and those that aren't
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> firstCompleted(Iterable<? extends F> members) {
        return waitUntil(members, ReturnWhen.FIRST_COMPLETED);
    }

    /**
     * As {@link #firstCompleted(Iterable)}, for some time at most.
     *
     * @param members what to wait for
     * @param seconds for how long
     * @param <F> the type of the members
     * @return a recipe, of those that are done and those that aren't
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> firstCompleted(
            Iterable<? extends F> members, double seconds) {
        return waitUntil(members, ReturnWhen.FIRST_COMPLETED, seconds);
    }

    /**
     * Waits until one of the members has failed, or all are done; see {@link #waitUntil(Iterable, ReturnWhen)}.
     *
     * @param members what to wait for
     * @param <F> the type of the members
     * @return a recipe, of those that are done and those that aren't
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public static <F extends Future<?>> Chain<DoneAndPending<F>> firstException(F... members) {
        Objects.requireNonNull(members, "members");
        return firstException(Arrays.asList(members));
    }

    /**
     * As {@link #firstException(Future[])}.
     *
     * @param members what to wait for
     * @param <F> the type of the members
     * @return a recipe, of those that are done and those that aren't
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> firstException(Iterable<? extends F> members) {
        return waitUntil(members, ReturnWhen.FIRST_EXCEPTION);
    }

    /**
     * As {@link #firstException(Iterable)}, for some time at most.
     *
     * @param members what to wait for
     * @param seconds for how long
     * @param <F> the type of the members
     * @return a recipe, of those that are done and those that aren't
     */
    public static <F extends Future<?>> Chain<DoneAndPending<F>> firstException(
            Iterable<? extends F> members, double seconds) {
        return waitUntil(members, ReturnWhen.FIRST_EXCEPTION, seconds);
    }

    /**
     * Takes awaitables in the order in which they are done. Coroutine objects become tasks at the call. There are two ways
     * through them, see {@link AsCompleted}.
     *
     * @param each what to wait for
     * @param <T> the type of the values
     * @return an iteration, begun already
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(Awaitable<? extends T>... each) {
        Objects.requireNonNull(each, "each");
        return asCompleted(Arrays.asList(each));
    }

    /**
     * As {@link #asCompleted(Awaitable[])}.
     *
     * @param each what to wait for
     * @param <T> the type of the values
     * @return an iteration, begun already
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Iterable<? extends Awaitable<? extends T>> each) {
        return asCompleted(each, Double.POSITIVE_INFINITY);
    }

    /**
     * As {@link #asCompleted(Awaitable[])}, for some time at most. After it, each turn that is left fails with {@link
     * java.util.concurrent.TimeoutException}; nothing is cancelled (asyncio-rule 112).
     *
     * @param each what to wait for
     * @param seconds for how long
     * @param <T> the type of the values
     * @return an iteration, begun already
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Iterable<? extends Awaitable<? extends T>> each, double seconds) {
        List<Awaitable<? extends T>> all = Members.copy(each, "each");
        Seconds.checked(seconds, "seconds");
        return onLoop(() -> AsCompleted.start(all, seconds));
    }

    // ---- deadlines and shelter

    /**
     * Waits for {@code awaitable} in the calling task, for some time at most; asyncio's wait_for (asyncio-rules 114 to 119).
     * At the deadline it is cancelled, and its end waited for. With zero or less, what is done is taken, and what isn't is
     * cancelled at once: a coroutine object never begins.
     *
     * @param awaitable what to wait for
     * @param seconds for how long; infinity for as long as it takes
     * @param <T> the type of its value
     * @return a recipe; it fails with {@link java.util.concurrent.TimeoutException}, caused by the cancellation
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    public static <T extends @Nullable Object> Chain<T> waitFor(Awaitable<? extends T> awaitable, double seconds) {
        Objects.requireNonNull(awaitable, "awaitable");
        return WaitFor.of(awaitable, seconds);
    }

    /**
     * As {@link #waitFor(Awaitable, double)}.
     *
     * @param awaitable what to wait for
     * @param time for how long
     * @param <T> the type of its value
     * @return a recipe; it fails with {@link java.util.concurrent.TimeoutException}, caused by the cancellation
     */
    public static <T extends @Nullable Object> Chain<T> waitFor(Awaitable<? extends T> awaitable, Duration time) {
        Objects.requireNonNull(time, "time");
        return waitFor(awaitable, Seconds.of(time));
    }

    /**
     * Shields an awaitable from cancellation: who awaits the future may be cancelled, and {@code awaitable} runs on. A
     * coroutine object becomes a task at the call (asyncio-rules 130 to 133).
     *
     * @param awaitable what to shield
     * @param <T> the type of its result
     * @return a future of its outcome, which has a chain's verbs; for a future that is done, that future
     */
    public static <T extends @Nullable Object> ChainFuture<T> shield(Awaitable<? extends T> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        return starting(() -> Shield.start(LoopBinding.current(), awaitable));
    }

    /**
     * Runs a body for some time at most, right here, in the body of a coroutine; asyncio's timeout. At the deadline it is
     * cancelled where it waits (asyncio-rules 117 to 129); see {@link Timeout}.
     *
     * @param seconds for how long; infinity for as long as it takes
     * @param body what to run
     * @param <T> the type of its result
     * @return its result
     * @throws java.util.concurrent.TimeoutException if it was cut short, caused by the cancellation
     * @throws IllegalArgumentException if {@code seconds} is NaN
     * @throws Exception what the body throws
     */
    public static <T extends @Nullable Object> T timeout(double seconds, Callable<? extends T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        return Timeout.lasting(seconds).<T>run(body);
    }

    /**
     * As {@link #timeout(double, Callable)}, for a body that returns nothing.
     *
     * @param seconds for how long; infinity for as long as it takes
     * @param body what to run
     * @throws java.util.concurrent.TimeoutException if it was cut short, caused by the cancellation
     * @throws IllegalArgumentException if {@code seconds} is NaN
     * @throws Exception what the body throws
     */
    public static void timeout(double seconds, ThrowingRunnable body) throws Exception {
        Objects.requireNonNull(body, "body");
        Timeout.lasting(seconds).run(body);
    }

    /**
     * Waits for what {@code code} makes, in the calling task, for some time at most, as a chain. Where nobody wants to move
     * the deadline, {@link Chainable#timeout(double)} and {@link #waitFor} are shorter.
     *
     * @param seconds for how long; infinity for as long as it takes
     * @param code from the timeout, already running, to what to wait for, never null
     * @param <T> the type of its value
     * @return a recipe; it fails with {@link java.util.concurrent.TimeoutException}, caused by the cancellation
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    public static <T extends @Nullable Object> Chain<T> timeout(
            double seconds, ThrowingFunction<? super Timeout, ? extends Awaitable<? extends T>> code) {
        Objects.requireNonNull(code, "code");
        return Timeout.chain(seconds, code);
    }

    /**
     * Makes a timeout to be put around code, with a deadline some time from now.
     *
     * @param seconds how long from now; infinity for never
     * @return a new one
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    public static Timeout timeoutAfter(double seconds) {
        Seconds.checked(seconds, "seconds");
        return Timeout.at(onLoop(EventLoop::running).time() + seconds);
    }

    /**
     * Makes a timeout to be put around code, with a deadline; asyncio's timeout_at.
     *
     * @param when seconds on the loop's clock; infinity for never
     * @return a new one
     * @throws IllegalArgumentException if {@code when} is NaN
     */
    public static Timeout timeoutAt(double when) {
        return Timeout.at(when);
    }

    // ---- groups

    /**
     * Makes a group, to be put around the code that makes its tasks; asyncio's TaskGroup (asyncio-rules 134 to 148).
     *
     * @return a new one
     */
    public static TaskGroup taskGroup() {
        return new TaskGroup();
    }

    /**
     * Puts a new group around what {@code code} makes of it, as a chain.
     *
     * @param code from the group to what to wait for
     * @param <T> the type of its value
     * @return a recipe, of that value when all tasks of the group have ended; of null if the group was cancelled
     */
    public static <T extends @Nullable Object> Chain<@Nullable T> taskGroup(
            ThrowingFunction<? super TaskGroup, ? extends Awaitable<? extends T>> code) {
        Objects.requireNonNull(code, "code");
        return TaskGroup.chain(code);
    }

    // ---- iterations, generators, resources

    /**
     * Goes through an asynchronous iteration, right here, in the body of a coroutine; Python's "async for". However it ends,
     * the source is closed at once, and that is waited for. To leave it early without an exception, use {@link #each}.
     *
     * @param source what to go through
     * @param code gets each element; it may await
     * @param <T> the type of the elements
     * @throws Exception what the source fails with, or {@code code}
     */
    public static <T extends @Nullable Object> void forEach(AsyncIterable<T> source, ThrowingConsumer<? super T> code)
            throws Exception {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(code, "code");
        Rounds.run(source, code);
    }

    /**
     * Makes an asynchronous iteration into one that Java's {@code for} takes, in the body of a coroutine; see {@link Each}.
     *
     * @param source what to go through
     * @param <T> the type of the elements
     * @return an iteration, best opened in a try-with-resources
     */
    public static <T extends @Nullable Object> Each<T> each(AsyncIterable<T> source) {
        Objects.requireNonNull(source, "source");
        return Each.of(source);
    }

    /**
     * Goes through an asynchronous iteration, as a chain. However it ends, the source is closed at once.
     *
     * @param source what to go through
     * @param code from each element to what to wait for before the next one, never null
     * @param <T> the type of the elements
     * @return a recipe, of null
     */
    public static <T extends @Nullable Object> Chain<@Nullable Void> awaitEach(
            AsyncIterable<T> source, ThrowingFunction<? super T, ? extends Awaitable<?>> code) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(code, "code");
        return Rounds.chain(source, code);
    }

    /**
     * Makes values one at a time, whenever the next one is asked for, without a loop; Python's generators.
     *
     * @param code yields the values through what it is given; it can't await
     * @param <T> the type of the values
     * @return a new generator; no code has run yet
     */
    public static <T extends @Nullable Object> Generator<T> generator(ThrowingConsumer<? super Yielder<T>> code) {
        return Generator.of(Objects.requireNonNull(code, "code"));
    }

    /**
     * Makes values one at a time, whenever the next one is asked for, which may be waited for; Python's asynchronous
     * generators.
     *
     * @param code yields the values through what it is given; it may await, and must not hold a lock over an await or yield
     * @param <T> the type of the values
     * @return a new generator; no code has run yet
     */
    public static <T extends @Nullable Object> AsyncGenerator<T> asyncGenerator(
            ThrowingConsumer<? super Yielder<T>> code) {
        return AsyncGenerator.of(Objects.requireNonNull(code, "code"));
    }

    /**
     * Runs a body with a resource around it, right here, in the body of a coroutine; Python's "async with".
     *
     * @param resource what to enter before, and to leave after
     * @param body what to run
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what entering, the body, or leaving throws
     */
    public static <T extends @Nullable Object> T using(AsyncResource resource, Callable<? extends T> body)
            throws Exception {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(body, "body");
        return Enclosed.<T>run(new Using(resource), body);
    }

    /**
     * As {@link #using(AsyncResource, Callable)}, for a body that returns nothing.
     *
     * @param resource what to enter before, and to leave after
     * @param body what to run
     * @throws Exception what entering, the body, or leaving throws
     */
    public static void using(AsyncResource resource, ThrowingRunnable body) throws Exception {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(body, "body");
        Enclosed.<@Nullable Void>run(new Using(resource), () -> {
            body.run();
            return null;
        });
    }

    /**
     * Waits for what {@code code} makes with a resource around it, as a chain.
     *
     * @param resource what to enter before, and to leave after
     * @param code from the resource, entered, to what to wait for, never null
     * @param <R> the type of the resource
     * @param <T> the type of the value
     * @return a recipe
     */
    public static <R extends AsyncResource, T extends @Nullable Object> Chain<T> using(
            R resource, ThrowingFunction<? super R, ? extends Awaitable<? extends T>> code) {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(code, "code");
        Using using = new Using(resource);
        return Enclosed.chain("using " + using, () -> new Enclosed<T>(using, () -> code.apply(resource)));
    }

    // ---- other worlds

    /**
     * Waits for a {@link CompletionStage}, as the JDK's HttpClient returns it. Its failure is thrown as it is, taken out of a
     * {@code CompletionException}; its cancellation is a {@link heddle.api.CancelledError}. When the awaiting task is
     * cancelled, the stage is.
     *
     * @param stage what to wait for
     * @param <T> the type of its value
     * @return a recipe
     */
    public static <T extends @Nullable Object> Chain<T> fromCompletionStage(CompletionStage<? extends T> stage) {
        return Chain.start(Program.AWAIT, new Stages.Stage<T>(Objects.requireNonNull(stage, "stage")));
    }

    /**
     * Runs an awaitable as a task, and has Java's own future for it; from a thread that runs no loop too. Cancelling it
     * cancels the task. What depends on it runs on the loop's thread, unless it is added with an {@code Async} method.
     *
     * @param awaitable what to run; a future is waited for on its loop
     * @param <T> the type of its value
     * @return a future that fails with the exception itself, or is cancelled
     */
    public static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(
            Awaitable<? extends T> awaitable) {
        return Stages.toCompletableFuture(Objects.requireNonNull(awaitable, "awaitable"));
    }

    /**
     * Runs a coroutine object on a loop that another thread runs, as a task; asyncio's run_coroutine_threadsafe. Cancelling
     * the future cancels the task. On the loop's own thread it is allowed, but to wait for the future there is refused. When
     * {@code run}, a {@link Runner} or a {@link Session} closes the loop first, the future is cancelled.
     *
     * @param coroutine what to run; not a future
     * @param loop the loop to run it on
     * @param <T> the type of its value
     * @return a future that fails with the exception itself, or is cancelled
     * @throws IllegalArgumentException if {@code coroutine} is a future
     * @throws IllegalStateException if the loop is closed
     */
    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            Awaitable<? extends T> coroutine, EventLoop loop) {
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(loop, "loop");
        if (coroutine instanceof Future<?>) {
            throw new IllegalArgumentException("a coroutine object was expected, got the future "
                    + Display.of(coroutine) + ": toCompletableFuture takes it (docs/codes.md#run-future)");
        }
        return Stages.runThreadsafe(coroutine, loop);
    }

    /**
     * Runs blocking code on a thread of the loop's default executor, in a copy of the context, and waits for it; asyncio's
     * to_thread. Cancelling the wait doesn't stop code that has begun.
     *
     * @param job the code, which must not touch what belongs to the loop
     * @param <T> the type of its result
     * @return a recipe
     */
    public static <T extends @Nullable Object> Chain<T> toThread(Callable<? extends T> job) {
        Objects.requireNonNull(job, "job");
        Callable<Future<T>> begin = () -> {
            Context context = Context.copyCurrent();
            return EventLoop.running().runInExecutor(null, () -> context.<T>run(job::call));
        };
        return Chain.start(Program.AWAIT_CALL, begin);
    }
}
