package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.DeadlockError;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cancel goes along tasks that wait for each other, where the stack doesn't suffice, or there is no end. */
class CancelDepthTest {

    private final List<Object> seen = new ArrayList<>();

    @Test
    void cancel_passesThroughARowOfAnyLength() throws Exception {
        run(() -> {
            Task<?> first = createTask(sleep(1000));
            Task<?> last = first;
            for (int i = 0; i < 20_000; i++) {
                last = createTask(chain(last));
            }
            await(sleep(0));
            await(sleep(0));
            assertTrue(last.cancel("all of you"));
            Task<?> waiting = last;
            assertEquals(
                    "all of you",
                    assertThrows(CancelledError.class, () -> await(waiting)).getMessage());
            assertTrue(first.cancelled());
            assertEquals(1, first.cancelling());
        });
    }

    @Test
    void cancel_inACircle_isThrownInTheTaskItself() throws Exception {
        run(() -> {
            List<Task<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int next = (i + 1) % 3;
                tasks.add(createTask(chain(0).await(x -> tasks.get(next))));
            }
            await(sleep(0));
            assertTrue(tasks.get(1).cancel("out"));
            for (Task<?> task : tasks) {
                assertThrows(CancelledError.class, () -> await(task));
            }
            assertEquals(0, tasks.get(0).cancelling());
            assertEquals(1, tasks.get(1).cancelling());
        });
    }

    @Test
    void deadlockedCircle_runsItsFinallyBlocks() {
        DeadlockError error = assertThrows(
                DeadlockError.class,
                () -> run(
                        () -> {
                            Task<?>[] tasks = new Task<?>[2];
                            for (int i = 0; i < 2; i++) {
                                int me = i;
                                tasks[i] = createTask(async(() -> {
                                    try {
                                        await(tasks[1 - me]);
                                    } finally {
                                        await(sleep(1));
                                        seen.add(me);
                                    }
                                }));
                            }
                            await(tasks[0]);
                        },
                        EngineOptions.DEFAULT.withVirtualTime()));
        assertEquals(0, error.getSuppressed().length);
        assertEquals(List.of(0, 1), seen);
    }
}
