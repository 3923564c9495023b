package heddle.bench;

import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;

import heddle.bench.Workload.Kind;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A loop that is opened, runs one little coroutine, and is closed: what a test or a line at the prompt does. */
final class Runs {

    private Runs() {}

    static Workload workload() {
        return new Workload(
                        "run", "a loop that is opened, runs a sleep(0), and is closed", Kind.SMALL, 1_000, 1, n -> n)
                .by("heddle", Runs::heddle)
                .by("heddle-continuation", Runs::heddle, Continuation.FLAG)
                .by("netty", Runs::netty)
                .by("executor", Runs::executor);
    }

    private static long heddle(int n) throws Exception {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += run(sleep(0, 1));
        }
        return sum;
    }

    private static long netty(int n) throws Exception {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += StartUp.netty();
        }
        return sum;
    }

    /** An executor of one thread, which has no coroutine and no loop. */
    private static long executor(int n) throws Exception {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            ExecutorService executor = Executors.newSingleThreadExecutor();
            sum += executor.submit(() -> 1).get();
            executor.shutdown();
            if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the executor doesn't end");
            }
        }
        return sum;
    }
}
