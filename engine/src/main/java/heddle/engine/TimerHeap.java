package heddle.engine;

import heddle.api.TimerHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timers, earliest first, and those of the same time in the order in which they were added.
 *
 * <p>A cancelled timer stays until it comes up; when more than a hundred and more than half are cancelled, all of them are
 * dropped at once (asyncio-rule 26).
 */
final class TimerHeap {

    private static final int FEW = 100;

    private @Nullable LoopTimer[] heap = new LoopTimer[16];
    private int size;
    private int cancelled;
    private long added;

    void add(LoopTimer timer) {
        timer.sequence = added++;
        timer.queued = true;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, timer);
    }

    /** To be told when a timer that is in here was cancelled. */
    void cancelled() {
        if (++cancelled > FEW && cancelled > size / 2) {
            compact();
        }
    }

    /** The earliest timer that isn't cancelled, or null. */
    @Nullable
    LoopTimer first() {
        LoopTimer first = heap[0];
        while (first != null && first.cancelled()) {
            removeFirst();
            cancelled--;
            first = heap[0];
        }
        return first;
    }

    /** Removes what {@link #first()} returned. */
    void removeFirst() {
        LoopTimer first = heap[0];
        LoopTimer last = heap[--size];
        heap[size] = null;
        if (first != null) {
            first.queued = false;
        }
        if (size > 0 && last != null) {
            down(0, last);
        }
    }

    /** Those that aren't cancelled, earliest first. */
    List<TimerHandle> snapshot() {
        List<LoopTimer> live = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            LoopTimer timer = heap[i];
            if (timer != null && !timer.cancelled()) {
                live.add(timer);
            }
        }
        live.sort((a, b) -> a.before(b) ? -1 : b.before(a) ? 1 : 0);
        return List.copyOf(live);
    }

    void clear() {
        heap = new LoopTimer[16];
        size = 0;
        cancelled = 0;
    }

    private void compact() {
        @Nullable LoopTimer[] all = heap;
        int live = 0;
        for (int i = 0; i < size; i++) {
            LoopTimer timer = all[i];
            if (timer != null && !timer.cancelled()) {
                all[live++] = timer;
            } else if (timer != null) {
                timer.queued = false;
            }
        }
        Arrays.fill(all, live, size, null);
        size = live;
        cancelled = 0;
        for (int i = size / 2 - 1; i >= 0; i--) {
            LoopTimer timer = all[i];
            if (timer != null) {
                down(i, timer);
            }
        }
    }

    private void up(int at, LoopTimer timer) {
        int i = at;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            LoopTimer above = heap[parent];
            if (above == null || !timer.before(above)) {
                break;
            }
            heap[i] = above;
            i = parent;
        }
        heap[i] = timer;
    }

    private void down(int at, LoopTimer timer) {
        int i = at;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            LoopTimer least = heap[child];
            LoopTimer right = child + 1 < size ? heap[child + 1] : null;
            if (least != null && right != null && right.before(least)) {
                least = right;
                child++;
            }
            if (least == null || !least.before(timer)) {
                break;
            }
            heap[i] = least;
            i = child;
        }
        heap[i] = timer;
    }
}
