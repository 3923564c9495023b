package heddle.bench;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;

import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.ThrowingRunnable;
import heddle.bench.Workload.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Plain callbacks, from the loop's own thread and from others. */
final class Callbacks {

    private static final int PRODUCERS = 2;

    private Callbacks() {}

    // ---- callSoon

    static Workload soon() {
        return new Workload("call-soon", "a callback that schedules the next one", Kind.SMALL, 1_000_000, 1, n -> n)
                .by("heddle", Callbacks::heddle)
                .by("netty", n -> NettyLoop.run((loop, result) -> new Next(loop, n, result::setSuccess).run()))
                .by("floor-ring", Callbacks::ring);
    }

    private static long heddle(int n) throws Exception {
        return run(chain(n).await(count -> {
            EventLoop loop = EventLoop.running();
            Promise<Long> end = loop.createFuture();
            loop.callSoon(new ThrowingRunnable() {
                private int left = count;

                @Override
                public void run() {
                    if (--left > 0) {
                        loop.callSoon(this);
                    } else {
                        end.setResult((long) count);
                    }
                }
            });
            return end;
        }));
    }

    private static long ring(int n) {
        Ring loop = new Ring();
        long[] done = {0};
        loop.execute(new Next(loop, n, result -> done[0] = result));
        loop.run();
        return done[0];
    }

    private static final class Next implements Runnable {
        private final Executor loop;
        private final int n;
        private final Consumer<Long> end;
        private int left;

        Next(Executor loop, int n, Consumer<Long> end) {
            this.loop = loop;
            this.n = n;
            this.end = end;
            this.left = n;
        }

        @Override
        public void run() {
            if (--left > 0) {
                loop.execute(this);
            } else {
                end.accept((long) n);
            }
        }
    }

    // ---- callSoonThreadsafe

    static Workload threadsafe() {
        return new Workload(
                        "threadsafe",
                        "two foreign threads post a million callbacks each",
                        Kind.LARGE,
                        2_000_000,
                        PRODUCERS,
                        n -> n)
                .by("heddle", Callbacks::heddleThreadsafe)
                .by("netty", Callbacks::nettyThreadsafe)
                .by("vertx", Callbacks::vertxThreadsafe)
                .by("completable-future", Callbacks::completableFutureThreadsafe)
                .must("heddle", 1.5, "netty")
                .aim("heddle", 1.0, "netty");
    }

    /** Counts on the loop's thread. */
    private static final class Count {
        private final long n;
        private final Consumer<Long> end;
        private long seen;

        Count(long n, Consumer<Long> end) {
            this.n = n;
            this.end = end;
        }

        void one() {
            if (++seen == n) {
                end.accept(seen);
            }
        }
    }

    private static void post(int n, Runnable onePost) {
        for (int i = 0; i < PRODUCERS; i++) {
            new Thread(() -> {
                        for (int k = 0; k < n / PRODUCERS; k++) {
                            onePost.run();
                        }
                    })
                    .start();
        }
    }

    private static long heddleThreadsafe(int n) throws Exception {
        return run(chain(n).await(count -> {
            EventLoop loop = EventLoop.running();
            Promise<Long> end = loop.createFuture();
            Count seen = new Count(n, end::setResult);
            post(n, () -> loop.callSoonThreadsafe(seen::one));
            return end;
        }));
    }

    private static long nettyThreadsafe(int n) throws Exception {
        return NettyLoop.run((loop, result) -> {
            Count seen = new Count(n, result::setSuccess);
            post(n, () -> loop.execute(seen::one));
        });
    }

    private static long vertxThreadsafe(int n) throws Exception {
        return VertxLoop.run((loop, result) -> {
            Count seen = new Count(n, result::complete);
            post(n, () -> loop.runOnContext(ignored -> seen.one()));
        });
    }

    private static long completableFutureThreadsafe(int n) throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Long> end = new CompletableFuture<>();
            Count seen = new Count(n, end::complete);
            post(n, () -> {
                CompletableFuture<Void> unused = CompletableFuture.runAsync(seen::one, loop);
            });
            return end.get();
        } finally {
            loop.shutdown();
        }
    }
}
