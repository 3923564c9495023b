package heddle.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A future that drives one coroutine: it steps it, waits for what it waits for, and is done when it ends. It is its own
 * thread of control, with a name and a context, interwoven with the other tasks of its loop: all code between two awaits is
 * atomic for them (asyncio-rules 69 to 71).
 *
 * <p>Its first step runs at the loop's next opportunity, never inside {@code createTask} (asyncio-rule 4). The loop holds it
 * strongly until it is done. Threads: as {@link Future}; {@link #name()}, {@link #waitingOn()}, {@link #cancelling()} and
 * {@link #stack()} may be read from any thread, as a snapshot.
 *
 * @param <T> the type of the result, which may be null
 */
public interface Task<T extends @Nullable Object> extends Future<T> {

    /**
     * Its name: the one given, or {@code Task-N}, numbered from 1 within its loop in the order of creation.
     *
     * @return never null
     */
    String name();

    /**
     * Gives it another name.
     *
     * @param name the new name; never null
     */
    void setName(String name);

    /**
     * The awaitable it was made from.
     *
     * @return never null
     */
    Awaitable<? extends T> awaitable();

    /**
     * Asks the task to end: {@link CancelledError} is thrown where it waits, in the next turn, and its code decides.
     * {@link #cancelled()} becomes true only if it lets the error out (asyncio-rules 73 to 95). What it waits for is
     * cancelled first, synchronously; a task that never began never runs any of its code.
     *
     * @param message what the error will say; null for none
     * @return false, and nothing happens, if the task is done; else true, and {@link #cancelling()} grows by one
     */
    @Override
    boolean cancel(@Nullable String message);

    /**
     * How many cancels were requested and not taken back.
     *
     * @return zero or more
     */
    int cancelling();

    /**
     * Takes one cancel request back. At zero a request that wasn't delivered yet is dropped; one that was, stays delivered
     * (asyncio-rules 91 to 93).
     *
     * @return how many are left, zero or more
     */
    int uncancel();

    /**
     * The future that it waits for.
     *
     * @return that future, or null when it is running, ready to run, or done
     */
    @Nullable
    Future<?> waitingOn();

    /**
     * Where in its code it waits, innermost frame first; empty when it isn't suspended or its coroutine doesn't tell.
     *
     * @return a snapshot, never null
     */
    List<StackTraceElement> stack();

    /**
     * The context in which its code runs: a copy made when the task was created, or the one given.
     *
     * @return never null
     */
    Context context();
}
