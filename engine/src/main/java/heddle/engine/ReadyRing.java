package heddle.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The callbacks that are ready, first in, first out: a ring that doubles when it is full. */
final class ReadyRing {

    private @Nullable Ready[] ring = new Ready[64];
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
            all.add(Objects.requireNonNull(ring[(head + i) & (ring.length - 1)]).shown());
        }
        return all;
    }

    void add(Ready ready) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = ready;
    }

    /** Takes the first; there must be one. */
    Ready take() {
        Ready first = ring[head];
        if (first == null) {
            throw new IllegalStateException("nothing is ready");
        }
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return first;
    }

    void clear() {
        ring = new Ready[64];
        head = 0;
        size = 0;
    }

    private void grow() {
        @Nullable Ready[] larger = new Ready[ring.length * 2];
        System.arraycopy(ring, head, larger, 0, ring.length - head);
        System.arraycopy(ring, 0, larger, ring.length - head, head);
        ring = larger;
        head = 0;
    }
}
