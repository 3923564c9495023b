package heddle.dsl;

import static heddle.dsl.Heddle.asCompleted;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Future;
import heddle.api.Task;
import heddle.sync.Queue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** asyncio-rules 112, 113 and 57 for as_completed. */
class AsCompletedTest {

    private final List<Object> seen = new ArrayList<>();

    @Test
    void rule112_values_comeInTheOrderOfCompletion() throws Exception {
        run(
                () -> {
                    for (var next : asCompleted(sleep(3, "c"), sleep(1, "a"), sleep(2, "b"))) {
                        seen.add(await(next));
                        seen.add(Turns.now());
                    }
                    assertEquals(List.of("a", 1.0, "b", 2.0, "c", 3.0), seen);
                },
                Turns.virtual());
    }

    @Test
    void recipe_runsAsOftenAsItIsGiven_futureOnce() throws Exception {
        run(
                () -> {
                    Queue<String> queue = new Queue<>();
                    queue.putNowait("a");
                    queue.putNowait("b");
                    Task<String> task = createTask(sleep(1, "c"));
                    for (var next : asCompleted(List.of(queue.get(), task, queue.get(), task))) {
                        seen.add(await(next));
                    }
                    assertEquals(List.of("a", "b", "c"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule112_failure_isThrownInItsTurn() throws Exception {
        run(
                () -> {
                    Chain<String> failing = sleep(1).then(() -> {
                        throw new IOException("b");
                    });
                    for (var next : asCompleted(sleep(2, "a"), failing)) {
                        try {
                            seen.add(await(next));
                        } catch (IOException e) {
                            seen.add("! " + e.getMessage());
                        }
                    }
                    assertEquals(List.of("! b", "a"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule112_deadline_failsEveryTurnThatIsLeft_andCancelsNothing() throws Exception {
        run(
                () -> {
                    Task<String> b = createTask(sleep(3, "b"));
                    Task<String> c = createTask(sleep(4, "c"));
                    for (var next : asCompleted(List.of(sleep(1, "a"), b, c), 2)) {
                        try {
                            seen.add(await(next));
                        } catch (TimeoutException e) {
                            seen.add(e.getMessage());
                        }
                    }
                    assertEquals(List.of("a", "timed out after 2s", "timed out after 2s"), seen);
                    assertEquals(2, Turns.now());
                    assertEquals(List.of("b", "c"), await(gather(b, c)));
                },
                Turns.virtual());
    }

    @Test
    void rule112_leavingEarly_cancelsNothing() throws Exception {
        run(
                () -> {
                    Task<String> b = createTask(sleep(3, "b"));
                    for (var next : asCompleted(sleep(1, "a"), b)) {
                        seen.add(await(next));
                        break;
                    }
                    assertFalse(b.done());
                    assertEquals("b", await(b));
                },
                Turns.virtual());
    }

    @Test
    void rule113_asynchronousIteration_givesTheFuturesThatWereGiven() throws Exception {
        run(
                () -> {
                    Task<String> b = createTask(sleep(2, "b"));
                    ChainFuture<List<String>> a = gather(sleep(1, "a"));
                    AsCompleted<Object> all = asCompleted(b, a);
                    assertSame(a, await(all.next()));
                    assertSame(b, await(all.next()));
                    assertThrows(StopAsyncIteration.class, () -> await(all.next()));
                },
                Turns.virtual());
    }

    @Test
    void rule113_coroutineObjects_giveTheirTasks() throws Exception {
        run(
                () -> {
                    Future<String> first =
                            await(asCompleted(sleep(2, "b"), sleep(1, "a")).next());
                    assertEquals("a", first.result());
                    assertEquals("Task-3", ((Task<?>) first).name());
                },
                Turns.virtual());
    }

    @Test
    void rule57_firstItemCosts3Turns_thoseDoneAlreadyNone() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    turns.mark();
                    var items =
                            asCompleted(Heddle.chain("a"), Heddle.chain("b")).iterator();
                    assertEquals("a", await(items.next()));
                    assertEquals(3, turns.sinceMark());
                    turns.mark();
                    assertEquals("b", await(items.next()));
                    assertEquals(0, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void cancelledWaiter_leavesItsItemToTheNext() throws Exception {
        run(
                () -> {
                    var items = asCompleted(sleep(1, "a"), sleep(2, "b")).iterator();
                    Task<String> one = createTask(items.next());
                    Task<String> other = createTask(items.next());
                    await(sleep(1));
                    one.cancel(); // woken by "a" in this very turn
                    assertThrows(CancelledError.class, () -> await(one));
                    assertEquals("a", await(other));
                    assertEquals(1, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void nothing_isNoTurns() throws Exception {
        run(
                () -> {
                    var none = asCompleted(List.<Awaitable<String>>of(), 1);
                    assertFalse(none.iterator().hasNext());
                    assertThrows(
                            NoSuchElementException.class, () -> none.iterator().next());
                    assertThrows(StopAsyncIteration.class, () -> await(none.next()));
                },
                Turns.virtual());
    }

    @Test
    void nullAndNaN_areRefusedAtTheCall() {
        assertThrows(NullPointerException.class, () -> asCompleted((Iterable<Awaitable<String>>) null));
        assertThrows(IllegalArgumentException.class, () -> asCompleted(List.of(sleep(1)), Double.NaN));
        assertThrows(IllegalStateException.class, () -> asCompleted(sleep(1)), "no loop here");
    }
}
