package heddle.bench;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;

import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.Promise;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** So many trivial tasks at once, and their results. */
final class Spawn {

    private Spawn() {}

    static Workload workload() {
        return new Workload(
                        "spawn", "create a million trivial tasks, gather them", Kind.LARGE, 1_000_000, 1, Spawn::sum)
                .by("heddle", Spawn::heddle)
                .by("netty", Spawn::netty)
                .by("vertx", Spawn::vertx)
                .by("completable-future", Spawn::completableFuture)
                .by("virtual-threads", Virtual::exist, Spawn::virtualThreads, Virtual.ONE_CARRIER)
                .must("heddle", 0.4, "completable-future")
                .aim("heddle", 1.2, "netty");
    }

    static long sum(int n) {
        return (long) n * (n - 1) / 2;
    }

    private static long heddle(int n) throws Exception {
        return run(gathered(n));
    }

    static Chain<Long> gathered(int n) {
        return chain(n).gather(Spawn::recipes).then(Spawn::sumOf);
    }

    private static List<Chain<Integer>> recipes(int n) {
        List<Chain<Integer>> recipes = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            recipes.add(chain(i));
        }
        return recipes;
    }

    private static long sumOf(List<Integer> results) {
        long sum = 0;
        for (int result : results) {
            sum += result;
        }
        return sum;
    }

    private static long netty(int n) throws Exception {
        return NettyLoop.run((loop, result) -> {
            List<Promise<Integer>> all = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                all.add(nettyTask(loop, i));
            }
            new NettyGather(all, result).begin();
        });
    }

    private static Promise<Integer> nettyTask(EventExecutor loop, int value) {
        Promise<Integer> promise = loop.newPromise();
        loop.execute(() -> promise.setSuccess(value));
        return promise;
    }

    private static final class NettyGather implements GenericFutureListener<Future<Integer>> {
        private final List<Promise<Integer>> all;
        private final Promise<Long> result;
        private int left;

        NettyGather(List<Promise<Integer>> all, Promise<Long> result) {
            this.all = all;
            this.result = result;
            this.left = all.size();
        }

        void begin() {
            for (Promise<Integer> each : all) {
                each.addListener(this);
            }
        }

        @Override
        public void operationComplete(Future<Integer> done) {
            if (--left == 0) {
                List<Integer> results = new ArrayList<>(all.size());
                for (Promise<Integer> each : all) {
                    results.add(each.getNow());
                }
                result.setSuccess(sumOf(results));
            }
        }
    }

    private static long vertx(int n) throws Exception {
        return VertxLoop.run((loop, result) -> {
            List<io.vertx.core.Future<Integer>> all = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                all.add(vertxTask(loop, i));
            }
            io.vertx.core.Future.all(all)
                    .<List<Integer>>map(io.vertx.core.CompositeFuture::list)
                    .onSuccess(results -> result.complete(sumOf(results)));
        });
    }

    private static io.vertx.core.Future<Integer> vertxTask(Context loop, int value) {
        io.vertx.core.Promise<Integer> promise = io.vertx.core.Promise.promise();
        loop.runOnContext(ignored -> promise.complete(value));
        return promise.future();
    }

    private static long completableFuture(int n) throws Exception {
        Ring loop = new Ring();
        List<CompletableFuture<Integer>> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int value = i;
            all.add(CompletableFuture.supplyAsync(() -> value, loop));
        }
        CompletableFuture<Long> sum = CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]))
                .thenApply(ignored -> {
                    List<Integer> results = new ArrayList<>(n);
                    for (CompletableFuture<Integer> each : all) {
                        results.add(each.join());
                    }
                    return sumOf(results);
                });
        loop.run();
        return sum.get();
    }

    private static long virtualThreads(int n) throws Exception {
        Integer[] results = new Integer[n];
        List<Runnable> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int value = i;
            all.add(() -> results[value] = value);
        }
        Virtual.all(all);
        return sumOf(List.of(results));
    }
}
