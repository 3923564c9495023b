package heddle.bench;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;

import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.bench.Workload.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** The same operations at a thousand and at a million: what grows is the machine's memory, or an algorithm. */
final class Growth {

    static final int FEW = 1_000;
    static final int MANY = 1_000_000;

    private static final int TINY = 100;
    private static final int OPERATIONS = 10_000_000;
    private static final int HANDED_OVER = 2_000_000;

    private Growth() {}

    static List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        for (int tasks : new int[] {FEW, MANY}) {
            all.add(new Workload(
                            "grow-yield-" + tasks,
                            "sleep(0) among " + tasks + " tasks",
                            Kind.LARGE,
                            OPERATIONS,
                            TINY,
                            n -> n)
                    .by("heddle", n -> Yield.heddle(Math.min(tasks, n), n))
                    .by("floor-walk", n -> walk(Math.min(tasks, n), n)));
            all.add(repeated("grow-spawn-", "create and gather " + tasks + " tasks", tasks, Spawn::sum)
                    .by("heddle", n -> repeat(tasks, n, Spawn::heddle)));
            all.add(repeated(
                            "grow-timers-",
                            "schedule " + tasks + " timers, cancel 90 %, the rest fire",
                            tasks,
                            n -> n / 10)
                    .by("heddle", n -> repeat(tasks, n, Timers::heddle)));
            int pairs = tasks / 2;
            all.add(new Workload(
                            "grow-queue-" + tasks,
                            "an item through one of " + pairs + " queues, each from one task to another",
                            Kind.LARGE,
                            HANDED_OVER,
                            TINY,
                            n -> n)
                    .by("heddle", n -> HandOver.pairs(Math.min(pairs, n), n)));
            all.add(repeated("grow-gather-", "gather " + tasks + " futures", tasks, n -> n)
                    .by("heddle", n -> repeat(tasks, n, Growth::gather)));
        }
        return all;
    }

    private static Workload repeated(String name, String operation, int tasks, IntToLongFunction expected) {
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

    private static long gather(int n) throws Exception {
        return run(chain(n).gather(count -> {
                    EventLoop loop = EventLoop.running();
                    List<Promise<Integer>> futures = new ArrayList<>(count);
                    for (int i = 0; i < count; i++) {
                        futures.add(loop.createFuture());
                    }
                    loop.callSoon(() -> futures.forEach(each -> each.setResult(1)));
                    return futures;
                })
                .then(List::size));
    }

    /** As large as all that a task has, walked in the order in which they lie in memory; each turn touches all cache lines. */
    private static final class Walker implements Runnable {
        private final Ring loop;
        private final long[] fields = new long[20];
        private int left;

        Walker(Ring loop, int turns) {
            this.loop = loop;
            this.left = turns;
        }

        @Override
        public void run() {
            fields[0]++;
            fields[8]++;
            fields[16]++;
            if (--left > 0) {
                loop.execute(this);
            }
        }

        long done() {
            return fields[16];
        }
    }

    private static long walk(int tasks, int n) {
        Ring loop = new Ring();
        Walker[] all = new Walker[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = new Walker(loop, n / tasks);
            loop.execute(all[i]);
        }
        loop.run();
        long done = 0;
        for (Walker each : all) {
            done += each.done();
        }
        return done;
    }
}
