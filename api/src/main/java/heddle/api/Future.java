package heddle.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that will exist: pending at first, then done once, with a result, an exception or by cancellation, and never
 * un-done (asyncio-rule 29).
 *
 * <p><b>Threads.</b> Reading the state ({@link #done()}, {@link #cancelled()}, {@link #result()}, {@link #exception()},
 * {@link #cancelMessage()}, {@link #unretrieved()}, {@code toString}) is safe from any thread. Everything else is for the thread that speaks for {@link #loop()}, and for
 * any thread while the loop isn't running; a call from elsewhere throws {@link IllegalStateException} and changes nothing.
 *
 * <p><b>Awaiting</b> a future that is done doesn't pause; awaiting a pending one pauses the task until it is done, then
 * gives its result or throws its exception, the same object each time (asyncio-rules 43, 50).
 *
 * @param <T> the type of the result, which may be null
 */
public non-sealed interface Future<T extends @Nullable Object> extends Awaitable<T>, Suspension {

    /**
     * Whether it has a result, an exception, or was cancelled.
     *
     * @return true once and for all when it is done
     */
    boolean done();

    /**
     * Whether it ended by cancellation. A future whose exception is set to a {@link CancelledError} is not cancelled
     * (asyncio-rule 42).
     *
     * @return true once and for all when it was cancelled
     */
    boolean cancelled();

    /**
     * The result, if there is one. Never waits: to wait, await the future.
     *
     * @return the result, which may be null
     * @throws InvalidStateException if it is still pending
     * @throws CancelledError if it was cancelled, with the message given to cancel
     * @throws Exception the exception it failed with, as it is, whatever its type
     */
    T result() throws Exception;

    /**
     * The exception it failed with. Never waits.
     *
     * @return the exception, or null if it has a result
     * @throws InvalidStateException if it is still pending
     * @throws CancelledError if it was cancelled
     */
    @Nullable
    Throwable exception();

    /**
     * Cancels it without a message; see {@link #cancel(String)}.
     *
     * @return true if the request was taken, false if it was done already
     */
    default boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels it. A plain future is cancelled at once (asyncio-rule 34); a {@link Task} is asked to end, see there.
     *
     * @param message what the {@link CancelledError} will say; null for none
     * @return true if the request was taken, false if it was done already
     */
    boolean cancel(@Nullable String message);

    /**
     * As {@link #cancel(String)}, on behalf of somebody else: for libraries, since the line of a timer or of a group that
     * calls cancel tells a reader nothing. An engine that keeps no origins ignores it.
     *
     * @param message what the {@link CancelledError} will say; null for none
     * @param origin what its {@link CancelledError#origin()} will be
     * @return true if the request was taken, false if it was done already
     */
    default boolean cancel(@Nullable String message, CancelledError.Origin origin) {
        Objects.requireNonNull(origin, "origin");
        return cancel(message);
    }

    /**
     * What the cancel said that this keeps in mind: the one that cancelled it; of a task also the last one that went to its
     * own code, whatever became of it. Nothing where the error that left a task's code ended it. Looking at it, unlike {@link
     * #result()}, takes nothing from those who await a task (asyncio-rule 45).
     *
     * @return the message; null if there is none
     */
    default @Nullable String cancelMessage() {
        return null;
    }

    /**
     * The exception it failed with, as long as nobody has retrieved it: neither awaited it, nor asked for its result or
     * exception. Looking at it here doesn't retrieve it. For those who show what goes on, as the JShell prompt does.
     *
     * @return the exception; null if there is none, if somebody has retrieved it, and where the engine doesn't tell
     */
    default @Nullable Throwable unretrieved() {
        return null;
    }

    /**
     * Has {@code callback} called with this future once it is done; never inline: each callback is scheduled with {@code
     * callSoon}, in the order of registration, and in the next turn if the future is done already (asyncio-rules 35 to 37).
     * It runs in a copy of the current context. What it throws goes to the loop's exception handler.
     *
     * @param callback called once for each registration; never null
     */
    void addDoneCallback(ThrowingConsumer<? super Future<T>> callback);

    /**
     * As {@link #addDoneCallback(ThrowingConsumer)}, run in {@code context} itself.
     *
     * @param callback called once for each registration; never null
     * @param context the context to run in; never null
     */
    void addDoneCallback(ThrowingConsumer<? super Future<T>> callback, Context context);

    /**
     * Removes every registration equal to {@code callback}. Callbacks that are already scheduled can't be stopped
     * (asyncio-rules 37, 38).
     *
     * @param callback what to compare with; never null
     * @return how many were removed
     */
    int removeDoneCallback(ThrowingConsumer<? super Future<T>> callback);

    /**
     * The loop it belongs to.
     *
     * @return never null
     */
    EventLoop loop();

    /**
     * What it stands for. Safe from any thread.
     *
     * @return the object given to {@link EventLoop#createFuture(Object)}, perhaps a {@link WaitsFor}; null for a task, and
     *     where nothing was given
     */
    default @Nullable Object what() {
        return null;
    }
}
