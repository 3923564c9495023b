package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingFunction;
import heddle.api.ThrowingPredicate;
import heddle.api.ThrowingRunnable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * An awaitable that a {@link Chain} can be built on: {@code fetch(url).then(Page::title).recover(e -> "?")}. Each verb
 * makes a new recipe and runs nothing. An awaitable of your own gets the verbs by implementing this instead of {@link
 * Awaitable}.
 *
 * <p>The functions run inside the task that awaits the chain, on its loop, each atomically with respect to all other tasks.
 * What one throws, checked or not, ends the chain with that very exception, unless a later {@code recover} takes it. They
 * must not call {@code Heddle.await}: to wait for something is a step of the chain, the verb {@code await}.
 *
 * <p>Null for a parameter throws {@link NullPointerException} with its name. Values may be null.
 *
 * @param <T> the type of the value so far
 */
public interface Chainable<T extends @Nullable Object> extends Awaitable<T> {

    /**
     * Then computes the next value.
     *
     * @param function from this value to the next; the task fails if it returns an {@link Awaitable}, which belongs into
     *     {@code await}
     * @param <R> the type of the next value
     * @return a new chain
     */
    default <R extends @Nullable Object> Chain<R> then(ThrowingFunction<? super T, ? extends R> function) {
        return Chain.of(this).plus(Program.THEN, Objects.requireNonNull(function, "function"));
    }

    /**
     * Then computes the next value without this one.
     *
     * @param function makes the next value; the task fails if it returns an {@link Awaitable}, which belongs into {@code
     *     await}
     * @param <R> the type of the next value
     * @return a new chain
     */
    default <R extends @Nullable Object> Chain<R> then(Callable<? extends R> function) {
        return Chain.of(this).plus(Program.CALL, Objects.requireNonNull(function, "function"));
    }

    /**
     * Then looks at the value, and passes it on.
     *
     * @param consumer gets the value
     * @return a new chain
     */
    default Chain<T> tap(ThrowingConsumer<? super T> consumer) {
        return Chain.of(this).plus(Program.TAP, Objects.requireNonNull(consumer, "consumer"));
    }

    /**
     * Then waits for what {@code function} makes of the value. It doesn't pause for something that is done already, and as
     * the last step of a chain that awaits itself it needs no memory: a loop may go on for ever.
     *
     * @param function from this value to what to wait for, never null
     * @param <R> the type of the next value
     * @return a new chain
     */
    default <R extends @Nullable Object> Chain<R> await(
            ThrowingFunction<? super T, ? extends Awaitable<? extends R>> function) {
        return Chain.of(this).plus(Program.AWAIT_OF_VALUE, Objects.requireNonNull(function, "function"));
    }

    /**
     * Then waits for what {@code function} makes, without the value.
     *
     * @param function makes what to wait for, never null
     * @param <R> the type of the next value
     * @return a new chain
     */
    default <R extends @Nullable Object> Chain<R> await(Callable<? extends Awaitable<? extends R>> function) {
        return Chain.of(this).plus(Program.AWAIT_CALL, Objects.requireNonNull(function, "function"));
    }

    /**
     * Then waits for {@code next}, without the value.
     *
     * @param next what to wait for
     * @param <R> the type of the next value
     * @return a new chain
     */
    default <R extends @Nullable Object> Chain<R> await(Awaitable<? extends R> next) {
        return Chain.of(this).plus(Program.AWAIT, Objects.requireNonNull(next, "next"));
    }

    /**
     * Then waits for all that {@code function} makes of the value, at the same time: {@code urls.gather(each ->
     * each.stream().map(this::fetch).toList())}. As {@link Heddle#gather}, but the tasks are made when the chain gets here.
     *
     * @param function from this value to what to wait for, none of it null
     * @param <R> the type of each result
     * @return a new chain, of the results in the order of the awaitables
     */
    default <R extends @Nullable Object> Chain<List<R>> gather(
            ThrowingFunction<? super T, ? extends Iterable<? extends Awaitable<? extends R>>> function) {
        return Chain.of(this).plus(Program.GATHER_OF_VALUE, Objects.requireNonNull(function, "function"));
    }

