package heddle.tck.program;

import heddle.api.Awaitable;
import heddle.api.ThrowingRunnable;
import heddle.dsl.Chain;
import heddle.sync.Condition;
import heddle.sync.Lock;
import heddle.sync.Semaphore;
import org.jspecify.annotations.Nullable;

/** What can be held: a lock, condition or semaphore, which have the same methods but no type in common. */
interface Holder {

    Awaitable<?> acquire();

    void release();

    boolean locked();

    /** Holds it around a body in direct style. */
    void run(ThrowingRunnable body) throws Exception;

    /** Holds it around an awaitable. */
    Chain<@Nullable Object> around(Awaitable<@Nullable Object> awaitable);

    static Holder of(Object thing) {
        if (thing instanceof Lock lock) {
            return new OfLock(lock);
        }
        return thing instanceof Condition condition ? new OfCondition(condition) : new OfSemaphore((Semaphore) thing);
    }

    /** Of a lock. */
    record OfLock(Lock lock) implements Holder {
        @Override
        public Awaitable<?> acquire() {
            return lock.acquire();
        }

        @Override
        public void release() {
            lock.release();
        }

        @Override
        public boolean locked() {
            return lock.locked();
        }

        @Override
        public void run(ThrowingRunnable body) throws Exception {
            lock.run(body);
        }

        @Override
        public Chain<@Nullable Object> around(Awaitable<@Nullable Object> awaitable) {
            return lock.around(awaitable);
        }
    }

    /** Of a condition, which has a lock. */
    record OfCondition(Condition condition) implements Holder {
        @Override
        public Awaitable<?> acquire() {
            return condition.acquire();
        }

        @Override
        public void release() {
            condition.release();
        }

        @Override
        public boolean locked() {
            return condition.locked();
        }

        @Override
        public void run(ThrowingRunnable body) throws Exception {
            condition.run(body);
        }

        @Override
        public Chain<@Nullable Object> around(Awaitable<@Nullable Object> awaitable) {
            return condition.around(awaitable);
        }
    }

    /** Of a semaphore, bounded or not. */
    record OfSemaphore(Semaphore semaphore) implements Holder {
        @Override
        public Awaitable<?> acquire() {
            return semaphore.acquire();
        }

        @Override
        public void release() {
            semaphore.release();
        }

        @Override
        public boolean locked() {
            return semaphore.locked();
        }

        @Override
        public void run(ThrowingRunnable body) throws Exception {
            semaphore.run(body);
        }

        @Override
        public Chain<@Nullable Object> around(Awaitable<@Nullable Object> awaitable) {
            return semaphore.around(awaitable);
        }
    }
}
