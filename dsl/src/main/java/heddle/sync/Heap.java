package heddle.sync;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The least first: a binary heap that compares what Python's heapq compares, in the same order, so that items that are equal
 * come out in the same order, too. It compares first and moves then: an order that throws has changed nothing.
 */
final class Heap<T extends @Nullable Object> extends Items<T> {

    private final @Nullable Comparator<? super T> order;
    private @Nullable Object[] heap = new Object[16];
    private int size;

    /** A heap in the given order; null for that of the items themselves. */
    Heap(@Nullable Comparator<? super T> order) {
        this.order = order;
    }

    @Override
    void check(T item) {
        if (order == null) {
            Objects.requireNonNull(item, "item");
        }
    }

    @Override
    void add(T item) {
        if (order == null && !(item instanceof Comparable<?>)) {
            throw new ClassCastException(
                    "an item of " + Objects.requireNonNull(item, "item").getClass()
                            + " is no Comparable: give the PriorityQueue a Comparator");
        }
        int place = size;
        while (place > 0 && isLess(item, heap[parent(place)])) {
            place = parent(place);
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        for (int i = size++; i > place; i = parent(i)) {
            heap[i] = heap[parent(i)];
        }
        heap[place] = item;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // only a T is added
    T take() {
        int end = size - 1;
        Object last = heap[end];
        // the way down along the lesser children, to a leaf; then up again to where the last item fits
        int place = 0;
        while (2 * place + 1 < end) {
            int child = 2 * place + 1;
            if (child + 1 < end && !isLess(heap[child], heap[child + 1])) {
                child++;
            }
            place = child;
        }
        while (place > 0 && isLess(last, heap[place])) {
            place = parent(place);
        }
        // all above that place move up by one, which pushes the first one out
        Object carried = last;
        for (int i = place; ; i = parent(i)) {
            Object pushed = heap[i];
            heap[i] = carried;
            carried = pushed;
            if (i == 0) {
                break;
            }
        }
        heap[end] = null;
        size = end;
        return (T) carried;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only a T is added, and without an order only what is comparable
    private boolean isLess(@Nullable Object a, @Nullable Object b) {
        return (order != null ? order.compare((T) a, (T) b) : ((Comparable<@Nullable Object>) a).compareTo(b)) < 0;
    }

    private static int parent(int place) {
        return (place - 1) >> 1;
    }

    @Override
    int size() {
        return size;
    }

    @Override
    void clear() {
        heap = new Object[16];
        size = 0;
    }
}
