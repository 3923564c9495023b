package heddle.sync;

import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Waits for room in a queue, and puts an item in. Whoever wakes it takes it out of the line: if another was quicker, it joins
 * it again, at the end.
 */
final class Put<T extends @Nullable Object> extends Waiter<@Nullable Void> {

    static final String NAME = "Queue.put";

    private final Queue<T> queue;
    private final T item;

    Put(Queue<T> queue, T item) {
        this.queue = queue;
        this.item = item;
    }

    @Override
    Suspension begin() {
        return queue.tryPut(item) == Attempt.MUST_WAIT ? queue.putters.join(this, NAME) : Pause.FINISHED;
    }

    @Override
    Suspension woken() throws Throwable {
        if (queue.mustPutWait()) {
            return queue.putters.join(this, NAME);
        }
        try {
            queue.doPut(item);
        } catch (Throwable e) {
            return interrupted(e); // the order of the items threw: there is room for another
        }
        return Pause.FINISHED;
    }

    @Override
    Suspension interrupted(Throwable error) throws Throwable {
        queue.putters.leave(this);
        if (isWoken() && !queue.full()) {
            queue.putters.wakeNextOut();
        }
        throw error;
    }

    @Override
    public @Nullable Void result() {
        return null;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** As the queue hands it out: each use puts the item in once. */
    static final class Operation<T extends @Nullable Object> extends Attempt<@Nullable Void>
            implements Chainable<@Nullable Void> {
        private final Queue<T> queue;
        private final T item;

        Operation(Queue<T> queue, T item) {
            this.queue = queue;
            this.item = item;
        }

        @Override
        public @Nullable Object attempt() {
            return queue.tryPut(item);
        }

        @Override
        public Coroutine<@Nullable Void> coroutine() {
            return new Put<>(queue, item);
        }

        @Override
        public String toString() {
            return NAME;
        }
    }
}
