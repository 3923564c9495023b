package heddle.tck.zoo;

import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelHandle;
import heddle.tck.model.ModelLoop;
import java.util.Comparator;
import java.util.List;

/** Broken engines of the chapter TIME. */
final class TimeZoo {

    private TimeZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("TIME-1", "the time is read once a turn", CachedTime::new),
                new Beast("TIME-2", "callLater is a millisecond late", LateByOne::new),
                new Beast("TIME-3", "timers run in the order of scheduling", Unsorted::new),
                new Beast("TIME-4", "equal timers run the last first", EqualReversed::new),
                new Beast("TIME-5", "a timer may be a millisecond early", EarlyByOne::new),
                new Beast("TIME-6", "due timers jump the queue", TimersFirst::new),
                new Beast("TIME-7", "callLater(0) runs the callback at once", ZeroInline::new),
                new Beast("TIME-8", "a cancel is too late once a timer is due", CancelTooLate::new),
                new Beast("TIME-9", "cancelled timers are waited for", WaitsForCancelled::new),
                new Beast("TIME-10", "NaN is taken for now", NotANumber::new),
                new Beast("TIME-11", "infinity overflows to now", InfinityIsNow::new),
                new Beast("TIME-12", "timers wait until nothing is ready", Starving::new),
                new Beast("TIME-13", "an idle loop looks around once a minute", LooksAround::new),
                new Beast("TIME-14", "the clock isn't told of holds", HoldsUntold::new),
                new Beast(
                        "TIME-15",
                        "deadlocks are never detected",
                        options -> new ModelLoop(options.withDetectDeadlock(false))),
                new Beast("TIME-16", "cancelled timers are kept until they are the next", KeepsUntilNext::new));
    }

    private static final class CachedTime extends ModelLoop {
        private double cached;

        CachedTime(EngineOptions options) {
            super(options);
        }

        @Override
        protected void takeDueTimers() {
            super.takeDueTimers();
            cached = super.time();
        }

        @Override
        public double time() {
            return isRunning() ? cached : super.time();
        }
    }

    private static final class LateByOne extends ModelLoop {
        LateByOne(EngineOptions options) {
            super(options);
        }

        @Override
        public TimerHandle callLater(double delay, ThrowingRunnable callback) {
            return super.callLater(delay + 0.001, callback);
        }
    }

    private static final class Unsorted extends ModelLoop {
        Unsorted(EngineOptions options) {
            super(options);
        }

        @Override
        protected Comparator<ModelHandle> timerOrder() {
            return Comparator.comparingLong(ModelHandle::sequence);
        }
    }

    private static final class EqualReversed extends ModelLoop {
        EqualReversed(EngineOptions options) {
            super(options);
        }

        @Override
        protected Comparator<ModelHandle> timerOrder() {
            return Comparator.comparingLong(ModelHandle::nanos)
                    .thenComparing(
                            Comparator.comparingLong(ModelHandle::sequence).reversed());
        }
    }

    private static final class EarlyByOne extends ModelLoop {
        EarlyByOne(EngineOptions options) {
            super(options);
        }

        @Override
        protected boolean isDue(ModelHandle timer, long now) {
            return super.isDue(timer, now + 1_000_000);
        }
    }

    private static final class TimersFirst extends ModelLoop {
        TimersFirst(EngineOptions options) {
            super(options);
        }

        @Override
        protected void takeDueTimers() {
            int before = ready.size();
            super.takeDueTimers();
            for (int left = before; left > 0; left--) {
                ready.addLast(ready.removeFirst());
            }
        }
    }

    private static final class ZeroInline extends ModelLoop {
        ZeroInline(EngineOptions options) {
            super(options);
        }

        @Override
        public TimerHandle callLater(double delay, ThrowingRunnable callback) {
            TimerHandle handle = super.callLater(delay, callback);
            if (delay == 0) {
                timers.remove((ModelHandle) handle);
                runHandle((ModelHandle) handle);
            }
            return handle;
        }
    }

    private static final class CancelTooLate extends ModelLoop {
        CancelTooLate(EngineOptions options) {
            super(options);
        }

        @Override
        protected boolean mayRun(ModelHandle handle) {
            return handle.isTimer() || super.mayRun(handle);
        }
    }

    private static final class WaitsForCancelled extends ModelLoop {
        WaitsForCancelled(EngineOptions options) {
            super(options);
        }

        @Override
        protected void dropCancelledTimers() {
            // they are skipped when they come up
        }
    }

    private static final class NotANumber extends ModelLoop {
        NotANumber(EngineOptions options) {
            super(options);
        }

        @Override
        protected void checkTime(double when) {
            // rounding makes it zero
        }
    }

    private static final class InfinityIsNow extends ModelLoop {
        InfinityIsNow(EngineOptions options) {
            super(options);
        }

        @Override
        protected void addTimer(ModelHandle handle) {
            if (handle.nanos() == Long.MAX_VALUE) {
                makeReady(handle);
            } else {
                super.addTimer(handle);
            }
        }
    }

    private static final class Starving extends ModelLoop {
        Starving(EngineOptions options) {
            super(options);
        }

        @Override
        protected void takeDueTimers() {
            if (ready.isEmpty()) {
                super.takeDueTimers();
            }
        }
    }

    private static final class LooksAround extends ModelLoop {
        LooksAround(EngineOptions options) {
            super(options);
        }

        @Override
        protected long untilNextTimer() {
            long nanos = super.untilNextTimer();
            return nanos == Long.MAX_VALUE ? nanos : Math.min(nanos, 60_000_000_000L);
        }
    }

    private static final class HoldsUntold extends ModelLoop {
        HoldsUntold(EngineOptions options) {
            super(options);
        }

        @Override
        protected boolean isHeld() {
            return false;
        }
    }

    private static final class KeepsUntilNext extends ModelLoop {
        KeepsUntilNext(EngineOptions options) {
            super(options);
        }

        @Override
        protected void dropCancelledTimers() {
            while (!timers.isEmpty() && timers.peek().cancelled()) {
                timers.remove();
            }
        }
    }
}
