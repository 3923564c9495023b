package heddle.sync;

/**
 * A semaphore that refuses to have more permits than it began with, which would be a mistake in the program; asyncio's
 * BoundedSemaphore (asyncio-rule 153).
 */
public final class BoundedSemaphore extends Semaphore {

    private final int bound;

    /** A semaphore with one permit. */
    public BoundedSemaphore() {
        this(1);
    }

    /**
     * A semaphore.
     *
     * @param value how many permits it begins with, and has at most, zero or more
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public BoundedSemaphore(int value) {
        super(value);
        bound = value;
    }

    /**
     * Gives a permit back: to the task that waits longest, if any.
     *
     * @throws IllegalArgumentException if all permits are free already
     * @throws IllegalStateException if the calling thread may not use it
     */
    @Override
    public void release() {
        checkThread("release");
        if (value() >= bound) {
            throw new IllegalArgumentException("BoundedSemaphore released too many times: all " + bound
                    + " permits are free; release once for each acquire, or use run(body)");
        }
        super.release();
    }
}
