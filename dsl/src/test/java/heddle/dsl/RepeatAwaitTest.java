package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.QueueShutDown;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.sync.Queue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Loops around one wait, which go round without the interpreter as long as nothing has to be waited for. */
class RepeatAwaitTest {

    private final List<Object> seen = new ArrayList<>();

    private static Queue<Integer> queueOf(int... items) {
        Queue<Integer> queue = new Queue<>();
        for (int item : items) {
            queue.putNowait(item);
        }
        return queue;
    }

    private static Suspension step(Coroutine<?> run) {
        try {
            return run.step();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private boolean seeUpTo(int item, int last) {
        seen.add(item);
        return item < last;
    }

    @Test
    void awaitable_function_andFunctionOfAValue_areAskedInEachRound() throws Exception {
        run(() -> {
            Queue<Integer> queue = queueOf(1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertEquals(3, await(queue.get().repeatWhile(item -> seeUpTo(item, 3))));
            assertEquals(6, await(chain(0).await(queue::get).repeatWhile(item -> seeUpTo(item, 6))));
            assertEquals(9, await(chain(queue).await(Queue::get).repeatWhile(item -> seeUpTo(item, 9))));
            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), seen);
        });
    }

    @Test
    void doesntPause_asLongAsThereAreItems_thenWaits() throws Exception {
        run(() -> {
            Queue<Integer> queue = queueOf(1, 2, 3);
            Coroutine<Integer> run =
                    queue.get().repeatWhile(item -> seeUpTo(item, 4)).coroutine();
            assertTrue(step(run) instanceof Future<?>);
            assertEquals(List.of(1, 2, 3), seen);
            queue.putNowait(4);
            assertSame(Pause.FINISHED, step(run));
            assertEquals(4, run.result());
        });
    }

    @Test
    void producerAndConsumer_ofALittleQueue_takeTurns() throws Exception {
        run(() -> {
            Queue<Integer> queue = new Queue<>(2);
            int[] sent = {0};
            Chain<?> producer = chain(0).await(() -> queue.put(sent[0]++)).repeatWhile(v -> sent[0] < 100);
            Chain<?> consumer = queue.get().repeatWhile(item -> seeUpTo(item, 99));
            await(chain(0).gather(v -> List.of(producer, consumer)));
            for (int i = 0; i < 100; i++) {
                assertEquals(i, seen.get(i));
            }
        });
    }

    @Test
    void whatOneRoundAwaits_mayBeOfAnyKind() throws Exception {
        run(() -> {
            Queue<Integer> queue = queueOf(1);
            List<Callable<Awaitable<Integer>>> kinds = List.of(
                    queue::get,
                    () -> chain(2),
                    () -> chain(1).then(v -> v + 2),
                    () -> sleep(0, 4),
                    () -> createTask(sleep(0, 5)),
                    () -> async(() -> {
                        await(sleep(0));
                        return 6;
                    }),
                    () -> () -> chain(7).coroutine());
            int[] next = {0};
            int last = await(chain(0).await(() -> kinds.get(next[0]++).call()).repeatWhile(v -> seeUpTo(v, 7)));
            assertEquals(7, last);
            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), seen);
        });
    }

    @Test
    void null_isAnItem_butNothingToAwait() throws Exception {
        run(() -> {
            Queue<String> queue = new Queue<>();
            queue.putNowait("a");
            queue.putNowait(null);
            assertNull(await(queue.get().repeatWhile(item -> item != null)));
            int[] round = {0};
            NullPointerException e = assertThrows(
                    NullPointerException.class,
                    () -> await(chain(0).await(() -> round[0]++ == 0 ? chain(0) : null)
                            .repeatWhile(v -> true)));
            assertEquals("the function given to await returned null: return what to wait for", e.getMessage());
        });
    }

    @Test
    void errors_ofPredicate_function_andWait_goToThoseBelow() throws Exception {
        run(() -> {
            Queue<Integer> queue = queueOf(1, 2);
            assertEquals(
                    -1,
                    await(queue.get()
                            .repeatWhile(item -> {
                                seen.add(item);
                                if (item == 2) {
                                    throw new IOException("predicate");
                                }
                                return true;
                            })
                            .recover(IOException.class, e -> -1)));
            int[] round = {0};
            assertEquals(
                    -2,
                    await(chain(0).await(() -> {
                                if (round[0]++ == 1) {
                                    throw new IOException("function");
                                }
                                return chain(0);
                            })
                            .repeatWhile(v -> true)
                            .recover(IOException.class, e -> -2)));
            queue.putNowait(3);
            queue.shutdown();
            assertEquals(
                    -3, await(queue.get().repeatWhile(item -> seen.add(item)).recover(QueueShutDown.class, e -> -3)));
            assertEquals(List.of(1, 2, 3), seen);
        });
    }

    private static Integer tenfold(int item) {
        return item * 10;
    }

    @Test
    void goesOnBehindTheLoop_andIsAStepAmongOthers() throws Exception {
        run(() -> {
            Queue<Integer> queue = queueOf(1, 2, 3, 4, 5, 6);
            Chain<Integer> loop = queue.get().repeatWhile(item -> item % 2 != 0);
            assertEquals(20, await(loop.then(RepeatAwaitTest::tenfold))); // the loop is run,
            assertEquals(40, await(loop.tap(seen::add).then(RepeatAwaitTest::tenfold))); // and prolonged once more
            assertEquals(6, await(chain(0).await(loop)));
            assertEquals(List.of(4), seen);
        });
    }

    @Test
    void stack_saysWhichStepItIsIn() throws Exception {
        run(() -> {
            Queue<Integer> queue = queueOf(1);
            Coroutine<Integer> run =
                    queue.get().repeatWhile(item -> true).then(item -> item).coroutine();
            step(run);
            List<StackTraceElement> stack = run.stack();
            assertEquals("await", stack.get(stack.size() - 1).getMethodName());
            run.close();
        });
    }

    @Test
    void cancel_endsItWhereItWaits_andLosesNoItem() throws Exception {
        run(() -> {
            Queue<Integer> queue = queueOf(1, 2);
            Task<Integer> task = createTask(queue.get().repeatWhile(item -> seeUpTo(item, 9)));
            await(sleep(0));
            assertTrue(task.cancel());
            assertThrows(CancelledError.class, () -> await(task));
            queue.putNowait(3);
            assertEquals(3, await(queue.get()));
            assertEquals(List.of(1, 2), seen);
        });
    }
}
