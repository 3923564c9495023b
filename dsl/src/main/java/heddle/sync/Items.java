package heddle.sync;

import org.jspecify.annotations.Nullable;

/** What a queue keeps its items in. A class, so that the JVM calls the only kind that is in use directly. */
abstract class Items<T extends @Nullable Object> {

    /** Refuses, in the call that puts it, an item that can never be kept. */
    void check(T item) {}

    /** Adds an item, or throws and keeps all as it was. */
    abstract void add(T item);

    /** Takes the next item out, of which there must be one, or throws and keeps all as it was. */
    abstract T take();

    abstract int size();

    /** Forgets all items. */
    abstract void clear();

    /** In the order in which they came, or the other way round: a ring that doubles when it is full. */
    static final class Sequence<T extends @Nullable Object> extends Items<T> {
        private final boolean lastFirst;
        private @Nullable Object[] ring = new Object[16];
        private int head;
        private int size;

        Sequence(boolean lastFirst) {
            this.lastFirst = lastFirst;
        }

        @Override
        void add(T item) {
            if (size == ring.length) {
                grow();
            }
            ring[place(size++)] = item;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // only a T is added
        T take() {
            int place = place(lastFirst ? size - 1 : 0);
            Object item = ring[place];
            ring[place] = null;
            if (!lastFirst) {
                head = place(1);
            }
            size--;
            return (T) item;
        }

        /** Where the item is that so many came before. */
        private int place(int before) {
            return (head + before) & (ring.length - 1);
        }

        private void grow() {
            @Nullable Object[] larger = new Object[size * 2];
            int toEnd = size - head;
            System.arraycopy(ring, head, larger, 0, toEnd);
            System.arraycopy(ring, 0, larger, toEnd, head);
            ring = larger;
            head = 0;
        }

        @Override
        int size() {
            return size;
        }

        @Override
        void clear() {
            ring = new Object[16];
            head = 0;
            size = 0;
        }
    }
}
