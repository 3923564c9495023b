package heddle.tck.law;

import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Hold;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.spi.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter TIME. On the machine's clock they know lower bounds and orders only. */
final class TimeLaws {

    /** Times are kept in nanoseconds, so they may be rounded to the nearest. */
    private static final double ROUNDING = 1.1e-9;

    private TimeLaws() {}

    @Law("TIME-1")
    static void clockNeverGoesBackAndNeverStandsStill(Trial t, Choices c) throws Exception {
        EventLoop loop = t.loop();
        double pause = t.moment() * c.between("pause", 1, 4) / 4;
        boolean virtual = t.claims(Capability.VIRTUAL_TIME);
        double[] last = {loop.time()};
        ThrowingRunnable look = () -> {
            t.check(loop.time() >= last[0], "time goes forward: " + loop.time() + " after " + last[0]);
            last[0] = loop.time();
            if (virtual) {
                t.clock().advance(pause);
                t.check(
                        Math.abs(loop.time() - last[0] - pause) < ROUNDING,
                        "time passes while code runs: " + pause + " s on the clock, " + (loop.time() - last[0])
                                + " s on the loop");
            }
        };
        t.run(pause, () -> {
            look.run();
            loop.callSoon(look);
            loop.callLater(pause / 2, look);
        });
        look.run();
    }

    @Law("TIME-2")
    static void delayIsATimeFromNow(Trial t, Choices c) {
        EventLoop loop = t.loop();
        double delay = t.moment() * c.between("delay in quarters", 0, 8) / 4;
        t.run(() -> {
            double before = loop.time();
            double later = loop.callLater(delay, () -> {}).when();
            double exact = loop.callLater(Duration.ofNanos(Math.round(delay * 1e9)), () -> {})
                    .when();
            double after = loop.time();
            for (double when : new double[] {later, exact}) {
                t.check(
                        when >= before + delay - ROUNDING && when <= after + delay + ROUNDING,
                        "callLater(" + delay + ") between " + before + " and " + after + " is due at " + when);
            }
            double when = before + 1 + delay;
            double came = loop.callAt(when, () -> {}).when();
            t.check(Math.abs(came - when) < ROUNDING, "callAt(" + when + ") is due at " + came);
        });
    }

