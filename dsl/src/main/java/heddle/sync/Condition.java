package heddle.sync;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.CoroutineExit;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.ThrowingRunnable;
import heddle.dsl.Chain;
import heddle.dsl.Chainable;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A lock, and a line of tasks that wait, without it, for what another task will change while it has it; asyncio's Condition.
 * Several conditions may share one lock. The names are Java's for asyncio's wait, wait_for, notify and notify_all, which
 * belong to {@link Object}.
 *
 * <pre>{@code
 * var part = ready.run(() -> {
 *     await(ready.awaitUntil(() -> !parts.isEmpty()));
 *     return parts.remove();
 * });
 * }</pre>
 *
 * <p>Loops, threads and waiting are described in the page of the package.
 */
public final class Condition {

    private final Lock lock;
    private final Home home = new Home(this);
    private final Line waiters = new Line(home);
    private final Chainable<@Nullable Void> await =
            new Operation<>("Condition.await", () -> new Await(this, null, "Condition.await", Lock.ACQUIRE));

    /** A condition with a lock of its own. */
    public Condition() {
        this(new Lock());
    }

    /**
     * A condition with a lock that others use as well.
     *
     * @param lock the lock
     */
    public Condition(Lock lock) {
        this.lock = Objects.requireNonNull(lock, "lock");
    }

    /**
     * Takes the lock; see {@link Lock#acquire()}.
     *
     * @return a recipe, of null
     */
    public Chainable<@Nullable Void> acquire() {
        return lock.acquire();
    }

    /**
     * Frees the lock; see {@link Lock#release()}.
     *
     * @throws IllegalStateException if it isn't locked, or the calling thread may not use it
     */
    public void release() {
        lock.release();
    }

    /**
     * Whether the lock is locked. Safe from any thread.
     *
     * @return true if it is
     */
    public boolean locked() {
        return lock.locked();
    }

    /**
     * Runs {@code body} with the lock held, right here, in the body of a coroutine; asyncio's "async with". However the body ends,
     * the lock is released then.
     *
     * @param body what to run
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what the body throws
     */
    public <T extends @Nullable Object> T run(Callable<? extends T> body) throws Exception {
        return lock.run(body);
    }

    /**
     * As {@link #run(Callable)}, for a body that returns nothing.
     *
     * @param body what to run
     * @throws Exception what the body throws
     */
    public void run(ThrowingRunnable body) throws Exception {
        lock.run(body);
    }

    /**
     * Waits for {@code awaitable} with the lock held, as a chain.
     *
     * @param awaitable what to wait for
     * @param <T> the type of its value
     * @return a recipe, of that value
     */
    public <T extends @Nullable Object> Chain<T> around(Awaitable<? extends T> awaitable) {
        return lock.around(awaitable);
    }

    /**
     * Releases the lock, waits for a signal, and takes the lock again; asyncio's wait. It has the lock again however it
     * ends: a cancellation, even a second one, is thrown when it has it, and a signal that it got before goes to another
     * one (asyncio-rules 154, 155). So it may end without a reason that its caller can see: look at the state again, or use
     * {@link #awaitUntil}. Only one that is closed, which can't wait, goes without the lock if that isn't free.
     *
     * <p>It fails with {@link IllegalStateException} if the lock isn't locked when it begins.
     *
     * @return a recipe, of null
     */
    public Chainable<@Nullable Void> await() {
        return await;
    }

    /**
     * Waits, as {@link #await()} does, as often as it takes until {@code predicate} holds; asyncio's wait_for. In no turn if
     * it holds already.
     *
     * @param predicate looked at with the lock held; it must not await, and fails with {@link NullPointerException} if it
     *     returns null
     * @return a recipe, of null
     */
    public Chainable<@Nullable Void> awaitUntil(Callable<Boolean> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new Operation<>(
                "Condition.awaitUntil", () -> new Await(this, predicate, "Condition.awaitUntil", Lock.ACQUIRE));
    }

