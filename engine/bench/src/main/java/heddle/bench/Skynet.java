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
import java.util.concurrent.Executor;

/** A tree of tasks, ten children each; the leaves are numbers, and every node sums up its children. */
final class Skynet {

    private static final int WIDTH = 10;

    private Skynet() {}

    static Workload workload() {
        return new Workload(
                        "skynet",
                        "10-ary tree of tasks with a million leaves, summed; for each leaf",
                        Kind.LARGE,
                        1_000_000,
                        100,
                        Spawn::sum)
                .by("heddle", n -> run(node(0, n)))
                .by("netty", Skynet::netty)
                .by("vertx", Skynet::vertx)
                .by("completable-future", Skynet::completableFuture)
                .must("heddle", 1.0, "vertx")
                .aim("heddle", 1.2, "netty");
    }

    private static Chain<Long> node(long first, int size) {
        return size == 1
                ? chain(first)
                : chain(first).gather(from -> children(from, size)).then(Skynet::sum);
    }

    private static List<Chain<Long>> children(long first, int size) {
        int part = size / WIDTH;
        List<Chain<Long>> children = new ArrayList<>(WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            children.add(node(first + (long) i * part, part));
        }
        return children;
    }

    private static long sum(List<Long> parts) {
        long sum = 0;
        for (long part : parts) {
            sum += part;
        }
        return sum;
    }

    private static long netty(int n) throws Exception {
        return NettyLoop.run((loop, result) -> netty(loop, 0, n, result));
    }

    private static void netty(EventExecutor loop, long first, int size, Promise<Long> result) {
        loop.execute(() -> {
            if (size == 1) {
                result.setSuccess(first);
                return;
            }
            int part = size / WIDTH;
            Sum sum = new Sum(result);
            for (int i = 0; i < WIDTH; i++) {
                Promise<Long> child = loop.newPromise();
                child.addListener(sum);
                netty(loop, first + (long) i * part, part, child);
            }
        });
    }

    private static final class Sum implements GenericFutureListener<Future<Long>> {
        private final Promise<Long> result;
        private int left = WIDTH;
        private long sum;

        Sum(Promise<Long> result) {
            this.result = result;
        }

        @Override
        public void operationComplete(Future<Long> child) {
            sum += child.getNow();
            if (--left == 0) {
                result.setSuccess(sum);
            }
        }
    }

    private static long vertx(int n) throws Exception {
        return VertxLoop.run((loop, result) -> vertx(loop, 0, n).onSuccess(result::complete));
    }

    private static io.vertx.core.Future<Long> vertx(Context loop, long first, int size) {
        io.vertx.core.Promise<Long> promise = io.vertx.core.Promise.promise();
        loop.runOnContext(ignored -> {
            if (size == 1) {
                promise.complete(first);
                return;
            }
            int part = size / WIDTH;
            List<io.vertx.core.Future<Long>> children = new ArrayList<>(WIDTH);
            for (int i = 0; i < WIDTH; i++) {
                children.add(vertx(loop, first + (long) i * part, part));
            }
            io.vertx.core.Future.all(children)
                    .<List<Long>>map(io.vertx.core.CompositeFuture::list)
                    .onSuccess(parts -> promise.complete(sum(parts)));
        });
        return promise.future();
    }

    private static long completableFuture(int n) throws Exception {
        Ring loop = new Ring();
        CompletableFuture<Long> sum = completableFuture(loop, 0, n);
        loop.run();
        return sum.get();
    }

    private static CompletableFuture<Long> completableFuture(Executor loop, long first, int size) {
        if (size == 1) {
            return CompletableFuture.supplyAsync(() -> first, loop);
        }
        return CompletableFuture.supplyAsync(
                        () -> {
                            int part = size / WIDTH;
                            List<CompletableFuture<Long>> children = new ArrayList<>(WIDTH);
                            for (int i = 0; i < WIDTH; i++) {
                                children.add(completableFuture(loop, first + (long) i * part, part));
                            }
                            return children;
                        },
                        loop)
                .thenCompose(children -> CompletableFuture.allOf(children.toArray(new CompletableFuture<?>[0]))
                        .thenApply(ignored -> sum(
                                children.stream().map(CompletableFuture::join).toList())));
    }
}
