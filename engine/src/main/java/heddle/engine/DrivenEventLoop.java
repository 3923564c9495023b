package heddle.engine;

import heddle.api.Awaitable;
import heddle.api.DeadlockError;
import heddle.api.ErrorReport;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that borrows the thread which calls {@link #runForever()} or {@link #runUntilComplete}, and parks it when
 * there is nothing to do. An engine says how to {@link #park} and {@link #unpark}.
 */
public abstract class DrivenEventLoop extends AbstractEventLoop {

    /** How many turns a busy loop takes between two looks at I/O and interrupts. */
    private static final int BUSY_TURNS = 64;

    private final boolean detectDeadlock;
    /** Set before parking, and cleared by the first who wakes it: so a thousand posts wake it once. */
    private volatile boolean asleep;

    private boolean stopping;
    private int busyTurns;
    private @Nullable Future<?> main;

    /**
     * A loop that isn't running yet.
     *
     * @param options how it shall be; never null
     */
    protected DrivenEventLoop(EngineOptions options) {
        super(options);
        detectDeadlock = options.detectDeadlock();
    }

    /**
     * Waits on the loop's thread until {@link #unpark()} is called, I/O is ready, or {@code nanos} have passed. An {@code
     * unpark} that came since the last return makes it return at once; returning early does no harm. Not called when the
     * options have a {@link heddle.api.spi.TimeSource}, which then waits in its place.
     *
     * @param nanos how long; 0 for a look at I/O only, {@link Long#MAX_VALUE} for as long as it takes
     */
    protected abstract void park(long nanos);

    /** Ends the current {@link #park}, or else the next one. Called from any thread. */
    protected abstract void unpark();

    // ---- waiting

    private void waitForWork() {
        long nanos = untilNextTimer();
        if (nanos <= 0) {
            return;
        }
        asleep = true;
        // holds before posts: who posts and then lets go is seen in one of them
        boolean held = holds.any();
        if (hasNoPosts()) {
            if (nanos == FOREVER && detectDeadlock && !held) {
                asleep = false;
                throw new DeadlockError(Deadlocks.describe(allTasks()));
            }
            if (timeSource != null) {
                timeSource.park(nanos, held);
            } else {
                park(nanos);
            }
            handleInterrupt();
        }
        asleep = false;
        busyTurns = 0;
    }

    private void lookAround() {
        busyTurns = 0;
        if (timeSource == null) {
            park(0);
        }
        handleInterrupt();
    }

    /** An interrupt cancels what {@link #runUntilComplete} waits for, once; the flag is cleared, so that it can't spin. */
    private void handleInterrupt() {
        if (!Thread.interrupted()) {
            return;
        }
        Future<?> target = main;
        main = null;
        if (target == null || !target.cancel("interrupted")) {
            callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.INTERRUPT,
                    "The thread of the event loop was interrupted with nothing to cancel; it goes on: use"
                            + " callSoonThreadsafe(loop::stop) to end it",
                    null,
                    null,
                    null));
        }
    }

    @Override
    final void wakeUp() {
        if (asleep) {
            asleep = false;
            if (timeSource != null) {
                timeSource.unpark();
            } else {
                unpark();
            }
        }
    }

    @Override
    final boolean isFree() {
        return true;
    }

    // ---- running

    @Override
    public final void runForever() {
        checkCanRun();
        enter();
        try {
            do {
                if (!hasReady() && !stopping) {
                    waitForWork();
                } else if (++busyTurns >= BUSY_TURNS) {
                    lookAround();
                }
                turn();
            } while (!stopping);
        } finally {
            stopping = false;
            leave();
        }
    }

    @Override
    public final <T extends @Nullable Object> T runUntilComplete(Awaitable<? extends T> awaitable) throws Exception {
        Objects.requireNonNull(awaitable, "awaitable");
        checkCanRun();
        boolean own = !(awaitable instanceof Future<?>);
        Future<T> future = futureOf(awaitable);
        Stopper<T> stopper = new Stopper<>(this);
        future.addDoneCallback(stopper);
        main = future;
        try {
            runForever();
        } catch (Throwable e) {
            if (own && future.done() && !future.cancelled()) {
                future.exception(); // it goes out right here, so it isn't lost
            }
            throw e;
        } finally {
            main = null;
            future.removeDoneCallback(stopper);
        }
        if (!future.done()) {
            throw new IllegalStateException("Event loop stopped before Future completed: " + Display.of(future));
        }
        return future.result();
    }

    private record Stopper<T extends @Nullable Object>(DrivenEventLoop loop) implements ThrowingConsumer<Future<T>> {
        @Override
        public void accept(Future<T> done) {
            Throwable failure = done.cancelled() ? null : done.exception();
            if (failure == null || !Throwables.isFatal(failure)) {
                loop.stop(); // a fatal one ended the run already
            }
        }
    }

    private void checkCanRun() {
        checkOpen();
        if (isEntered()) {
            throw new IllegalStateException("This event loop is already running");
        }
        if (LoopBinding.current() != null) {
            throw new IllegalStateException("Cannot run the event loop while another loop is running"
                    + " on this thread: await, or run it on another thread (docs/codes.md#nested-run)");
        }
    }

    @Override
    public final void stop() {
        checkThread("stop");
        stopping = true;
    }

    @Override
    public final boolean isRunning() {
        return isEntered();
    }

    @Override
    public final void close() {
        if (isEntered()) {
            throw new IllegalStateException("Cannot close a running event loop: stop it first");
        }
        if (isClosed()) {
            return;
        }
        shutDown();
    }
}
