package heddle.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What other threads have for the loop, first in, first out: any thread adds, whoever speaks for the loop takes. It is a list
 * of blocks, so that a post costs an atomic addition and four bytes, and a million of them that wait are no chain for the
 * collector to follow.
 *
 * <p>A post is there from the moment in which its place is claimed: that is the one atomic step of {@link #add}, and what
 * {@link #isEmpty()} looks at. So whoever adds and then asks whether the loop sleeps, and a loop that says that it will sleep
 * and then asks whether there is a post, never miss each other.
 */
final class Posts {

    private static final int SIZE = 256;
    private static final int SPINS = 100;

    private final AtomicReference<Block> last;
    private Block first;
    /** How many of the first block are taken. */
    private int taken;

    Posts() {
        first = new Block();
        last = new AtomicReference<>(first);
    }

    /** Called from any thread. */
    void add(Ready post) {
        Block block = last.get();
        int place = block.claimed.getAndIncrement();
        while (place >= SIZE) {
            Block next = block.next();
            last.compareAndSet(block, next); // whoever comes first; the others find it done
            block = next;
            place = block.claimed.getAndIncrement();
        }
        block.put(place, post);
    }

    int size() {
        int size = -taken;
        for (Block block = first; block != null; block = block.get()) {
            size += Math.min(block.claimed.get(), SIZE);
        }
        return size;
    }

    boolean isEmpty() {
        return taken == SIZE ? first.get() == null : first.claimed.get() == taken;
    }

    /** Takes the first; there must be one. */
    Ready take() {
        if (taken == SIZE) {
            first = first.next();
            taken = 0;
        }
        return first.take(taken++);
    }

    void clear() {
        for (int n = size(); n > 0; n--) {
            take();
        }
    }

    /** So many places, and the block after it. */
    private static final class Block extends AtomicReference<@Nullable Block> {
        private static final long serialVersionUID = 1;

        private final AtomicReferenceArray<@Nullable Ready> places = new AtomicReferenceArray<>(SIZE);
        /** Made last, to lie behind the places: a post changes it, and must not take the block's line from the others. */
        final AtomicInteger claimed = new AtomicInteger();

        void put(int place, Ready post) {
            places.setRelease(place, post);
        }

        /** Takes what is at a place that is claimed: whoever claimed it is about to put it there. */
        @SuppressWarnings("ThreadPriorityCheck") // a thread that was stopped right there needs the processor
        Ready take(int place) {
            Ready post = places.getAcquire(place);
            for (int spins = 0; post == null; post = places.getAcquire(place)) {
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            places.setPlain(place, null);
            return post;
        }

        Block next() {
            Block next = get();
            if (next == null) {
                Block made = new Block();
                next = compareAndExchange(null, made);
                return next == null ? made : next;
            }
            return next;
        }
    }
}
