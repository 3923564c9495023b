package heddle.sync;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What a queue keeps its items in. */
interface Items<T extends @Nullable Object> {

    /** Refuses, in the call that puts it, an item that can never be kept. */
    default void check(T item) {}

    /** Adds an item, or throws and keeps all as it was. */
    void add(T item);

    /** Takes the next item out, of which there must be one, or throws and keeps all as it was. */
    T take();

    int size();

    /** Forgets all items. */
    void clear();

    /** In the order in which they came, or the other way round. */
    final class Sequence<T extends @Nullable Object> implements Items<T> {
        private static final Object NULL = new Object();

        private final ArrayDeque<Object> items = new ArrayDeque<>();
        private final boolean lastFirst;

        Sequence(boolean lastFirst) {
            this.lastFirst = lastFirst;
        }

        @Override
        public void add(T item) {
            items.addLast(item == null ? NULL : item);
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // only a T, or NULL for null, is added
        public T take() {
            Object item = lastFirst ? items.removeLast() : items.removeFirst();
            return item == NULL ? null : (T) item;
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public void clear() {
            items.clear();
        }
    }
}
