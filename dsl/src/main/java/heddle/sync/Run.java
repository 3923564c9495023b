package heddle.sync;

import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.Pause;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** One run of an operation: keeps count of where it is. What happens there is the subclass's. */
abstract class Run<T extends @Nullable Object> implements Coroutine<T> {

    private static final byte FRESH = 0;
    private static final byte WAITING = 1;
    private static final byte ENDED = 2;

    private byte state;

    /** Does what can be done at once, and says what it waits for, or that it ended. */
    abstract Suspension begin() throws Throwable;

    /** What it waits for is done. */
    abstract Suspension resume() throws Throwable;

    /** {@code error} is thrown where it waits. */
    abstract Suspension interrupted(Throwable error) throws Throwable;

    @Override
    public final Suspension step() throws Throwable {
        byte was = leaveState();
        return paused(was == FRESH ? begin() : resume());
    }

    @Override
    public final Suspension raise(Throwable error) throws Throwable {
        if (leaveState() == FRESH) {
            throw error;
        }
        return paused(interrupted(error));
    }

    /** While its code runs it counts as ended, and so it stays if that throws. */
    private byte leaveState() {
        byte was = state;
        if (was == ENDED) {
            throw new IllegalStateException("stepped after its end: " + this + "; each run has one owner");
        }
        state = ENDED;
        return was;
    }

    private Suspension paused(Suspension suspension) {
        if (suspension != Pause.FINISHED) {
            state = WAITING;
        }
        return suspension;
    }

    @Override
    public final void close() {
        byte was = state;
        state = ENDED;
        if (was != WAITING) {
            return;
        }
        try {
            interrupted(new CoroutineExit());
        } catch (CoroutineExit e) {
            // as it should be
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("closing " + this + " failed", e);
        }
    }

    @Override
    public abstract String name();

    @Override
    public final String toString() {
        return "run of " + name();
    }
}
