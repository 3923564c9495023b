package heddle.dsl;

import heddle.api.DeadlockError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import heddle.view.Moment;
import heddle.view.Recorder;
import heddle.view.Stepper;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loop that runs on a daemon thread of its own, in the background of a prompt. While there is one, the functions of
 * {@link Heddle} work on threads that run no loop: they hop to this loop, and wait. There is at most one at a time.
 *
 * <p>Its methods are safe from any thread.
 */
public final class Session implements AutoCloseable {

    private static final AtomicReference<@Nullable Session> CURRENT = new AtomicReference<>();

    private final EventLoop loop;
    /** How many of the last events on its loop a session remembers. */
    private static final int REMEMBERED = 5_000;

    private final Recorder recorder;
    private final Stepper stepper;
    private final PromptHold hold;
    private final Thread thread;
    private volatile boolean stopping;
    /** Used on the loop's thread only. */
    private boolean shuttingDown;
    /** Those who wait for its end. */
    private final Queue<Gate> ended = new ConcurrentLinkedQueue<>();

    private Session(EventLoop loop) {
        this.loop = loop;
        this.recorder = Recorder.watch(loop, REMEMBERED);
        this.stepper = Stepper.of(loop);
        this.hold = new PromptHold(loop);
        this.thread = LoopThread.unstarted("heddle-session", this::live);
    }

    /**
     * Starts a session with a new loop of the chosen engine.
     *
     * @return the session, which is now the current one
     * @throws IllegalStateException if there is one already
     */
    public static Session start() {
        return start(EngineOptions.DEFAULT);
    }