    /**
     * Then waits for all of {@code each} at the same time, without the value. As {@link Heddle#gather}, but the tasks are
     * made when the chain gets here.
     *
     * @param each what to wait for; copied
     * @param <R> the type of each result
     * @return a new chain, of the results in the order of the awaitables
     */
    default <R extends @Nullable Object> Chain<List<R>> gather(Iterable<? extends Awaitable<? extends R>> each) {
        return Chain.of(this).plus(Program.GATHER, Members.copy(each, "each"));
    }

    /**
     * Then asks {@code predicate} about the value, and runs all of the above once more, as long as it says yes: {@code
     * nextPage.tap(pages::add).repeatWhile(Page::hasNext)}. The value that it says no to is the value of the loop.
     *
     * <p>Each round begins as the first did, with the first step and its value: what is to last from round to round
     * belongs in a variable. A {@code recover}, {@code eventually} or {@code timeout} above is for each round, below it for
     * the loop; what the predicate throws goes to those below. A task or a future that was made before the loop is waited
     * for once, later rounds get its value at once.
     *
     * <p>A loop needs no memory, and may go on for ever. It lets the others run only where a step waits for something that
     * isn't done, as any loop in asyncio.
     *
     * @param predicate whether to go round once more
     * @return a new chain
     */
    default Chain<T> repeatWhile(ThrowingPredicate<? super T> predicate) {
        return Chain.of(this).plus(Program.REPEAT_WHILE, Objects.requireNonNull(predicate, "predicate"));
    }

    /**
     * If anything above failed with an {@link Exception}, goes on with what {@code function} makes of it. A cancellation is
     * no exception.
     *
     * @param function from the exception to the value to go on with
     * @return a new chain
     */
    default Chain<T> recover(ThrowingFunction<? super Exception, ? extends T> function) {
        return recover(Exception.class, function);
    }

    /**
     * If anything above failed with a {@code type}, goes on with what {@code function} makes of it. {@link
     * heddle.api.CancelledError} and {@link heddle.api.CoroutineExit} are taken only if {@code type} is that very class.
     *
     * @param type the exceptions to take
     * @param function from the exception to the value to go on with
     * @param <X> the type of the exceptions
     * @return a new chain
     */
    default <X extends Throwable> Chain<T> recover(Class<X> type, ThrowingFunction<? super X, ? extends T> function) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(function, "function");
        return Chain.of(this).plus(Program.RECOVER, new Rescue(type, function));
    }

    /**
     * However the steps above end, by a value, an error, a cancellation or by being closed, runs {@code cleanup}, then goes
     * on with that end. What {@code cleanup} throws takes its place.
     *
     * @param cleanup what to run
     * @return a new chain
     */
    default Chain<T> eventually(ThrowingRunnable cleanup) {
        return Chain.of(this).plus(Program.EVENTUALLY, Objects.requireNonNull(cleanup, "cleanup"));
    }

    /**
     * As {@link #eventually(ThrowingRunnable)}, and waits for what {@code cleanup} returns.
     *
     * @param cleanup makes what to wait for, never null
     * @return a new chain
     */
    default Chain<T> eventually(Callable<? extends Awaitable<?>> cleanup) {
        return Chain.of(this).plus(Program.EVENTUALLY_AWAIT, Objects.requireNonNull(cleanup, "cleanup"));
    }

    /**
     * Gives all of the above some time at most: at the deadline it is cancelled where it waits, and fails with {@link
     * java.util.concurrent.TimeoutException}; see {@link Timeout}.
     *
     * @param seconds for how long, counted from when it begins; infinity for as long as it takes
     * @return a new chain
     * @throws IllegalArgumentException if {@code seconds} is NaN
     */
    default Chain<T> timeout(double seconds) {
        return Timeout.<T>chain(seconds, timeout -> this);
    }

    /**
     * Makes a task of all of the above, and waits for it in a way that a cancel doesn't get through; see {@link
     * Heddle#shield}.
     *
     * @return a new chain
     */
    default Chain<T> shield() {
        Callable<Awaitable<T>> shielded = () -> Heddle.shield(this);
        return Chain.start(Program.AWAIT_CALL, shielded);
    }

    /**
     * The same chain with a name, for messages and pictures.
     *
     * @param name the name
     * @return a new chain
     */
    default Chain<T> named(String name) {
        return Chain.of(this).renamed(Objects.requireNonNull(name, "name"));
    }
}
