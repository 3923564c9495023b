package heddle.bench;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;

import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tasks that all sleep at the same time: what one takes in memory. */
final class Sleepers {

    private static final String HEAP = "-Xmx4g";

    private Sleepers() {}

    static Workload workload() {
        return new Workload("sleepers", "a million tasks asleep at once", Kind.MEMORY, 1_000_000, 1, n -> n)
                .by("heddle", Sleepers::heddle, HEAP)
                .by("netty", Sleepers::netty, HEAP)
                .by("vertx", Sleepers::vertx, HEAP)
                .by("completable-future", Sleepers::completableFuture, HEAP)
                .must("heddle", 1.0, "vertx")
                .aim("heddle", 1.0, "netty");
    }

    /** Long enough for all of them to lie down before the first gets up. */
    private static long millis(int n) {
        return 1 + n / 200L;
    }

    private static long heddle(int n) throws Exception {
        return run(chain(n).gather(Sleepers::recipes).then(List::size));
    }

    private static List<Chain<Integer>> recipes(int n) {
        List<Chain<Integer>> recipes = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            recipes.add(sleep(millis(n) / 1e3, 1));
        }
        return recipes;
    }

    private static long netty(int n) throws Exception {
        return NettyLoop.run((loop, result) -> {
            int[] left = {n};
            for (int i = 0; i < n; i++) {
                io.netty.util.concurrent.Promise<Integer> sleep = loop.newPromise();
                loop.schedule(() -> sleep.setSuccess(1), millis(n), TimeUnit.MILLISECONDS);
                sleep.addListener(done -> {
                    if (--left[0] == 0) {
                        result.setSuccess((long) n);
                    }
                });
            }
        });
    }

    private static long vertx(int n) throws Exception {
        return VertxLoop.run((loop, result) -> {
            List<io.vertx.core.Future<Integer>> all = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                io.vertx.core.Promise<Integer> sleep = io.vertx.core.Promise.promise();
                loop.owner().setTimer(millis(n), ignored -> sleep.complete(1));
                all.add(sleep.future());
            }
            io.vertx.core.Future.all(all).onSuccess(done -> result.complete((long) done.size()));
        });
    }

    private static long completableFuture(int n) throws Exception {
        List<CompletableFuture<Integer>> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(new CompletableFuture<Integer>().completeOnTimeout(1, millis(n), TimeUnit.MILLISECONDS));
        }
        CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).get();
        return all.size();
    }
}