    /**
     * Starts a session with a new loop of the chosen engine.
     *
     * @param options how the loop shall be
     * @return the session, which is now the current one
     * @throws IllegalStateException if there is one already
     */
    public static Session start(EngineOptions options) {
        Objects.requireNonNull(options, "options");
        if (CURRENT.get() != null) {
            throw alreadyThere();
        }
        Session session = new Session(Engines.newEventLoop(options));
        Watchdog.watch(session.loop);
        Gate running = new Gate();
        session.loop.callSoon(running::open);
        if (!CURRENT.compareAndSet(null, session)) {
            session.loop.close();
            throw alreadyThere();
        }
        session.thread.start();
        try {
            running.pass(session.loop, () -> {
                throw new InterruptedException("interrupted while the session started");
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is about to run
        }
        return session;
    }

    private static IllegalStateException alreadyThere() {
        return new IllegalStateException("there is a session already: use Session.current(), or close it first");
    }

    /**
     * The session of this program.
     *
     * @return the session, or null if there is none
     */
    public static @Nullable Session current() {
        return CURRENT.get();
    }

    static Session currentOrFail() {
        Session session = CURRENT.get();
        if (session == null) {
            throw new IllegalStateException(
                    "no event loop here: use run(…), or call this from a task (docs/codes.md#no-loop)");
        }
        return session;
    }

    /**
     * Its loop.
     *
     * @return never null
     */
    public EventLoop loop() {
        return loop;
    }

    /**
     * What remembers the last things that happened on its loop. For code on the loop.
     *
     * @return never null
     */
    public Recorder recorder() {
        return recorder;
    }

    /**
     * What drives its loop turn by turn.
     *
     * @return never null
     */
    public Stepper stepper() {
        return stepper;
    }

    /** Whether its loop stands still, so that nothing that isn't done will be. */
    static boolean isPaused() {
        Session session = CURRENT.get();
        return session != null && session.stepper.isPaused();
    }

    /**
     * Runs code on the loop, as a callback, and waits for it: {@code session.onLoop(() -> future.cancel())}.
     * If the loop is paused, the code runs on the calling thread, which speaks for the loop meanwhile.
     *
     * @param code what to run; it can't await
     * @param <T> the type of what it returns
     * @return what it returned
     * @throws IllegalStateException if this session is closed
     * @throws InterruptedException if the calling thread is interrupted; the code runs nevertheless
     * @throws Exception what the code throws
     */
    public <T extends @Nullable Object> T onLoop(Callable<? extends T> code) throws Exception {
        Objects.requireNonNull(code, "code");
        if (LoopBinding.current() == loop) {
            return code.call();
        }
        if (stepper.isPaused()) {
            return stepper.speak(code);
        }
        Hop<T> hop = new Hop<>(code);
        loop.callSoonThreadsafe(hop::land);
        hop.gate.pass(loop, () -> {
            throw new InterruptedException("interrupted while the session's loop was busy");
        });
        return hop.outcome();
    }

    /**
     * Lets virtual time pass until a future is done: somebody waits for it, as the prompt does for a snippet. Otherwise it
     * stands still. On real time it does nothing. For code on the loop.
     *
     * @param future what is waited for
     * @param onDeadlock told on the loop, once, if that can never be done; then time stands still again
     */
    public void passTimeUntilDone(Future<?> future, Consumer<? super DeadlockError> onDeadlock) {
        hold.releaseUntilDone(
                Objects.requireNonNull(future, "future"), Objects.requireNonNull(onDeadlock, "onDeadlock"));
    }

    /**
     * Lets one turn of the paused loop pass, as {@link Stepper#step()} does; on virtual time that moves on to the next timer if
     * nothing is ready.
     *
     * @return what the loop would do next
     * @throws InterruptedException if interrupted before that turn is over; then the loop stands again
     * @throws IllegalStateException if it isn't paused, is called on the loop's thread, or the loop is closed
     */
    public Moment step() throws InterruptedException {
        return stepper.step(hold::release, hold::open);
    }

    /** Code on its way to the loop. */
    private static final class Hop<T extends @Nullable Object> {
        final Gate gate = new Gate();
        private final Callable<? extends T> code;
        private @Nullable T value;
        private @Nullable Throwable failure;

        Hop(Callable<? extends T> code) {
            this.code = code;
        }

        void land() {
            try {
                value = code.call();
            } catch (Throwable e) {
                failure = e;
            } finally {
                gate.open();
            }
        }

        @SuppressWarnings("NullAway") // a T, null among them
        T outcome() {
            if (failure != null) {
                throw Throwables.raise(failure);
            }
            return value;
        }
    }

    private void live() {
        try {
            hold.open();
            while (!stopping) {
                runOnce();
            }
            shuttingDown = true;
            hold.end();
            Shutdown.of(loop, Shutdown.PASSES);
        } catch (Throwable e) {
            report("The session's loop couldn't be shut down", e);
        } finally {
            CURRENT.compareAndSet(this, null);
            Outstanding.close(loop);
            ended.forEach(Gate::open);
        }
    }

    /** Runs the loop; what gets through it, which is nothing but the failures of the JVM, must not end the session. */
    private void runOnce() {
        try {
            loop.runForever();
        } catch (DeadlockError e) {
            hold.deadlocked(e);
            stepper.beginAtOnce(); // whoever waits for one turn has it
        } catch (Throwable e) {
            report("The session's loop goes on after", e);
        }
    }

    private void stopOnce() {
        if (!shuttingDown) {
            loop.stop();
        }
    }

    private void report(String what, Throwable e) {
        loop.callExceptionHandler(new ErrorReport(ErrorReport.Kind.CALLBACK, what, e, null, null));
    }

    /**
     * Ends the session: cancels its tasks, waits for them, and closes the loop. Again, it does nothing. An interrupt of the
     * calling thread ends the wait, with the flag set.
     *
     * @throws IllegalStateException if called on the session's loop
     */
    @Override
    public void close() {
        if (LoopBinding.current() == loop) {
            throw new IllegalStateException("a session can't be closed by its own loop: close it at the prompt");
        }
        stopping = true;
        stepper.resume();
        try {
            loop.callSoonThreadsafe(this::stopOnce);
        } catch (IllegalStateException e) {
            return; // closed already
        }
        Gate gate = new Gate();
        ended.add(gate);
        if (loop.isClosed()) {
            return;
        }
        try {
            gate.pass(null, () -> {
                throw new InterruptedException();
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Session " + (loop.isClosed() ? "closed" : "of " + loop);
    }
}
