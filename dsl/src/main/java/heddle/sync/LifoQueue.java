package heddle.sync;

import org.jspecify.annotations.Nullable;

/**
 * A queue that gives the item that was put in last; asyncio's LifoQueue.
 *
 * @param <T> the type of the items, which may be null
 */
public final class LifoQueue<T extends @Nullable Object> extends Queue<T> {

    /** A queue without a limit. */
    public LifoQueue() {
        this(0);
    }

    /**
     * A queue.
     *
     * @param maxsize how many items it may hold; zero or less for no limit
     */
    public LifoQueue(int maxsize) {
        super(maxsize, new Items.Sequence<>(true));
    }
}
