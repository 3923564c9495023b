package heddle.sync;

import heddle.api.Awaitable;
import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.WaitsFor;
import heddle.dsl.Chain;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A lock for code that awaits while no other task may disturb it; asyncio's Lock. It is fair: tasks get it in the order in
 * which they asked, and none can slip in between a release and the resumption of the one who is next (asyncio-rule 149). It
 * belongs to nobody: any task may release it (asyncio-rule 150). It is not reentrant.
 *
 * <pre>{@code
 * lock.run(() -> {
 *     var balance = await(read(account));
 *     await(write(account, balance + 1));
 * });
 * }</pre>
 *
 * <p>Loops, threads and waiting are described in the page of the package.
 */
public final class Lock {

    static final String ACQUIRE = "Lock.acquire";

    private final Home home = new Home(this);
    private final Line waiters = new Line(home);
    private final Chainable<@Nullable Void> acquire =
            new Operation<>(ACQUIRE, () -> tryAcquire() ? null : Attempt.MUST_WAIT, () -> new Acquire(this, ACQUIRE));
    private boolean locked;
    /** The task that took it last, if a task did, while it is locked: not a right, a hint for who looks for deadlocks. */
    private @Nullable Task<?> owner;

    /** A lock that is unlocked. */
    public Lock() {}

    /**
     * Takes the lock, waiting until it is free. In no turn if it is (asyncio-rule 61). Who is cancelled while waiting doesn't
     * get it; if it was just about to, the next one does (asyncio-rule 151).
     *
     * @return a recipe, of null
     */
    public Chainable<@Nullable Void> acquire() {
        return acquire;
    }

    /**
     * Frees the lock, and wakes the task that waits longest.
     *
     * @throws IllegalStateException if it isn't locked, or the calling thread may not use it
     */
    public void release() {
        home.check("release");
        if (!locked) {
            throw new IllegalStateException("Lock is not acquired. It was released already, or never taken:"
                    + " release it once for each acquire, or use run(body)");
        }
        locked = false;
        owner = null;
        waiters.wakeFirst();
    }

    /**
     * Whether it is locked. Safe from any thread.
     *
     * @return true if it is
     */
    public boolean locked() {
        return locked;
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
        return Holding.run(acquire, this::release, body);
    }

    /**
     * As {@link #run(Callable)}, for a body that returns nothing.
     *
     * @param body what to run
     * @throws Exception what the body throws
     */
    public void run(ThrowingRunnable body) throws Exception {
        Holding.run(acquire, this::release, body);
    }

    /**
     * Waits for {@code awaitable} with the lock held, as a chain.
     *
     * @param awaitable what to wait for
     * @param <T> the type of its value
     * @return a recipe, of that value
     */
    public <T extends @Nullable Object> Chain<T> around(Awaitable<? extends T> awaitable) {
        return Holding.around(acquire, this::release, awaitable);
    }

    @Override
    public String toString() {
        return Text.of("Lock " + (locked ? "locked" : "unlocked"), waiters.size(), "waiting");
    }

    // ---- the parts of acquire, for all who wait for a lock

    /** Takes it if it is free and nobody is before the caller. */
    boolean tryAcquire() {
        home.check("acquire");
        if (locked || !waiters.allCancelled()) {
            return false;
        }
        take();
        return true;
    }

    /**
     * Puts {@code waiter} in line.
     *
     * @param what what it is called in messages
     */
    Promise<@Nullable Void> join(Waiter<?> waiter, String what) {
        return waiters.join(waiter, new Turn(what));
    }

    /** A wait for the lock, which ends when its owner lets go. */
    private final class Turn implements WaitsFor {
        private final String what;

        Turn(String what) {
            this.what = what;
        }

        @Override
        public List<Task<?>> waitsFor() {
            Task<?> holder = owner;
            return holder == null ? List.of() : List.of(holder);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /** The waiter was woken, and takes it. */
    void takeOver(Waiter<?> waiter) {
        waiters.leave(waiter);
        take();
    }

    private void take() {
        locked = true;
        EventLoop loop = LoopBinding.current();
        owner = loop == null ? null : loop.currentTask();
    }

    /** The waiter doesn't want it any more. */
    void giveUp(Waiter<?> waiter) {
        waiters.leave(waiter);
        if (!locked) {
            waiters.wakeFirst();
        }
    }

    /** Takes the lock, then does what there is to do with it: here nothing. */
    static class Acquire extends Waiter<@Nullable Void> {
        private final Lock lock;
        private final String name;

        Acquire(Lock lock, String name) {
            this.lock = lock;
            this.name = name;
        }

        void acquired() {}

        @Override
        final Suspension begin() {
            if (!lock.tryAcquire()) {
                return lock.join(this, name);
            }
            acquired();
            return Pause.FINISHED;
        }

        @Override
        final Suspension woken() {
            lock.takeOver(this);
            acquired();
            return Pause.FINISHED;
        }

        @Override
        final Suspension interrupted(Throwable error) throws Throwable {
            lock.giveUp(this);
            throw error;
        }

        @Override
        public final @Nullable Void result() {
            return null;
        }

        @Override
        public final String name() {
            return name;
        }
    }
}
