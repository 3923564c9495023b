package heddle.bench;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.bench.Workload.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Timers at random times, nine of ten cancelled. All is done in one callback, which then lets the last deadline pass: so the
 * time is that of work alone, and no timer fires before its cancel.
 */
final class Timers {

    private static final long SPREAD_NANOS = 500_000_000;

    private Timers() {}

    static Workload workload() {
        return new Workload(
                        "timers",
                        "schedule a million timers, cancel 90 %, the rest fire",
                        Kind.LARGE,
                        1_000_000,
                        10,
                        n -> n / 10)
                .by("heddle", Timers::heddle)
                .by("netty", Timers::netty)
                .by("reactor", Timers::reactor)
                .must("heddle", 1.0, "netty")
                .aim("heddle", 0.6, "netty");
    }

    /** What a library does for one timer: schedules it, and returns what cancels it. */
    interface Scheduling {
        Runnable schedule(long nanos, Runnable callback);
    }

    static void allOf(int n, Scheduling scheduling, LongConsumer end) {
        long[] fired = {0};
        Runnable callback = () -> {
            if (++fired[0] == n / 10) {
                end.accept(fired[0]);
            }
        };
        long random = 42;
        List<Runnable> cancels = new ArrayList<>(n);
        long spread = SPREAD_NANOS * Math.min(n, 1_000_000) / 1_000_000;
        for (int i = 0; i < n; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            cancels.add(scheduling.schedule((random >>> 33) % spread + 1, callback));
        }
        for (int i = 0; i < n; i++) {
            if (i % 10 != 9) {
                cancels.get(i).run();
            }
        }
        Aside.spinUntil(System.nanoTime() + spread);
    }

    private static long heddle(int n) throws Exception {
        return run(chain(n).await(Timers::crowd));
    }

    static Future<Long> crowd(int n) {
        EventLoop loop = EventLoop.running();
        Promise<Long> end = loop.createFuture();
        allOf(n, (nanos, callback) -> loop.callLater(nanos / 1e9, callback::run)::cancel, end::setResult);
        return end;
    }

    private static long netty(int n) throws Exception {
        return NettyLoop.run((loop, result) -> allOf(
                n,
                (nanos, callback) -> {
                    var timer = loop.schedule(callback, nanos, TimeUnit.NANOSECONDS);
                    return () -> timer.cancel(false);
                },
                result::setSuccess));
    }

    private static long reactor(int n) throws Exception {
        Scheduler loop = Schedulers.newSingle("bench");
        try {
            CompletableFuture<Long> end = new CompletableFuture<>();
            loop.schedule(() -> allOf(
                    n,
                    (nanos, callback) -> loop.schedule(callback, nanos, TimeUnit.NANOSECONDS)::dispose,
                    end::complete));
            return end.get();
        } finally {
            loop.dispose();
        }
    }
}
