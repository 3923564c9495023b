package heddle.engine;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that lives on the thread of a host: a GUI toolkit's, a server framework's. The host runs one turn for each
 * callback that it is asked for; between turns its thread is the host's own.
 *
 * <p>It is running as long as its host is. {@link #runUntilComplete} submits and waits, from any other thread; {@code
 * runForever}, {@code stop} and {@code close} are the host's business, and refused.
 */
public abstract class HostedEventLoop extends AbstractEventLoop {

    private final String host;
    private final Set<Waiter<?>> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean turnRequested = new AtomicBoolean();
    /** When the host was last asked to call back, on the loop's clock. */
    private long alarm = FOREVER;

    /**
     * A loop on a host that is running.
     *
     * @param host the host's name, for messages
     * @param options how it shall be
     * @throws UnsupportedOperationException if the options have a clock: the host has its own
     */
    protected HostedEventLoop(String host, EngineOptions options) {
        super(options);
        this.host = Objects.requireNonNull(host, "host");
        if (options.timeSource() != null) {
            throw new UnsupportedOperationException(
                    "this loop is hosted by " + host + ", which has a clock of its own: leave timeSource out");
        }
    }

    /**
     * Has the host call {@code turn} once, soon, on its thread, behind what it has to do already. Called from any thread.
     *
     * @param turn what to call
     */
    protected abstract void execute(Runnable turn);

    /**
     * Has the host call {@code turn} once, on its thread, when {@code nanos} have passed. Called on the host's thread. A
     * call that comes early, or isn't needed any more, does no harm.
     *
     * @param turn what to call
     * @param nanos how long to wait, at least 1
     */
    protected abstract void schedule(Runnable turn, long nanos);

    /** To be called on the host's thread when the host ends: closes the loop as {@link #close()} describes. */
    protected final void hostEnds() {
        if (!isClosed()) {
            shutDown();
            waiters.forEach(Waiter::giveUp);
        }
    }

    @Override
    final void wakeUp() {
        if (turnRequested.compareAndSet(false, true)) {
            execute(this::takeTurn);
        }
    }

    private void takeTurn() {
        turnRequested.set(false);
        if (isClosed()) {
            return;
        }
        enter();
        try {
            turn();
        } finally {
            leave();
            if (hasReady()) {
                wakeUp();
            } else {
                setAlarm();
            }
        }
    }

    private void setAlarm() {
        long nanos = untilNextTimer();
        if (nanos == FOREVER) {
            return;
        }
        long due = now() + nanos;
        if (due < alarm) {
            alarm = due;
            schedule(this::alarm, Math.max(nanos, 1));
        }
    }

    private void alarm() {
        alarm = FOREVER;
        takeTurn();
    }

    @Override
    final boolean isFree() {
        return isClosed();
    }

    @Override
    public final boolean isRunning() {
        return !isClosed();
    }

    @Override
    public final <T extends @Nullable Object> T runUntilComplete(Awaitable<? extends T> awaitable) throws Exception {
        Objects.requireNonNull(awaitable, "awaitable");
        if (LoopBinding.current() != null) {
            throw new IllegalStateException("Cannot wait for " + Display.of(awaitable)
                    + " on a thread that runs an event loop: await it (docs/codes.md#nested-run)");
        }
        Waiter<T> waiter = new Waiter<>(this, awaitable);
        waiters.add(waiter);
        try {
            callSoonThreadsafe(waiter::begin);
            return waiter.outcome();
        } finally {
            waiters.remove(waiter);
        }
    }

    @Override
    public final void runForever() {
        throw refused("runForever");
    }

    @Override
    public final void stop() {
        throw refused("stop");
    }

    @Override
    public final void close() {
        if (!isClosed()) {
            throw refused("close");
        }
    }

    private UnsupportedOperationException refused(String method) {
        return new UnsupportedOperationException(
                method + " is up to " + host + ", which hosts this event loop (docs/codes.md#hosted)");
    }

    /** A thread that waits for an awaitable; its first interrupt cancels that. */
    private static final class Waiter<T extends @Nullable Object> {
        private final HostedEventLoop loop;
        private final Awaitable<? extends T> awaitable;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile @Nullable Future<T> future;
        private volatile @Nullable Throwable problem;

        Waiter(HostedEventLoop loop, Awaitable<? extends T> awaitable) {
            this.loop = loop;
            this.awaitable = awaitable;
        }

        void begin() {
            try {
                Future<T> begun = loop.futureOf(awaitable);
                future = begun;
                begun.addDoneCallback(done -> over.countDown());
            } catch (Throwable e) {
                problem = e;
                over.countDown();
            }
        }

        T outcome() throws Exception {
            try {
                over.await();
            } catch (InterruptedException e) {
                String who = "interrupt of " + Thread.currentThread().getName();
                loop.callSoonThreadsafe(() -> cancel(new CancelledError.Origin(who, null)));
                over.await();
            }
            Future<T> done = future;
            if (done == null) {
                throw Throwables.<Exception>raise(Objects.requireNonNull(problem));
            }
            return done.result();
        }

        private void cancel(CancelledError.Origin origin) {
            Future<T> begun = future;
            if (begun != null) {
                begun.cancel("interrupted", origin);
            }
        }

        /** The loop is closed: what is pending stays pending. */
        void giveUp() {
            Future<T> begun = future;
            if (begun == null || !begun.done()) {
                future = null;
                problem = closedError();
            }
            over.countDown();
        }
    }
}
