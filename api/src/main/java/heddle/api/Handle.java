package heddle.api;

/** A callback that was scheduled, and can be cancelled until it runs. It runs at most once (asyncio-rules 1, 5, 6). */
public interface Handle {

    /**
     * Keeps the callback from running; too late, or called again, it does nothing. Thread rule: as {@link
     * EventLoop#callSoon}.
     */
    void cancel();

    /**
     * Whether it was cancelled.
     *
     * @return true at once after {@link #cancel()}; safe from any thread
     */
    boolean cancelled();
}
