package heddle.bench;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;

/** The steps of one chain: on values that are there, and on values that another turn brings. */
final class Steps {

    private static final int READY = 1_000_000;
    private static final int MANY = 10_000_000;
    private static final String LITTLE_STACK = "-Xss256k";
    private static final int AT_A_TIME = 1_000;

    private Steps() {}

    static Workload ready() {
        return new Workload(
                        "chain-ready",
                        "a then on a ready value, a million in a row, built and run",
                        Kind.LARGE,
                        READY,
                        1,
                        n -> n)
                .by("heddle", Steps::heddleReady)
                .by("vertx", Steps::vertxReady)
                .by("completable-future", Steps::completableFutureReady)
                .must("heddle", 2, "completable-future")
                .aim("heddle", 1.2, "completable-future");
    }

    /** The same, longer, on a stack that holds a few hundred calls. */
    static Workload many() {
        return new Workload(
                        "chain-long",
                        "the same, ten million in a row, with a stack of 256 KiB",
                        Kind.LARGE,
                        MANY,
                        1,
                        n -> n)
                .by("heddle", Steps::heddleReady, LITTLE_STACK)
                .by("completable-future", Steps::completableFutureReady, LITTLE_STACK);
    }

    static Workload again() {
        return new Workload(
                        "chain-again",
                        "a then on a ready value, a thousand in a row, run again and again",
                        Kind.SMALL,
                        READY,
                        AT_A_TIME,
                        n -> n)
                .by("heddle", Steps::heddleAgain)
                .by("completable-future", Steps::completableFutureAgain);
    }

    static Workload suspending() {
        return new Workload(
                        "chain-suspending",
                        "a step that waits for a completion posted to the loop",
                        Kind.SMALL,
                        1_000_000,
                        1,
                        n -> n)
                .by("heddle", Steps::heddleSuspending)
                .by("netty", Steps::nettySuspending)
                .by("vertx", Steps::vertxSuspending)
                .by("completable-future", Steps::completableFutureSuspending)
                .must("heddle", 1.2, "netty")
                .aim("heddle", 1.0, "netty");
    }

    private static int plusOne(int value) {
        return value + 1;
    }

    // ---- ready

    private static long heddleReady(int n) throws Exception {
        return run(recipe(n));
    }

    private static Chain<Integer> recipe(int steps) {
        Chain<Integer> chain = chain(0);
        for (int i = 0; i < steps; i++) {
            chain = chain.then(Steps::plusOne);
        }
        return chain;
    }

    private static long vertxReady(int n) {
        io.vertx.core.Future<Integer> future = io.vertx.core.Future.succeededFuture(0);
        for (int i = 0; i < n; i++) {
            future = future.map(Steps::plusOne);
        }
        return future.result();
    }

    private static long completableFutureReady(int n) {
        CompletableFuture<Integer> future = CompletableFuture.completedFuture(0);
        for (int i = 0; i < n; i++) {
            future = future.thenApply(Steps::plusOne);
        }
        return future.join();
    }

    private static long heddleAgain(int n) throws Exception {
        int[] done = {0};
        run(recipe(AT_A_TIME).repeatWhile(value -> (done[0] += value) < n));
        return done[0];
    }

    private static long completableFutureAgain(int n) {
        int done = 0;
        while (done < n) {
            done += (int) completableFutureReady(AT_A_TIME);
        }
        return done;
    }

    // ---- suspending

    private static long heddleSuspending(int n) throws Exception {
        int[] done = {0};
        run(chain(n).await(ignored -> {
            EventLoop loop = EventLoop.running();
            return chain(loop).await(Steps::heddlePosted).repeatWhile(value -> (done[0] += value) < n);
        }));
        return done[0];
    }

    private static Future<Integer> heddlePosted(EventLoop loop) {
        Promise<Integer> posted = loop.createFuture();
        loop.callSoon(() -> posted.setResult(1));
        return posted;
    }

    private static long nettySuspending(int n) throws Exception {
        return NettyLoop.run((loop, result) -> new NettySteps(loop, n, result).next());
    }

    private static final class NettySteps {
        private final EventExecutor loop;
        private final int n;
        private final io.netty.util.concurrent.Promise<Long> result;
        private long done;

        NettySteps(EventExecutor loop, int n, io.netty.util.concurrent.Promise<Long> result) {
            this.loop = loop;
            this.n = n;
            this.result = result;
        }

        void next() {
            io.netty.util.concurrent.Promise<Integer> posted = loop.newPromise();
            loop.execute(() -> posted.setSuccess(1));
            posted.addListener(this::done);
        }

        private void done(io.netty.util.concurrent.Future<? super Integer> posted) {
            done += (Integer) posted.getNow();
            if (done < n) {
                next();
            } else {
                result.setSuccess(done);
            }
        }
    }

    private static long vertxSuspending(int n) throws Exception {
        return VertxLoop.run((loop, result) -> new VertxSteps(loop, n, result).next());
    }

    private static final class VertxSteps {
        private final io.vertx.core.Context loop;
        private final int n;
        private final io.vertx.core.Promise<Long> result;
        private long done;

        VertxSteps(io.vertx.core.Context loop, int n, io.vertx.core.Promise<Long> result) {
            this.loop = loop;
            this.n = n;
            this.result = result;
        }

        void next() {
            io.vertx.core.Promise<Integer> posted = io.vertx.core.Promise.promise();
            loop.runOnContext(ignored -> posted.complete(1));
            posted.future().onSuccess(value -> {
                done += value;
                if (done < n) {
                    next();
                } else {
                    result.complete(done);
                }
            });
        }
    }

    private static long completableFutureSuspending(int n) {
        Ring loop = new Ring();
        long[] done = {0};
        new Runnable() {
            @Override
            public void run() {
                CompletableFuture<Void> unused = CompletableFuture.supplyAsync(() -> 1, loop)
                        .thenAccept(value -> {
                            done[0] += value;
                            if (done[0] < n) {
                                this.run();
                            }
                        });
            }
        }.run();
        loop.run();
        return done[0];
    }
}
