package heddle.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of an {@link Awaitable}: code that can be stepped. It is what a {@link Task} drives, and all that an engine
 * knows of the code it runs.
 *
 * <p>A step runs until the code pauses or ends and says so by its return value:
 *
 * <ul>
 *   <li>a {@link Future}: it waits for that future, and wants to be stepped again when it is done;
 *   <li>{@link Pause#YIELD}: it lets the others run, and wants to be stepped again in the next turn;
 *   <li>{@link Pause#FINISHED}: it ended; {@link #result()} has its value.
 * </ul>
 *
 * A step that throws ended with that exception. Values never travel through the stepper: the coroutine holds the future it
 * waits for, and reads its value itself when it is stepped again. Errors do: they are handed over with {@link #raise}.
 *
 * <p>Not thread-safe: every method is called by whoever speaks for the loop, one call at a time. After the end, only {@link
 * #result()} and {@link #close()} may be called.
 *
 * @param <T> the type of the result, which may be null
 */
public interface Coroutine<T extends @Nullable Object> {

    /**
     * Runs the code up to its next pause or its end.
     *
     * @return what it waits for, or that it ended; never null
     * @throws Throwable what the code threw: it ended with that
     */
    Suspension step() throws Throwable;

    /**
     * As {@link #step()}, with {@code error} thrown where the code waits. On a coroutine that was never stepped it runs
     * nothing and ends with {@code error} (asyncio-rule 75).
     *
     * @param error what to throw; never null
     * @return what it waits for next, or that it ended; never null
     * @throws Throwable what the code threw, {@code error} itself unless it caught it
     */
    Suspension raise(Throwable error) throws Throwable;

    /**
     * The value that the code returned; to be called only after a step answered {@link Pause#FINISHED}.
     *
     * @return the value, which may be null
     * @throws Exception what reading the value throws, where the coroutine passes on a future's
     */
    T result() throws Exception;

    /**
     * Ends the run early: throws {@link CoroutineExit} where the code waits, so that its {@code finally} blocks run. A
     * second call does nothing, nor does one after the end; on a coroutine that was never stepped it runs no code.
     *
     * @throws IllegalStateException if the code waits for something instead of ending
     */
    void close();

    /**
     * The name its author gave to this code, for messages and pictures.
     *
     * @return the name, or null if it has none
     */
    default @Nullable String name() {
        return null;
    }

    /**
     * Where in the code it waits, innermost frame first, for tools; empty where that isn't known.
     *
     * @return a snapshot, never null
     */
    default List<StackTraceElement> stack() {
        return List.of();
    }
}
