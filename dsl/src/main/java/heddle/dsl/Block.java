package heddle.dsl;

import heddle.api.Awaitable;
import org.jspecify.annotations.Nullable;

/**
 * What can be put around code: Python's asynchronous context manager. {@link Enclosed} is the code with one around it, as
 * a coroutine and in direct style.
 */
abstract class Block {

    /** Before the code; what it throws keeps the code from running. Answers what to wait for first, or null. */
    abstract @Nullable Awaitable<?> enter() throws Exception;

    /**
     * After the code, however it ended; what it throws takes the place of that end. Answers what to wait for first, whose
     * value is whether {@code failure} is dealt with and goes no further; or null: there is nothing to wait for, and it
     * goes further.
     *
     * @param failure what the code threw; null if it returned
     */
    abstract @Nullable Awaitable<Boolean> exit(@Nullable Throwable failure) throws Throwable;

    /** Whether a generator must not yield to its user while this is open: it is tied to the task that entered it. */
    boolean forbidsYield() {
        return true;
    }
}
