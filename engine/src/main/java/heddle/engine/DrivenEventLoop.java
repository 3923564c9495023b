package heddle.engine;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
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

    /** How long a busy loop that watches I/O lets it wait. */
    private static final long BUSY_NANOS = 50_000;

    /** How long a loop with a clock of its own waits for I/O before it looks at that clock. */
    private static final long IO_NANOS = 10_000_000;

    private final boolean detectDeadlock;
    /** Set before parking, and cleared by the first who wakes it: so a thousand posts wake it once. */
    private volatile boolean asleep;

    /** With a clock of its own: whether it waits for I/O, not for that clock. Written before {@link #asleep}. */
    private boolean waitsForIo;

    private boolean stopping;
    private int busyTurns;
    private long lastLook;
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
     * unpark} that came since the last return makes it return at once; returning early does no harm. When the options have a
     * {@link heddle.api.spi.TimeSource}, that waits in its place, but for looks at I/O, and waits while {@link #awaitsIo()}.
     *
     * @param nanos how long; 0 for a look at I/O only, {@link Long#MAX_VALUE} for as long as it takes
     */
    protected abstract void park(long nanos);

    /** Ends the current {@link #park}, or else the next one. Called from any thread. */
    protected abstract void unpark();

    /**
     * Whether {@link #park} watches any I/O, so that a busy loop has to look at it now and then.
     *
     * @return false unless the engine says otherwise
     */
    protected boolean watchesIo() {
        return false;
    }

    /**
     * Whether some I/O operation is pending, so that I/O may wake this loop: it is then not deadlocked, and virtual time
     * stands still. Asked before waiting, of loops that look for deadlocks or have a clock of their own.
     *
     * @return false unless the engine says otherwise
     */
    protected boolean awaitsIo() {
        return false;
    }

    // ---- waiting

    private void waitForWork() {
        long nanos = untilNextTimer();
        if (nanos <= 0) {
            if (watchesIo() || isTimeToLook()) {
                lookAround(); // what I/O has to say comes before due timers, as in CPython
            }
            return;
        }
        boolean io = (timeSource != null || detectDeadlock) && awaitsIo();
        waitsForIo = io;
        asleep = true;
        // holds before posts: who posts and then lets go is seen in one of them
        boolean held = holds.any();
        if (hasNoPosts()) {
            if (nanos == FOREVER && detectDeadlock && !held && !io) {
                asleep = false;
                throw new DeadlockError(Deadlocks.describe(allTasks()));
            }
            if (timeSource == null) {
                park(nanos);
            } else if (io) {
                park(Math.min(nanos, IO_NANOS));
            } else {
                timeSource.park(nanos, held);
            }
            handleInterrupt();
        }
        asleep = false;
        looked();
    }

    private boolean isTimeToLook() {
        return ++busyTurns >= BUSY_TURNS || (watchesIo() && System.nanoTime() - lastLook >= BUSY_NANOS);
    }

    private void lookAround() {
        takePosts(); // they came before what I/O has to say
        if (timeSource == null || watchesIo()) {
            park(0);
        }
        handleInterrupt();
        looked();
    }

    private void looked() {
        busyTurns = 0;
        if (watchesIo()) {
            lastLook = System.nanoTime();
        }
    }

    /** An interrupt cancels what {@link #runUntilComplete} waits for, once; the flag is cleared, so that it can't spin. */
    private void handleInterrupt() {
        if (!Thread.interrupted()) {
            return;
        }
        Future<?> target = main;
        main = null;
        if (target == null || !target.cancel("interrupted", interrupt())) {
            callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.INTERRUPT,
                    "The thread of the event loop was interrupted with nothing to cancel; it goes on: use"
                            + " callSoonThreadsafe(loop::stop) to end it",
                    null,
                    null,
                    null));
        }
    }

    private static CancelledError.Origin interrupt() {
        return new CancelledError.Origin(
                "interrupt of " + Thread.currentThread().getName(), null);
    }

    @Override
    final void wakeUp() {
        if (asleep) {
            asleep = false;
            if (timeSource != null && !waitsForIo) {
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
                } else if (isTimeToLook()) {
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
