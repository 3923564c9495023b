package heddle.api;

/** A {@link Runnable} that may throw: a callback, or the body of a coroutine that returns nothing. */
@FunctionalInterface
public interface ThrowingRunnable {

    /**
     * Runs the code.
     *
     * @throws Exception whatever the code throws
     */
    void run() throws Exception;
}
