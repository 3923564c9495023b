package heddle.sync;

import heddle.api.Awaitable;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.ThrowingRunnable;
import heddle.dsl.Chain;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits; asyncio's Semaphore. It is fair: a permit that is released while tasks wait is handed to the one that
 * waits longest, at once, so that {@link #locked()} stays true (asyncio-rule 153).
 *
 * <p>Loops, threads and waiting are described in the page of the package.
 */
public sealed class Semaphore permits BoundedSemaphore {

    private final Home home = new Home(this);
    private final Line waiters = new Line(home);
    private final Chainable<@Nullable Void> acquire =
            new Operation<>("Semaphore.acquire", this::tryAcquire, () -> new Acquire(this));
    private long value;

    /** A semaphore with one permit. */
    public Semaphore() {
        this(1);
    }

    /**
     * A semaphore.
     *
     * @param value how many permits it begins with, zero or more
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public Semaphore(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("Semaphore initial value must be >= 0, got " + value);
        }
        this.value = value;
    }

    /**
     * Takes a permit, waiting until there is one; in no turn if there is, and nobody waits already (asyncio-rule 61). Who is
     * cancelled while waiting takes none; one that was just handed to it goes to the next.
     *
     * @return a recipe, of null
     */
    public final Chainable<@Nullable Void> acquire() {
        return acquire;
    }

    /**
     * Gives a permit back, or a new one: to the task that waits longest, if any.
     *
     * @throws IllegalStateException if the calling thread may not use it
     */
    public void release() {
        checkThread("release");
        value++;
        handOver();
    }

    /**
     * Whether {@code acquire} would have to wait, for a permit or for its turn. Safe from any thread.
     *
     * @return true if it would
     */
    public final boolean locked() {
        return value == 0 || !waiters.allCancelled();
    }

    /**
     * Runs {@code body} with a permit held, right here, in the body of a coroutine; asyncio's "async with". However the body ends,
     * the permit is given back then.
     *
     * @param body what to run
     * @param <T> the type of its result
     * @return its result
     * @throws Exception what the body throws
     */
    public final <T extends @Nullable Object> T run(Callable<? extends T> body) throws Exception {
        return Holding.run(acquire, this::release, body);
    }

    /**
     * As {@link #run(Callable)}, for a body that returns nothing.
     *
     * @param body what to run
     * @throws Exception what the body throws
     */
    public final void run(ThrowingRunnable body) throws Exception {
        Holding.run(acquire, this::release, body);
    }

    /**
     * Waits for {@code awaitable} with a permit held, as a chain.
     *
     * @param awaitable what to wait for
     * @param <T> the type of its value
     * @return a recipe, of that value
     */
    public final <T extends @Nullable Object> Chain<T> around(Awaitable<? extends T> awaitable) {
        return Holding.around(acquire, this::release, awaitable);
    }

    final void checkThread(String method) {
        home.check(method);
    }

    /** The permits that nobody has. */
    final long value() {
        return value;
    }

    @Override
    public String toString() {
        String state = value == 0 || !waiters.allCancelled() ? "locked" : value + " free";
        return Text.of(getClass().getSimpleName() + " " + state, waiters.size(), "waiting");
    }

    /** Takes a permit, unless that has to wait. */
    private @Nullable Object tryAcquire() {
        checkThread("acquire");
        if (locked()) {
            return Attempt.MUST_WAIT;
        }
        value--;
        return null;
    }

    /** Gives a permit to the next who waits; false if nobody does. */
    private boolean handOver() {
        if (!waiters.wakeNext()) {
            return false;
        }
        value--;
        return true;
    }

    private static final class Acquire extends Waiter<@Nullable Void> {
        private final Semaphore semaphore;

        Acquire(Semaphore semaphore) {
            this.semaphore = semaphore;
        }

        @Override
        Suspension begin() {
            return semaphore.tryAcquire() == Attempt.MUST_WAIT ? semaphore.waiters.join(this, name()) : Pause.FINISHED;
        }

        @Override
        Suspension woken() {
            leave();
            return Pause.FINISHED;
        }

        @Override
        Suspension interrupted(Throwable error) throws Throwable {
            if (isWoken()) {
                semaphore.value++; // it won't use the permit
            }
            leave();
            throw error;
        }

        /** While this stood in line, others had to queue up behind it though there may be permits for them. */
        private void leave() {
            semaphore.waiters.leave(this);
            while (semaphore.value > 0 && semaphore.handOver()) {
                // one more has a permit
            }
        }

        @Override
        public @Nullable Void result() {
            return null;
        }

        @Override
        public String name() {
            return "Semaphore.acquire";
        }
    }
}
