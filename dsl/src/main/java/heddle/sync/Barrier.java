package heddle.sync;

import heddle.api.BrokenBarrier;
import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.dsl.Chainable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A meeting point for a fixed number of tasks: all wait until the last has come; asyncio's Barrier (asyncio-rule 156). It may
 * be used again and again: who comes while a meeting breaks up waits until all have left.
 *
 * <p>A task that is cancelled while it waits just leaves, and the others wait for one more.
 *
 * <p>Loops, threads and waiting are described in the page of the package.
 */
public final class Barrier {

    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private static final String AWAIT = "Barrier.await";

    private final int parties;
    private final Lock lock = new Lock();
    private final Condition changed = new Condition(lock);
    private final Callable<Boolean> settled = () -> !leaving();
    private final Callable<Boolean> decided = () -> !filling();
    private final Chainable<Integer> await = new Operation<>(AWAIT, () -> new Await(this));
    private final Chainable<@Nullable Void> reset = change("Barrier.reset", this::doReset);
    private final Chainable<@Nullable Void> abort = change("Barrier.abort", () -> state = State.BROKEN);
    private State state = State.FILLING;
    private int count;

    /**
     * A barrier.
     *
     * @param parties how many tasks meet, one or more
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties must be > 0, got " + parties);
        }
        this.parties = parties;
    }

    /**
     * Comes to the barrier, and waits for the others. The last to come doesn't wait. It fails with {@link BrokenBarrier} if
     * the barrier is aborted, or reset meanwhile.
     *
     * @return a recipe, of the place in the order of coming, from 0 to {@code parties - 1}
     */
    public Chainable<Integer> await() {
        return await;
    }

    /**
     * Makes it as new: tasks that wait at it fail with {@link BrokenBarrier}, and once all have left, it can be used again.
     *
     * @return a recipe, of null
     */
    public Chainable<@Nullable Void> reset() {
        return reset;
    }

    /**
     * Breaks it: tasks that wait at it, and all that come, fail with {@link BrokenBarrier}, until it is {@linkplain #reset()
     * reset}.
     *
     * @return a recipe, of null
     */
    public Chainable<@Nullable Void> abort() {
        return abort;
    }

    /**
     * How many tasks meet.
     *
     * @return one or more
     */
    public int parties() {
        return parties;
    }

    /**
     * How many tasks have come to the next meeting; asyncio's n_waiting. Safe from any thread.
     *
     * @return zero or more, less than {@code parties}
     */
    public int waiting() {
        return filling() ? count : 0;
    }

    /**
     * Whether it was aborted. Safe from any thread.
     *
     * @return true if it was, and it wasn't reset since
     */
    public boolean broken() {
        return state == State.BROKEN;
    }

    @Override
    public String toString() {
        return switch (state) {
            case FILLING -> "Barrier filling, " + count + " of " + parties + " waiting";
            case DRAINING -> "Barrier draining, " + count + " of " + parties + " left";
            case RESETTING -> "Barrier resetting, " + count + " left";
            case BROKEN -> "Barrier broken";
        };
    }

    private boolean filling() {
        return state == State.FILLING;
    }

    /** Those of the last meeting are about to leave. */
    private boolean leaving() {
        return state == State.DRAINING || state == State.RESETTING;
    }

    /** Changes the state with the lock held, and has all look at it. */
    private Chainable<@Nullable Void> change(String what, Runnable how) {
        return new Operation<>(what, () -> new Lock.Acquire(lock, what) {
            @Override
            void acquired() {
                how.run();
                changed.signalAll();
                lock.release();
            }
        });
    }

    private void doReset() {
        state = count > 0 ? State.RESETTING : State.FILLING;
    }

    /** What one sees who has waited for the others. */
    private void checkMet() {
        if (state == State.BROKEN || state == State.RESETTING) {
            throw new BrokenBarrier("Abort or reset of barrier: not all of its " + parties + " parties met");
        }
    }

    /** One who came leaves, in whatever way; the last lets the next meeting begin. */
    private void leave() {
        count--;
        if (count == 0) {
            if (leaving()) {
                state = State.FILLING;
            }
            changed.passToAll();
        }
    }

    /** Takes the lock, waits for the last meeting to break up, comes, waits for the others, leaves, releases the lock. */
    private static final class Await extends Run<Integer> {
        private enum Place {
            OUTSIDE,
            AT_THE_DOOR,
            INSIDE
        }

        private final Barrier barrier;
        private Place place = Place.OUTSIDE;
        private Coroutine<?> part;
        private int index = -1;

        Await(Barrier barrier) {
            this.barrier = barrier;
            this.part = new Lock.Acquire(barrier.lock, AWAIT);
        }

        @Override
        Suspension begin() throws Throwable {
            return goOn(null);
        }

        @Override
        Suspension resume() throws Throwable {
            return goOn(null);
        }

        @Override
        Suspension interrupted(Throwable error) throws Throwable {
            return goOn(error);
        }

        private Suspension goOn(@Nullable Throwable error) throws Throwable {
            boolean pausing = false;
            try {
                Suspension suspension = error == null ? part.step() : part.raise(error);
                while (suspension == Pause.FINISHED && place != Place.INSIDE) {
                    suspension = next();
                }
                if (suspension == Pause.FINISHED && index + 1 < barrier.parties) {
                    barrier.checkMet();
                }
                pausing = suspension != Pause.FINISHED;
                return suspension;
            } finally {
                if (!pausing) {
                    leave();
                }
            }
        }

        private Suspension next() throws Throwable {
            if (place == Place.OUTSIDE) {
                place = Place.AT_THE_DOOR;
                part = new Condition.Await(barrier.changed, barrier.settled, AWAIT, AWAIT);
                return part.step();
            }
            if (barrier.broken()) {
                throw new BrokenBarrier("Barrier aborted: reset() it before it is used again");
            }
            place = Place.INSIDE;
            index = barrier.count++;
            if (index + 1 == barrier.parties) {
                barrier.state = State.DRAINING;
                barrier.changed.signalAll();
                return Pause.FINISHED;
            }
            part = new Condition.Await(barrier.changed, barrier.decided, AWAIT, AWAIT);
            return part.step();
        }

        private void leave() {
            if (place == Place.INSIDE) {
                barrier.leave();
            }
            if (place != Place.OUTSIDE && !(part instanceof Condition.Await wait && !wait.holdsLock)) {
                barrier.lock.release();
            }
        }

        @Override
        public Integer result() {
            return index;
        }

        @Override
        public String name() {
            return AWAIT;
        }
    }
}
