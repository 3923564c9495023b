package heddle.bench;

import static heddle.dsl.Heddle.chain;

import heddle.api.Awaitable;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.ThrowingFunction;
import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The same operations at a thousand and at a million, each beside a floor: as many objects, as large as ours, read and
 * written in the same turns, and nothing done. What grows there as well is the machine's memory, the rest an algorithm of ours.
 */
final class Growth {

    static final String PREFIX = "grow-";
    static final String HEDDLE = "heddle";
    static final String FLOOR = "floor-walk";
    static final int FEW = 1_000;
    static final int MANY = 1_000_000;
    /** How much more Heddle may grow than the floor. */
    static final double MUST = 2.0;

    private static final int TINY = 100;
    private static final int YIELDS = 20_000_000;
    private static final int HANDED_OVER = 2_000_000;

    private Growth() {}

    /** The operations, by the beginnings of their workloads' names. */
    static List<String> operations() {
        return List.of("grow-yield-", "grow-spawn-", "grow-timers-", "grow-queue-", "grow-gather-");
    }

    static List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        for (int tasks : new int[] {FEW, MANY}) {
            int pairs = tasks / 2;
            all.add(new Workload(
                            "grow-yield-" + tasks,
                            "sleep(0) among " + tasks + " tasks, once they are made",
                            Kind.LARGE,
                            YIELDS,
                            TINY,
                            n -> n)
                    .by(HEDDLE, n -> Yield.prepared(Math.min(tasks, n), n))
                    .by(FLOOR, n -> Walk.yields(Math.min(tasks, n), n)));
            all.add(batches("grow-spawn-", "create and gather " + tasks + " tasks", tasks, Spawn::sum)
                    .by(HEDDLE, n -> new Batches(tasks, n, Spawn::gathered).run())
                    .by(FLOOR, n -> repeat(tasks, n, Floors::spawn)));
            all.add(batches(
                            "grow-timers-",
                            "schedule " + tasks + " timers, cancel 90 %, the rest fire",
                            tasks,
                            n -> n / 10)
                    .by(HEDDLE, n -> new Batches(tasks, n, Timers::crowd).run())
                    .by(FLOOR, n -> repeat(tasks, n, Floors::timers)));
            all.add(new Workload(
                            "grow-queue-" + tasks,
                            "an item through one of " + pairs
                                    + " queues, each from one task to another, once they are made",
                            Kind.LARGE,
                            HANDED_OVER,
                            TINY,
                            n -> n)
                    .by(HEDDLE, n -> HandOver.pairs(Math.min(pairs, n), n))
                    .by(FLOOR, n -> Walk.pairs(Math.min(pairs, n), n)));
            all.add(batches("grow-gather-", "gather " + tasks + " futures", tasks, n -> n)
                    .by(HEDDLE, n -> new Batches(tasks, n, Growth::gathered).run())
                    .by(FLOOR, n -> repeat(tasks, n, Floors::gather)));
        }
        return all;
    }

    private static Workload batches(String name, String operation, int tasks, IntToLongFunction expected) {
        return new Workload(
                name + tasks,
                operation,
                Kind.LARGE,
                MANY,
                TINY,
                n -> Math.max(1, n / tasks) * expected.applyAsLong(Math.min(tasks, n)));
    }

    private static long repeat(int tasks, int n, Workload.Program program) throws Exception {
        long sum = 0;
        for (int left = n; left > 0; left -= tasks) {
            sum += program.run(Math.min(tasks, left));
        }
        return sum;
    }

    /** A million operations in batches of so many, one after the other, in one loop. */
    private static final class Batches {
        private final int tasks;
        private final ThrowingFunction<Integer, Awaitable<Long>> batch;
        private int left;
        private long sum;

        Batches(int tasks, int n, ThrowingFunction<Integer, Awaitable<Long>> batch) {
            this.tasks = tasks;
            this.left = n;
            this.batch = batch;
        }

        long run() throws Exception {
            return heddle.dsl.Heddle.run(next());
        }

        private Chain<Long> next() {
            if (left <= 0) {
                return chain(sum);
            }
            int n = Math.min(tasks, left);
            left -= n;
            return chain(n).await(batch).tap(got -> sum += got).await(this::next);
        }
    }

    private static Chain<Long> gathered(int n) {
        return chain(n).gather(count -> {
                    EventLoop loop = EventLoop.running();
                    List<Promise<Integer>> futures = new ArrayList<>(count);
                    for (int i = 0; i < count; i++) {
                        futures.add(loop.createFuture());
                    }
                    loop.callSoon(() -> futures.forEach(each -> each.setResult(1)));
                    return futures;
                })
                .then(all -> (long) all.size());
    }
}
