package heddle.view;

import heddle.api.EventLoop;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.LoopObserver;
import heddle.api.TimerHandle;
import heddle.api.spi.Inspectable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Drives a loop that runs on another thread, turn by turn. While it is paused, the loop's thread stands at the beginning of a
 * turn: what is ready can be looked at, and nothing of it runs. The thread does what {@link #execute} gives it meanwhile, so
 * that the loop's objects can be used. Real time goes on, and so do other threads.
 *
 * <p>Its methods are safe from any thread but the loop's own.
 */
public final class Stepper implements Executor {

    private final EventLoop loop;
    private final LoopObserver gate = new LoopObserver() {
        @Override
        public void turnBegins() {
            standStill();
        }
    };

    private final Object monitor = new Object();
    private final Queue<Runnable> errands = new ArrayDeque<>();
    /** All below are guarded by the monitor. */
    private boolean paused;

    private boolean standing;
    /** How many turns may begin although it is paused. */
    private int permits;
    /** Keeps the loop from sleeping after a step; not shown. */
    private @Nullable Handle nudge;

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

    /**
     * Lets the loop finish its turn and stand still. If it is paused already, nothing happens.
     *
     * @return what it would do next
     * @throws InterruptedException if interrupted before it stands
     * @throws IllegalStateException if called on the loop's thread
     */
    public Moment pause() throws InterruptedException {
        checkThread("pause");
        boolean before;
        synchronized (monitor) {
            before = paused;
            paused = true;
        }
        if (!before) {
            loop.callSoonThreadsafe(this::watch); // it wakes a loop that sleeps, too
        }
        return awaitStill();
    }

    private void watch() {
        if (!watching) {
            watching = true;
            loop.addObserver(gate);
        }
        beginAtOnce();
    }

    /** Has the next turn begin without waiting for anything. On the loop's thread. */
    private void beginAtOnce() {
        nudge = loop.callSoon(() -> {});
    }

    /**
     * Lets one turn pass: what is ready now runs. If nothing is ready, it waits for what comes first: a timer, I/O, another
     * thread.
     *
     * @return what it would do next
     * @throws InterruptedException if interrupted before that turn is over; it goes on
     * @throws IllegalStateException if it isn't paused, or called on the loop's thread
     */
    public Moment step() throws InterruptedException {
        checkThread("step");
        synchronized (monitor) {
            if (!paused) {
                throw new IllegalStateException("the loop isn't paused: pause() first");
            }
        }
        awaitStill();
        synchronized (monitor) {
            permits++;
            standing = false;
            monitor.notifyAll();
        }
        return awaitStill();
    }

    /**
     * Lets the loop go on by itself.
     *
     * @throws IllegalStateException if called on the loop's thread
     */
    public void resume() {
        checkThread("resume");
        synchronized (monitor) {
            paused = false;
            permits = 0;
            monitor.notifyAll();
        }
    }

    /**
     * Runs code on the loop's thread, where it stands; if it isn't paused, as a callback of the loop.
     *
     * @param code what to run
     */
    @Override
    public void execute(Runnable code) {
        Objects.requireNonNull(code, "code");
        synchronized (monitor) {
            if (paused) {
                errands.add(code);
                monitor.notifyAll();
                return;
            }
        }
        loop.callSoonThreadsafe(code::run);
    }

    /**
     * What the loop would do next, if it is paused.
     *
     * @return a snapshot
     * @throws InterruptedException if interrupted before the loop stands still
     * @throws IllegalStateException if it isn't paused, or called on the loop's thread
     */
    public Moment moment() throws InterruptedException {
        checkThread("moment");
        if (!isPaused()) {
            throw new IllegalStateException("the loop isn't paused: pause() first");
        }
        return awaitStill();
    }

    private void checkThread(String method) {
        if (LoopBinding.current() == loop) {
            throw new IllegalStateException(
                    method + "() on the loop's own thread would wait for itself: call it from another one");
        }
    }

    private Moment awaitStill() throws InterruptedException {
        synchronized (monitor) {
            while (!standing) {
                if (loop.isClosed()) {
                    throw new IllegalStateException("the loop is closed");
                }
                monitor.wait();
            }
        }
        CompletableFuture<Moment> moment = new CompletableFuture<>();
        execute(() -> moment.complete(look()));
        try {
            return moment.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the loop couldn't be looked at", e.getCause());
        }
    }

    private Moment look() {
        List<String> ready = new ArrayList<>();
        List<String> timers = new ArrayList<>();
        if (loop instanceof Inspectable inspectable) {
            Handle hidden = nudge;
            for (Object each : inspectable.ready()) {
                if (each != hidden) {
                    ready.add(each.toString());
                }
            }
            for (TimerHandle each : inspectable.timers()) {
                timers.add(TaskTree.duration(Math.max(0, each.when() - loop.time())) + " " + each);
            }
        }
        return new Moment(loop.time(), ready, timers);
    }

    // ---- on the loop's thread

    private void standStill() {
        boolean interrupted = false;
        Runnable errand = null;
        do {
            if (errand != null) {
                errand.run();
            }
            synchronized (monitor) {
                errand = errands.poll();
                while (errand == null && paused && permits == 0) {
                    standing = true;
                    monitor.notifyAll();
                    try {
                        monitor.wait();
                    } catch (InterruptedException e) {
                        interrupted = true; // it is the loop's, which will hear of it
                    }
                    errand = errands.poll();
                }
                if (errand == null) {
                    standing = false;
                    permits = Math.max(0, permits - 1);
                }
            }
        } while (errand != null);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (isPaused() && hasReady()) {
            loop.callSoon(this::beginAtOnce); // at the end of this turn
        }
    }

    private boolean hasReady() {
        return loop instanceof Inspectable inspectable
                && inspectable.ready().stream().anyMatch(each -> each != nudge);
    }
}
