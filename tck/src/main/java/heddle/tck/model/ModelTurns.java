package heddle.tck.model;

import heddle.api.Awaitable;
import heddle.api.DeadlockError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.TimeSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The running half of the model: the queues, one turn, and what runs turns until it is told to stop. */
public abstract class ModelTurns implements EventLoop {

    /** What runs in the next turn, in this order. */
    protected final Deque<ModelHandle> ready = new ArrayDeque<>();

    /** What waits for its time. */
    protected final PriorityQueue<ModelHandle> timers = new PriorityQueue<>(timerOrder());

    /** What other threads posted. */
    protected final Queue<ModelHandle> posts = new ConcurrentLinkedQueue<>();

    /** How the loop was made. */
    protected final EngineOptions options;

    /** The clock, and how the loop waits. */
    protected final TimeSource clock;

    /** Whether the run shall end after this turn. */
    protected boolean stopping;

    /** Whether it was closed. */
    protected volatile boolean closed;

    /** The thread that runs it, or null. */
    protected volatile @Nullable Thread runner;

    /** What {@code runUntilComplete} waits for, until an interrupt has cancelled it. */
    protected @Nullable Future<?> main;

    ModelTurns(EngineOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        TimeSource given = options.timeSource();
        clock = given == null ? new RealTime() : given;
    }

    /** Everything that happens from one look at the clock to the next. */
    protected void turn() {
        dropCancelledTimers();
        waitForWork();
        takePosts();
        takeDueTimers();
        turnBegins();
        for (int left = ready.size(); left > 0; left--) {
            runHandle(ready.removeFirst());
        }
    }

    /** Forgets cancelled timers, so that the loop doesn't wait for them. */
    protected void dropCancelledTimers() {
        timers.removeIf(ModelHandle::cancelled);
    }

    /** Parks until there may be something to do. */
    protected void waitForWork() {
        lookForInterrupt();
        if (!ready.isEmpty() || !posts.isEmpty() || stopping) {
            return;
        }
        long nanos = untilNextTimer();
        if (nanos > 0) {
            if (nanos == Long.MAX_VALUE && options.detectDeadlock() && !isHeld()) {
                throw new DeadlockError(whoWaits());
            }
            clock.park(nanos, isHeld());
            lookForInterrupt();
        }
    }

    /** How long until a timer is due; the longest time if there is none. */
    protected long untilNextTimer() {
        ModelHandle next = timers.peek();
        if (next == null) {
            return Long.MAX_VALUE;
        }
        long now = clock.nanoTime();
        return next.nanos <= now ? 0 : next.nanos - now;
    }

    /** An interrupt asks main to end, once; when there is nothing to ask, it is reported. The flag never stays set. */
    protected void lookForInterrupt() {
        if (Thread.interrupted()) {
            Future<?> asked = main;
            main = null;
            if (asked == null || !asked.cancel("interrupted")) {
                callExceptionHandler(new ErrorReport(
                        ErrorReport.Kind.INTERRUPT, "the loop's thread was interrupted", null, null, null));
            }
        }
    }

    /** Appends what other threads posted to what is ready. */
    protected void takePosts() {
        for (ModelHandle post = posts.poll(); post != null; post = posts.poll()) {
            ready.addLast(post);
        }
    }

    /** Appends the timers that are due to what is ready. */
    protected void takeDueTimers() {
        long now = clock.nanoTime();
        for (ModelHandle next = timers.peek(); next != null && isDue(next, now); next = timers.peek()) {
            timers.remove();
            ready.addLast(next);
        }
    }

    /** Whether it is time for a timer. */
    protected boolean isDue(ModelHandle timer, long now) {
        return timer.nanos <= now;
    }

    /** The order of timers. */
    protected Comparator<ModelHandle> timerOrder() {
        return Comparator.<ModelHandle>comparingLong(timer -> timer.nanos).thenComparingLong(timer -> timer.sequence);
    }

    /** Runs one callback, unless it was cancelled. */
    protected abstract void runHandle(ModelHandle handle);

    /** Whether somebody outside said that they will wake the loop. */
    protected abstract boolean isHeld();

    /** What a deadlock's message says. */
    protected abstract String whoWaits();

    /** The future to wait for: {@code awaitable} itself, or a task made of it. */
    protected abstract <T extends @Nullable Object> Future<? extends T> futureOf(Awaitable<? extends T> awaitable);

    @Override
    public void runForever() {
        checkOpen();
        checkIdle();
        LoopBinding.enter(this);
        runner = Thread.currentThread();
        try {
            do {
                turn();
            } while (!stopping);
        } finally {
            stopping = false;
            runner = null;
            LoopBinding.leave();
        }
    }

    /** Tells observers that a turn begins: what is ready now, will run. */
    protected abstract void turnBegins();

    @Override
    public <T extends @Nullable Object> T runUntilComplete(Awaitable<? extends T> awaitable) throws Exception {
        checkOpen();
        checkIdle();
        Future<? extends T> future = futureOf(awaitable);
        StopWhenDone stopWhenDone = new StopWhenDone(this);
        future.addDoneCallback(stopWhenDone);
        main = future;
        try {
            runForever();
        } finally {
            main = null;
            future.removeDoneCallback(stopWhenDone);
        }
        if (!future.done()) {
            throw new IllegalStateException("Event loop stopped before Future completed.");
        }
        return future.result();
    }

    @Override
    public void stop() {
        checkThread("EventLoop.stop");
        stopping = true;
    }

    @Override
    public boolean isRunning() {
        return runner != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public double time() {
        return clock.nanoTime() / 1e9;
    }

    /** Refuses what may not be done to a closed loop. */
    protected void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Event loop is closed");
        }
    }

    /** Refuses to run a loop that runs, or one on a thread that runs another. */
    protected void checkIdle() {
        if (runner != null) {
            throw new IllegalStateException("This event loop is already running");
        }
        if (LoopBinding.current() != null) {
            throw new IllegalStateException("Cannot run the event loop while another loop is running");
        }
    }

    /** The thread rule: while the loop runs, only who speaks for it may call. */
    protected void checkThread(String call) {
        if (runner != null && LoopBinding.current() != this) {
            throw new IllegalStateException(
                    call + " is for the thread of its loop: from elsewhere use callSoonThreadsafe");
        }
    }
}
