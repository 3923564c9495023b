package heddle.sync;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue that gives the least item; asyncio's PriorityQueue. Items that are equal come in the order in which they come in
 * asyncio, which is not that of putting.
 *
 * <p>What comparing throws, {@code put} or {@code get} throws, and the queue is as it was before. Without an order of its own
 * it takes {@link Comparable} items only: null throws {@link NullPointerException} in the call, others {@link
 * ClassCastException} when they are put in.
 *
 * @param <T> the type of the items
 */
public final class PriorityQueue<T extends @Nullable Object> extends Queue<T> {

    /** A queue without a limit, in the natural order of the items. */
    public PriorityQueue() {
        this(0);
    }

    /**
     * A queue in the natural order of the items.
     *
     * @param maxsize how many items it may hold; zero or less for no limit
     */
    public PriorityQueue(int maxsize) {
        super(maxsize, new Heap<>(null));
    }

    /**
     * A queue without a limit.
     *
     * @param order the order of the items, null among them if it allows it
     */
    public PriorityQueue(Comparator<? super T> order) {
        this(0, order);
    }

    /**
     * A queue.
     *
     * @param maxsize how many items it may hold; zero or less for no limit
     * @param order the order of the items, null among them if it allows it
     */
    public PriorityQueue(int maxsize, Comparator<? super T> order) {
        super(maxsize, new Heap<>(Objects.requireNonNull(order, "order")));
    }
}
