package heddle.dsl;

import static heddle.dsl.Heddle.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A recipe is immutable: threads may run it, and go on from it, all at once. */
class ChainSharingTest {

    private static final int ROUNDS = 2_000;

    private static int run(Chain<Integer> recipe) throws Exception {
        return Heddle.run(recipe);
    }

    @Test
    void recipe_isRunAndProlongedByManyThreadsAtOnce() throws Exception {
        Chain<Integer>[] recipe = recipes();
        CyclicBarrier together = new CyclicBarrier(
                4, () -> recipe[0] = chain(1).then(v -> v + 1).then(v -> v * 10).named("r"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> sums = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                sums.add(threads.submit(sum(together, () -> run(recipe[0]))));
                sums.add(threads.submit(sum(
                        together, () -> run(recipe[0].then(v -> v + 1).then(v -> v + 1)))));
            }
            for (int i = 0; i < sums.size(); i++) {
                assertEquals(ROUNDS * (i % 2 == 0 ? 20 : 22), sums.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Chain<Integer>[] recipes() {
        return new Chain[1];
    }

    private static Callable<Integer> sum(CyclicBarrier together, Callable<Integer> each) {
        return () -> {
            int sum = 0;
            for (int i = 0; i < ROUNDS; i++) {
                together.await();
                sum += each.call();
            }
            return sum;
        };
    }
}