    /**
     * Wakes the task that waits longest, which goes on when the caller has released the lock; asyncio's notify.
     *
     * @throws IllegalStateException if the lock isn't locked, or the calling thread may not use it
     */
    public void signal() {
        signal(1);
    }

    /**
     * Wakes up to {@code n} tasks.
     *
     * @param n how many; none if it is zero or less
     * @throws IllegalStateException if the lock isn't locked, or the calling thread may not use it
     */
    public void signal(int n) {
        home.check("signal");
        if (!lock.locked()) {
            throw new IllegalStateException(
                    "cannot notify on un-acquired lock: signal between acquire and release," + " or inside run(body)");
        }
        pass(n);
    }

    /**
     * Wakes all tasks that wait; asyncio's notify_all.
     *
     * @throws IllegalStateException if the lock isn't locked, or the calling thread may not use it
     */
    public void signalAll() {
        signal(waiters.size());
    }

    /** Signals without a look at the lock. */
    private void pass(int n) {
        for (int i = 0; i < n && waiters.wakeNext(); i++) {
            // one more was woken
        }
    }

    void passToAll() {
        pass(waiters.size());
    }

    @Override
    public String toString() {
        return Text.of("Condition " + (locked() ? "locked" : "unlocked"), waiters.size(), "waiting");
    }

    /** Waits in this condition's line, then in the lock's; and once more if the predicate doesn't hold. */
    static final class Await extends Waiter<@Nullable Void> {
        private final Condition condition;
        private final @Nullable Callable<Boolean> predicate;
        private final String name;
        private final String lockName;
        private boolean signalled;
        /** What to throw as soon as it has the lock. */
        private @Nullable Throwable kept;

        /** Whether it has the lock; only being closed can end it without. */
        boolean holdsLock = true;

        /** The names are for messages: of the wait for a signal, and of that for the lock. */
        Await(Condition condition, @Nullable Callable<Boolean> predicate, String name, String lockName) {
            this.condition = condition;
            this.predicate = predicate;
            this.name = name;
            this.lockName = lockName;
        }

        @Override
        Suspension begin() throws Throwable {
            return predicate != null && holds(predicate) ? Pause.FINISHED : joinLine();
        }

        private static boolean holds(Callable<Boolean> predicate) throws Exception {
            @Nullable Boolean answer = predicate.call();
            return Objects.requireNonNull(
                    answer, "the predicate given to awaitUntil returned null: return true or false");
        }

        private Suspension joinLine() {
            condition.home.check("await");
            if (!condition.locked()) {
                throw new IllegalStateException(
                        "cannot wait on un-acquired lock: await between acquire and release," + " or inside run(body)");
            }
            signalled = false;
            Suspension promise = condition.waiters.join(this, name);
            condition.release();
            holdsLock = false;
            return promise;
        }

        @Override
        Suspension woken() throws Throwable {
            if (!signalled) {
                condition.waiters.leave(this);
                signalled = true;
                return takeLock();
            }
            condition.lock.takeOver(this);
            holdsLock = true;
            return end();
        }

        @Override
        Suspension interrupted(Throwable error) throws Throwable {
            boolean forLock = signalled;
            if (forLock) {
                condition.lock.giveUp(this);
            } else {
                condition.waiters.leave(this);
                signalled = true;
            }
            if (kept != null && kept != error) {
                error.addSuppressed(kept);
            }
            kept = error;
            if (error instanceof CoroutineExit) {
                holdsLock = condition.lock.tryAcquire();
                return end();
            }
            // an error that its task makes of any wait would come again and again
            return forLock && !(error instanceof CancelledError) ? end() : takeLock();
        }

        private Suspension takeLock() throws Throwable {
            holdsLock = condition.lock.tryAcquire();
            return holdsLock ? end() : condition.lock.join(this, lockName);
        }

        private Suspension end() throws Throwable {
            if (kept != null) {
                condition.pass(1); // perhaps it was signalled, and can't make use of it
                throw kept;
            }
            return predicate == null ? Pause.FINISHED : begin();
        }

        @Override
        public @Nullable Void result() {
            return null;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
