package heddle.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The callbacks that are ready, first in, first out: a ring that doubles when it is full. */
final class ReadyRing {

    private @Nullable Object[] ring = new Object[64];
    private int head;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What is in it, first in first. */
    List<Object> snapshot() {
        List<Object> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(Objects.requireNonNull(ring[(head + i) & (ring.length - 1)]));
        }
        return all;
    }

    void add(Runnable ready) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = ready;
    }

    /** Takes the first; there must be one. */
    Runnable take() {
        Runnable first = (Runnable) ring[head];
        if (first == null) {
            throw new IllegalStateException("nothing is ready");
        }
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return first;
    }

    void clear() {
        ring = new Object[64];
        head = 0;
        size = 0;
    }

    private void grow() {
        @Nullable Object[] larger = new Object[ring.length * 2];
        System.arraycopy(ring, head, larger, 0, ring.length - head);
        System.arraycopy(ring, 0, larger, ring.length - head, head);
        ring = larger;
        head = 0;
    }
}
