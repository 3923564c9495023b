package heddle.dsl;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.both;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.gatherReturningExceptions;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The future that gather returns, beside what {@link GatherRulesTest} says of it. */
class GatherTest {

    private final List<Object> seen = new ArrayList<>();

    private static <T> Promise<T> future() {
        return EventLoop.running().createFuture();
    }

    // ---- results

    @Test
    void ofNothing_isDoneAtOnce() throws Exception {
        run(() -> {
            Future<List<Object>> none = gather(List.of());
            assertTrue(none.done());
            assertEquals(List.of(), none.result());
            assertEquals(List.of(), await(gather()));
        });
    }

    @Test
    void ofDoneFutures_isDoneAtOnce() throws Exception {
        run(() -> {
            Promise<Integer> a = future();
            a.setResult(1);
            Promise<Integer> b = future();
            b.setResult(2);
            assertEquals(List.of(1, 2), gather(a, b).result());
            Promise<Integer> c = future();
            c.setException(new IOException());
            assertTrue(gather(a, c).exception() instanceof IOException);
            assertFalse(gather(a, future()).done());
        });
    }

    @Test
    void tasks_areMadeAtTheCallInOrder() throws Exception {
        run(() -> {
            Future<?> all = gather(chain(1), chain(2), chain(3));
            assertEquals(
                    List.of("Task-1", "Task-2", "Task-3", "Task-4"),
                    EventLoop.running().allTasks().stream().map(Task::name).toList());
            await(all);
        });
    }

    @Test
    void aFutureGivenTwice_countsOnce() throws Exception {
        run(() -> {
            Promise<Integer> f = future();
            Future<List<Integer>> all = gather(f, f, gather(f).then(l -> l.get(0)));
            f.setResult(7);
            assertEquals(List.of(7, 7, 7), await(all));
        });
    }

    @Test
    void aCoroutineObjectGivenTwice_runsTwice() throws Exception {
        run(() -> {
            Chain<Integer> one = chain(1).tap(seen::add);
            assertEquals(List.of(1, 1), await(gather(one, one)));
        });
        assertEquals(List.of(1, 1), seen);
    }

    @Test
    void both_givesAPair() throws Exception {
        Pair<Integer, String> pair = run(() -> await(both(chain(1), sleep(0, "a"))));
        assertEquals(new Pair<>(1, "a"), pair);
    }

    @Test
    void verb_isLazy() throws Exception {
        Chain<List<Integer>> recipe = chain(2).gather(n -> List.of(chain(n).tap(seen::add), chain(n + 1)));
        assertEquals(List.of(), seen);
        assertEquals(List.of(2, 3), run(recipe));
        assertEquals(List.of(2, 3), run(recipe));
        assertEquals(List.of(2, 2), seen);
    }

    @Test
    void future_hasTheVerbsOfAChain() throws Exception {
        run(() -> {
            var all = gather(chain(1), chain(2));
            assertEquals("gather of 2 pending", all.toString());
            int sum = await(all.then(list -> list.get(0) + list.get(1)));
            assertEquals(3, sum);
            assertEquals("[1, 2]", await(all.then(Object::toString)));
        });
    }

    @Test
    void doneCallbacks_getTheFutureThatTheyWereAddedTo() throws Exception {
        run(() -> {
            ChainFuture<List<Integer>> all = gather(chain(1));
            heddle.api.ThrowingConsumer<Future<List<Integer>>> callback = seen::add;
            all.addDoneCallback(callback);
            all.addDoneCallback(callback);
            assertEquals(2, all.removeDoneCallback(callback));
            all.addDoneCallback(callback);
            await(all);
            await(sleep(0));
            assertEquals(1, seen.size());
            assertSame(all, seen.get(0));
        });
    }

    // ---- cancellation

    @Test
    void cancel_reachesEachMember_andTheFirstToEndEndsTheWait() throws Exception {
        run(() -> {
            Future<?> all = gather(sleep(100), slowToEnd());
            await(sleep(0));
            assertTrue(all.cancel("stop"));
            assertFalse(all.done());
            assertEquals(
                    "stop", assertThrows(CancelledError.class, () -> await(all)).getMessage());
            assertEquals(List.of(), seen);
        });
        assertEquals(List.of("ended"), seen);
    }

    @Test
    void cancel_withReturnedExceptions_waitsForAll() throws Exception {
        run(() -> {
            Future<?> all = gatherReturningExceptions(List.of(sleep(100), slowToEnd()));
            await(sleep(0));
            assertTrue(all.cancel("stop"));
            assertThrows(CancelledError.class, () -> await(all));
            assertEquals(List.of("ended"), seen);
        });
    }

    private Chain<Object> slowToEnd() {
        return sleep(100)
                .<Object>then(x -> x)
                .eventually(() -> sleep(0).await(sleep(0)).tap(x -> seen.add("ended")));
    }
}
