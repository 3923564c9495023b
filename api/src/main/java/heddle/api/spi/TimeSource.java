package heddle.api.spi;

/**
 * A loop's clock, and how the loop waits. With one of its own a loop doesn't depend on the wall clock: see {@link
 * #virtual()}.
 */
public interface TimeSource {

    /**
     * The time now. Monotonic; the beginning is arbitrary. Safe from any thread.
     *
     * @return nanoseconds
     */
    long nanoTime();

    /**
     * Waits, on the loop's thread, until {@link #unpark()} is called or {@code nanos} have passed on this clock. An {@code
     * unpark} that came since the last return makes it return at once, and so may anything else: the loop asks again.
     *
     * @param nanos how long, at least 1; {@link Long#MAX_VALUE} for as long as it takes: nothing is scheduled
     * @param held whether a {@link heddle.api.Hold} is open: something outside will wake the loop, in a time that this
     *     clock doesn't know, so a clock that jumps must not, but wait for {@code unpark}
     */
    void park(long nanos, boolean held);

    /** Ends the current {@link #park}, or else the next one. Safe from any thread. */
    void unpark();

    /**
     * Virtual time: it starts at zero and stands still while code runs; where a loop would wait for a timer, it jumps to
     * that timer. Programs that sleep for days run in no time, and the same way each time. One for each loop.
     *
     * @return a new one
     */
    static TimeSource virtual() {
        return new VirtualTime();
    }
}
