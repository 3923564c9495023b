package heddle.view;

import heddle.api.EventLoop;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.LoopObserver;
import heddle.api.Task;
import heddle.api.TimerHandle;
import heddle.api.spi.Inspectable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Drives a loop that runs on another thread, turn by turn. While it is paused, the loop's thread stands at the beginning of a
 * turn: what is ready can be looked at, and nothing of it runs. Meanwhile another thread may {@linkplain #speak speak} for
 * the loop, so that its objects can be used. Real time goes on, and so do other threads.
 *
 * <p>Its methods are safe from any thread; on the loop's own, which would wait for itself, most are refused.
 */
public final class Stepper {

    /** How often those who wait look whether the loop was closed. */
    private static final int LOOK_MILLIS = 50;

    private final EventLoop loop;
    private final LoopObserver gate = new LoopObserver() {
        @Override
        public void turnBegins() {
            standStill();
        }
    };

    /** Guards all below; {@code nudge} and {@code watching} are the loop's. */
    private final Object monitor = new Object();

    /** Whether it was paused, and not resumed. */
    private boolean paused;
    /** Whether the next turn shall wait. */
    private boolean shut;
    /** The binding of the loop's thread while that stands still, and nobody else speaks for the loop. */
    private @Nullable LoopBinding standing;
    /** Who speaks for the loop instead. */
    private @Nullable Thread speaker;
    /** How many turns may begin although it is paused. */
    private int permits;

    /** Keeps the loop from sleeping after a step; not shown. */
    private @Nullable Handle nudge;

    /** Has woken the loop out of a step that was given up; not shown. */
    private volatile @Nullable Handle wake;

    private boolean watching;

    private Stepper(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * A stepper for a loop; nothing is paused yet.
     *
     * @param loop the loop; never null
     * @return the stepper
     */
    public static Stepper of(EventLoop loop) {
        return new Stepper(Objects.requireNonNull(loop, "loop"));
    }

    /**
     * Whether it was paused, and not resumed.
     *
     * @return true if so
     */
    public boolean isPaused() {
        synchronized (monitor) {
            return paused;
        }
    }

    @Override
    public String toString() {
        return "Stepper of " + loop + (paused ? ", paused" : "");
    }

    /**
     * Lets the loop finish its turn and stand still. If it is paused already, nothing happens.
     *
     * @return what it would do next
     * @throws InterruptedException if interrupted before it stands
     * @throws IllegalStateException if called on the loop's thread, or the loop is closed
     */
    public Moment pause() throws InterruptedException {
        if (!speaks()) {
            checkThread("pause");
            begin();
        }
        return moment();
    }

    /**
     * Has the loop stand still as soon as a task is done, and those who were told of that before have been told.
     *
     * @param task a task of the loop, which may be the current one
     */
    public void pauseAfter(Task<?> task) {
        Objects.requireNonNull(task, "task").addDoneCallback(done -> {
            boolean still;
            synchronized (monitor) {
                still = paused;
                shut = still;
            }
            if (still) {
                watch();
            }
        });
        synchronized (monitor) {
            paused = true; // from now on, so that nobody gives the loop something that it won't run
        }
    }

    private void begin() {
        synchronized (monitor) {
            if (paused) {
                return;
            }
            paused = true;
            shut = true;
        }
        loop.callSoonThreadsafe(this::watch); // it wakes a loop that sleeps, too
    }

    private void watch() {
        if (!watching) {
            watching = true;
            loop.addObserver(gate);
        }
        beginAtOnce();
    }

    /** Has the loop's next turn begin without waiting for anything, as if nothing were scheduled for it. For code on the loop. */
    public void beginAtOnce() {
        nudge = loop.callSoon(() -> {});
    }

    /**
     * Lets one turn pass: what is ready now runs. If nothing is ready, it waits for what comes first: a timer, I/O, another
     * thread.
     *
     * @return what it would do next
     * @throws InterruptedException if interrupted before that turn is over; then the loop stands again as soon as it can
     * @throws IllegalStateException if it isn't paused, is called on the loop's thread, or the loop is closed
     */
    public Moment step() throws InterruptedException {
        return step(() -> {}, () -> {});
    }

    /**
     * As {@link #step()}, with something to do on the loop before that turn and after it.
     *
     * @param before what to do before; never null
     * @param after what to do after; never null
     * @return what it would do next
     * @throws InterruptedException if interrupted before that turn is over; then the loop stands again as soon as it can
     * @throws IllegalStateException if it isn't paused, is called on the loop's thread, or the loop is closed
     */
    public Moment step(Runnable before, Runnable after) throws InterruptedException {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        return speak("step", () -> {
            before.run();
            synchronized (monitor) {
                passOn();
                permits++;
            }
            InterruptedException interrupt = null;
            while (true) {
                try {
                    takeOver();
                    break;
                } catch (InterruptedException e) {
                    interrupt = e;
                    wake = loop.callSoonThreadsafe(
                            this::beginAtOnce); // nothing else might begin a turn, at which it stands
                }
            }
            after.run();
            if (interrupt != null) {
                throw interrupt;
            }
            return look();
        });
    }

    /** Lets the loop go on by itself. If it isn't paused, nothing happens. */
    public void resume() {
        synchronized (monitor) {
            paused = false;
            shut = false;
            permits = 0;
            if (speaks()) {
                passOn();
            }
            monitor.notifyAll();
        }
    }

    /**
     * What the loop would do next.
     *
     * @return a snapshot
     * @throws InterruptedException if interrupted before the loop stands still
     * @throws IllegalStateException if it isn't paused, is called on the loop's thread, or the loop is closed
     */
    public Moment moment() throws InterruptedException {
        return speak("moment", this::look);
    }

    /** Code that may be interrupted while the loop isn't still yet. */
    private interface Look {
        Moment take() throws InterruptedException;
    }

    private Moment speak(String method, Look look) throws InterruptedException {
        if (speaks()) {
            return look.take();
        }
        checkThread(method);
        synchronized (monitor) {
            if (!paused) {
                throw new IllegalStateException("the loop isn't paused: pause() first");
            }
        }
        takeOver();
        try {
            return look.take();
        } finally {
            giveBack();
        }
    }

    /**
     * Runs code on the calling thread, which speaks for the loop meanwhile, where that stands. The code may step and resume.
     *
     * @param code what to run; it can't await what isn't done
     * @param <T> the type of what it returns
     * @return what it returned
     * @throws IllegalStateException if it isn't paused, is called on the loop's thread, or the loop is closed
     * @throws Exception what the code throws
     */
    public <T extends @Nullable Object> T speak(Callable<? extends T> code) throws Exception {
        Objects.requireNonNull(code, "code");
        if (speaks()) {
            return code.call();
        }
        checkThread("speak");
        synchronized (monitor) {
            if (!paused) {
                throw new IllegalStateException("the loop isn't paused: pause() first");
            }
        }
        takeOver();
        try {
            return code.call();
        } finally {
            giveBack();
        }
    }

    private void checkThread(String method) {
        if (LoopBinding.current() == loop) {
            throw new IllegalStateException(
                    method + "() on the loop's own thread would wait for itself: call it from another one");
        }
    }

    // ---- on the thread that looks

    private boolean speaks() {
        synchronized (monitor) {
            return speaker == Thread.currentThread();
        }
    }

    /** Waits until the loop stands, and speaks for it. */
    private void takeOver() throws InterruptedException {
        synchronized (monitor) {
            while (standing == null) {
                if (loop.isClosed()) {
                    throw new IllegalStateException("the event loop is closed (docs/codes.md#closed)");
                }
                monitor.wait(LOOK_MILLIS);
            }
            standing.lend();
            standing = null;
            speaker = Thread.currentThread();
        }
    }

    private void giveBack() {
        synchronized (monitor) {
            if (speaks()) {
                passOn();
            }
        }
    }

    /** The loop's thread speaks for the loop again. */
    private void passOn() {
        LoopBinding.leave();
        speaker = null;
        monitor.notifyAll();
    }

    private Moment look() {
        List<String> ready = new ArrayList<>();
        List<String> timers = new ArrayList<>();
        if (loop instanceof Inspectable inspectable) {
            for (Object each : inspectable.ready()) {
                if (each != nudge && each != wake) {
                    ready.add(each.toString());
                }
            }
            for (TimerHandle each : inspectable.timers()) {
                timers.add("in " + TaskTree.duration(Math.max(0, each.when() - loop.time())) + ": " + each);
            }
        }
        return new Moment(loop.time(), ready, timers);
    }

    // ---- on the loop's thread

    private void standStill() {
        boolean interrupted = false;
        synchronized (monitor) {
            while (speaker != null || (shut && permits == 0)) {
                if (speaker == null) {
                    standing = LoopBinding.here();
                }
                monitor.notifyAll();
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    interrupted = true; // it is the loop's, which will hear of it
                }
            }
            standing = null;
            permits = Math.max(0, permits - 1);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (isPaused() && hasReady()) {
            loop.callSoon(this::beginAtOnce); // at the end of this turn
        }
    }

    private boolean hasReady() {
        return loop instanceof Inspectable inspectable
                && inspectable.ready().stream().anyMatch(each -> each != nudge && each != wake);
    }
}