    @Law("TIME-3")
    static void earlierTimersRunFirst(Trial t, Choices c) {
        t.drawClock(c);
        EventLoop loop = t.loop();
        int timers = c.between("timers", 1, 8);
        int past = c.between("of them in the past", 0, timers);
        List<Integer> order = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < timers; i++) {
            order.add(i - past);
            expected.add("timer " + (i - past));
        }
        Collections.shuffle(order, new Random(c.between("order", 0, 255)));
        double unit = t.moment() / 10;
        Map<String, TimerHandle> made = new LinkedHashMap<>();
        t.run(t.moment(), () -> {
            double now = loop.time();
            for (int i : order) {
                String line = "timer " + i;
                made.put(
                        line,
                        c.flag("callLater")
                                ? loop.callLater((i + 0.5) * unit, t.saying(line))
                                : loop.callAt(now + (i + 0.5) * unit, t.saying(line)));
            }
        });
        if (!t.claims(Capability.VIRTUAL_TIME)) {
            // the machine's clock moved on between two calls, perhaps by more than a unit: their times tell
            expected = made.entrySet().stream()
                    .sorted(Comparator.comparingDouble(timer -> timer.getValue().when()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        t.expect(expected);
    }

    @Law("TIME-4")
    static void equalTimersRunInOrderOfScheduling(Trial t, Choices c) {
        t.drawClock(c);
        EventLoop loop = t.loop();
        int timers = c.between("timers", 2, 12);
        List<String> expected = new ArrayList<>();
        List<String> later = new ArrayList<>();
        double unit = t.moment() / 4;
        t.run(t.moment(), () -> {
            double now = loop.time();
            for (int i = 0; i < timers; i++) {
                boolean late = c.flag("late");
                (late ? later : expected).add("timer " + i);
                loop.callAt(now + (late ? 2 : 1) * unit, t.saying("timer " + i));
            }
        });
        expected.addAll(later);
        t.expect(expected);
    }

    @Law("TIME-5")
    static void noTimerIsEarly(Trial t, Choices c) {
        t.drawClock(c);
        EventLoop loop = t.loop();
        int timers = c.between("timers", 1, 5);
        if (t.claims(Capability.VIRTUAL_TIME)) {
            t.clock().endWaitsEarly();
        }
        int[] ran = {0};
        t.run(t.moment(), () -> {
            for (int i = 0; i < timers; i++) {
                TimerHandle[] handle = new TimerHandle[1];
                handle[0] = loop.callLater(t.moment() * c.between("delay", 0, 20) / 21, () -> {
                    ran[0]++;
                    double early = handle[0].when() - loop.time();
                    t.check(early < ROUNDING, "a timer ran " + early + " s too early");
                });
            }
        });
        t.equal(timers, ran[0], "timers that ran");
    }

    @Law("TIME-6")
    static void dueTimersJoinBehindWhatIsReady(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int before = c.between("callbacks before", 0, 3);
        int after = c.between("callbacks after", 1, 3);
        double delay = c.flag("in the past") ? -1 : 0;
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < before; i++) {
                expected.add("before " + i);
                loop.callSoon(t.saying("before " + i));
            }
            loop.callLater(delay, t.saying("timer"));
            for (int i = 0; i < after; i++) {
                expected.add("after " + i);
                loop.callSoon(t.saying("after " + i));
            }
        });
        expected.add("timer");
        t.expect(expected);
    }

    @Law("TIME-7")
    static void noDelayMeansSoonNeverAtOnce(Trial t, Choices c) {
        EventLoop loop = t.loop();
        double delay = c.oneOf("delay", List.of(0.0, -0.0, -1e-12, -1.0, -1e300, Double.NEGATIVE_INFINITY));
        boolean at = c.flag("callAt");
        double[] before = new double[1];
        ThrowingRunnable timer = () -> {
            t.say("timer");
            t.check(
                    !t.claims(Capability.VIRTUAL_TIME) || loop.time() == before[0],
                    "no time passes before a timer that is due: " + (loop.time() - before[0]) + " s");
        };
        t.run(t.moment(), () -> {
            before[0] = loop.time();
            if (at) {
                loop.callAt(delay == 0 ? loop.time() : delay, timer);
            } else {
                loop.callLater(delay, timer);
            }
            t.say("scheduled");
        });
        t.expect("scheduled", "timer");
    }

    @Law("TIME-8")
    static void cancelledTimerNeverRuns(Trial t, Choices c) {
        EventLoop loop = t.loop();
        double when = t.moment() * c.between("when", 0, 3) / 4;
        boolean sameTurn = c.flag("by a timer of the same time");
        t.run(t.moment(), () -> {
            double time = loop.time() + when;
            TimerHandle[] victim = new TimerHandle[1];
            TimerHandle canceller = loop.callAt(time, () -> {
                t.say("timer");
                if (sameTurn) {
                    victim[0].cancel();
                }
            });
            victim[0] = loop.callAt(time, t.saying("a cancelled timer"));
            if (!sameTurn) {
                victim[0].cancel();
                t.check(victim[0].cancelled(), "a timer says at once that it is cancelled");
            }
            loop.callAt(time, () -> {
                canceller.cancel();
                t.say("too late");
            });
        });
        t.expect("timer", "too late");
    }

    @Law("TIME-9")
    static void cancelledTimerWakesNobody(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int timers = c.between("timers", 1, 200);
        t.run(() -> {}, 1);
        t.run(9, () -> {
            for (int i = 0; i < timers; i++) {
                loop.callLater(1 + i % 7, t.saying("a cancelled timer")).cancel();
            }
        });
        t.expect();
        t.equal(1, t.clock().parks().size(), "waits until the one timer that isn't cancelled");
    }

    @Law("TIME-10")
    static void notANumberIsRefused(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean at = c.flag("callAt");
        t.run(t.moment(), () -> {
            t.refused(
                    IllegalArgumentException.class,
                    () -> {
                        if (at) {
                            loop.callAt(Double.NaN, t.saying("not a number"));
                        } else {
                            loop.callLater(Double.NaN, t.saying("not a number"));
                        }
                    },
                    "a time that is not a number");
            loop.callSoon(t.saying("it goes on"));
        });
        t.expect("it goes on");
    }

    @Law("TIME-11")
    static void infinityMeansNever(Trial t, Choices c) {
        EventLoop loop = t.loop();
        double time = c.oneOf("time", List.of(Double.POSITIVE_INFINITY, 1e300, Double.MAX_VALUE, 1e11));
        boolean at = c.flag("callAt");
        t.run(t.moment(), () -> {
            TimerHandle handle = at
                    ? loop.callAt(time, t.saying("the end of time"))
                    : loop.callLater(time, t.saying("the end of time"));
            if (Double.isInfinite(time)) {
                t.equal(time, handle.when(), "the time of a timer that never runs");
            }
            loop.callLater(t.moment() / 2, t.saying("timer"));
        });
        t.expect("timer");
    }

    @Law("TIME-12")
    static void busyLoopDoesNotStarveTimers(Trial t, Choices c) {
        EventLoop loop = t.loop();
        double delay = t.moment() * c.between("delay", 0, 4) / 4;
        boolean virtual = t.claims(Capability.VIRTUAL_TIME);
        int limit = 200;
        boolean[] ran = new boolean[1];
        int[] turns = {0};
        ThrowingRunnable busy = new ThrowingRunnable() {
            @Override
            public void run() {
                if (virtual) {
                    t.clock().advance(t.moment() / 100);
                }
                if (!ran[0] && (++turns[0] < limit || !virtual)) {
                    loop.callSoon(this);
                }
            }
        };
        ThrowingRunnable first = () -> {
            loop.callLater(delay, () -> ran[0] = true);
            busy.run();
        };
        if (virtual) {
            t.run(first, limit + 10);
        } else {
            t.run(t.moment() * 2, first);
        }
        t.check(ran[0], "a timer ran although callbacks were always ready");
    }

    @Law("TIME-13")
    static void idleLoopWaitsUntilTheNextTimer(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int timers = c.between("timers", 0, 5);
        double hours = 3600.0 * c.between("hours", 1, 9);
        t.run(() -> {}, 1);
        t.run(hours * (timers + 1), () -> {
            for (int i = 1; i <= timers; i++) {
                loop.callLater(hours * i, () -> {});
            }
        });
        t.check(
                t.clock().parks().size() <= timers + 1,
                "an idle loop waits once for each timer, but it waited "
                        + t.clock().parks().size() + " times for " + (timers + 1));
    }

    @Law("TIME-14")
    static void heldTimeDoesNotJump(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int holds = c.between("holds", 1, 3);
        t.run(() -> {}, 1);
        List<Hold> open = new ArrayList<>();
        t.clock().whenAsleep(() -> {
            t.say("asleep");
            open.forEach(Hold::close);
            open.forEach(Hold::close);
        });
        t.run(1, () -> {
            for (int i = 0; i < holds; i++) {
                open.add(loop.hold("hold " + i));
                t.equal("hold " + i, open.get(i).why(), "what was claimed");
            }
        });
        t.expect("asleep");
        List<TestClock.Park> parks = t.clock().parks();
        t.check(
                parks.size() > 1
                        && parks.get(0).held()
                        && !parks.get(parks.size() - 1).held(),
                "the clock is told of open holds only: " + parks);
    }

    @Law(value = "TIME-15", factor = 4)
    static void deadlockIsToldWhereAskedFor(Trial t, Choices c) {
        EventLoop loop = t.newLoop(t.options().withDetectDeadlock(true));
        int waker = c.between("what is over first", 0, t.claims(Capability.THREADS) ? 5 : 1);
        Promise<@Nullable Object> future = loop.createFuture();
        Task<@Nullable Object> task = loop.createTask(
                Body.of(() -> future).catching(error -> {
                    t.say("raised " + error);
                    throw error;
                }),
                "patient");
        switch (waker) {
            case 2 -> loop.runInExecutor(Runnable::run, () -> null);
            case 3 -> loop.runInExecutor(never -> {}, () -> null).cancel();
            case 4 -> {
                Future<?> rejected = loop.runInExecutor(
                        job -> {
                            throw new RejectedExecutionException("full");
                        },
                        () -> null);
                t.check(rejected.exception() != null, "a job that was rejected fails");
            }
            case 5 -> loop.shutdownDefaultExecutor();
            default -> {}
        }
        if (waker == 1) {
            Hold hold = loop.hold("somebody will call");
            t.clock().whenAsleep(() -> {
                t.say("asleep");
                hold.close();
            });
        }
        DeadlockError error =
                t.refused(DeadlockError.class, () -> loop.runUntilComplete(task), "a run that nothing will ever wake");
        t.check(String.valueOf(error.getMessage()).contains("patient"), "the verdict names who waits: " + error);
        t.check(!task.done() && task.cancelling() == 0 && !future.done(), "the verdict cancels nothing");
        t.expect(waker == 1 ? List.of("asleep") : List.of());
    }
}
