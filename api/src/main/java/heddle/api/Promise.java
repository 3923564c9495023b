package heddle.api;

import org.jspecify.annotations.Nullable;

/**
 * The writing side of a {@link Future}: what {@link EventLoop#createFuture()} returns. Whoever sets it first, wins; a second
 * completion is an error and changes nothing (asyncio-rule 30).
 *
 * <p>The thread rule is that of {@link Future}: complete it on its loop, from elsewhere with {@code
 * loop.callSoonThreadsafe(() -> promise.setResult(x))}.
 *
 * @param <T> the type of the result, which may be null
 */
public interface Promise<T extends @Nullable Object> extends Future<T> {

    /**
     * Completes it with a result.
     *
     * @param result the result, which may be null
     * @throws InvalidStateException if it is done already
     */
    void setResult(T result);

    /**
     * Completes it with an exception. A {@link CancelledError} is stored like any other: the future then counts as failed,
     * not as cancelled (asyncio-rule 42).
     *
     * @param exception the exception; never null
     * @throws InvalidStateException if it is done already
     */
    void setException(Throwable exception);

    /**
     * Lets {@code cancellation} decide what {@code cancel} does while the promise is pending, in place of cancelling it at
     * once. This is how {@code gather} passes a cancel on to its members. A later call replaces the earlier one.
     *
     * @param cancellation what to do instead; never null
     */
    void onCancel(Cancellation cancellation);

    /** What a promise does when it is asked to cancel while pending. */
    @FunctionalInterface
    interface Cancellation {
        /**
         * Passes a cancel on. Runs inside {@code cancel}, synchronously, so it must not wait. What it throws, {@code
         * cancel} throws.
         *
         * @param message the message given to cancel; null if there is none
         * @return what {@code cancel} shall return: whether the request was taken
         */
        boolean cancel(@Nullable String message);
    }
}
