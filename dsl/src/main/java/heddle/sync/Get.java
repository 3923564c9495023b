package heddle.sync;

import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an item in a queue, and takes it out. Whoever wakes it takes it out of the line: if another was quicker, it joins
 * it again, at the end.
 */
final class Get<T extends @Nullable Object> extends Waiter<T> {

    static final String NAME = "Queue.get";

    private final Queue<T> queue;
    private @Nullable T item;

    Get(Queue<T> queue) {
        this.queue = queue;
    }

    @Override
    @SuppressWarnings("unchecked") // an item, if it needn't wait
    Suspension begin() {
        Object got = queue.tryGet();
        if (got == Attempt.MUST_WAIT) {
            return queue.getters.join(this, NAME);
        }
        item = (T) got;
        return Pause.FINISHED;
    }

    @Override
    Suspension woken() throws Throwable {
        if (queue.mustGetWait()) {
            return queue.getters.join(this, NAME);
        }
        try {
            item = queue.doGet();
        } catch (Throwable e) {
            return interrupted(e); // the order of the items threw: they are there for another
        }
        return Pause.FINISHED;
    }

    @Override
    Suspension interrupted(Throwable error) throws Throwable {
        queue.getters.leave(this);
        if (isWoken() && !queue.empty()) {
            queue.getters.wakeNextOut();
        }
        throw error;
    }

    @Override
    @SuppressWarnings("NullAway") // a T, null among them
    public T result() {
        return item;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** As the queue hands it out, the same to everybody: each use takes one item. */
    static final class Operation<T extends @Nullable Object> extends Attempt<T> implements Chainable<T> {
        private final Queue<T> queue;

        Operation(Queue<T> queue) {
            this.queue = queue;
        }

        @Override
        public @Nullable Object attempt() {
            return queue.tryGet();
        }

        @Override
        public Coroutine<T> coroutine() {
            return new Get<>(queue);
        }

        @Override
        public String toString() {
            return NAME;
        }
    }
}
