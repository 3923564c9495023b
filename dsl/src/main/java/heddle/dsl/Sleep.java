package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.WaitsFor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for a time greater than zero, then has a result. */
record Sleep<T extends @Nullable Object>(double seconds, T result) implements Awaitable<T>, WaitsFor {

    /** The next turn, without a value: what loops await again and again. */
    private static final Chain<@Nullable Object> NEXT_TURN = Chain.start(Program.PAUSE, null);

    @SuppressWarnings("unchecked") // null is of any type
    static <R extends @Nullable Object> Chain<R> of(double seconds, R result) {
        if (Double.isNaN(seconds)) {
            throw new IllegalArgumentException("Invalid delay: NaN (not a number)");
        }
        if (seconds > 0) {
            return Chain.start(Program.AWAIT, new Sleep<>(seconds, result));
        }
        return result == null ? (Chain<R>) NEXT_TURN : Chain.start(Program.PAUSE, result);
    }

    @Override
    public Coroutine<T> coroutine() {
        return new Run<>(this);
    }

    @Override
    public List<Future<?>> waitsFor() {
        return List.of();
    }

    @Override
    public @Nullable String wokenBy() {
        return seconds == Double.POSITIVE_INFINITY ? null : "a timer";
    }

    @Override
    public String toString() {
        if (seconds == Double.POSITIVE_INFINITY) {
            return "sleep(forever)";
        }
        return "sleep(" + (seconds == Math.rint(seconds) && seconds < 1e15 ? "" + (long) seconds : "" + seconds) + "s)";
    }

    /** Holds the timer while it waits; however the wait ends, the timer ends with it. It is the timer's callback, too. */
    private static final class Run<T extends @Nullable Object> implements Coroutine<T>, ThrowingRunnable {
        private final Sleep<T> sleep;
        private @Nullable Promise<@Nullable Void> elapsed;
        private @Nullable TimerHandle timer;

        Run(Sleep<T> sleep) {
            this.sleep = sleep;
        }

        @Override
        public Suspension step() {
            if (elapsed != null) {
                close();
                return Pause.FINISHED;
            }
            EventLoop loop = EventLoop.running();
            Promise<@Nullable Void> pending = loop.createFuture(sleep);
            elapsed = pending;
            if (sleep.seconds != Double.POSITIVE_INFINITY) {
                timer = loop.callLater(sleep.seconds, this);
            }
            return pending;
        }

        /** The time has elapsed. */
        @Override
        public void run() {
            Promise<@Nullable Void> pending = elapsed;
            if (pending != null && !pending.done()) {
                pending.setResult(null);
            }
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        public T result() {
            return sleep.result;
        }

        @Override
        public void close() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }

        @Override
        public String toString() {
            return "run of " + sleep;
        }
    }
}
