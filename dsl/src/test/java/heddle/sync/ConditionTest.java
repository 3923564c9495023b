package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.sleep;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.Task;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private final Condition condition = new Condition();

    /** A task that waits with the lock, and notes when it has it again. */
    private Task<?> waiter(Tasks tasks, String name) {
        return tasks.body(
                () -> condition.run(() -> {
                    try {
                        await(condition.await());
                        tasks.note(name + " signalled");
                    } finally {
                        assertTrue(condition.locked(), "without the lock");
                    }
                }),
                name);
    }

    @Test
    void rule154_withoutTheLock_isRefused() throws Exception {
        Tasks.run(tasks -> {
            var wait = assertThrows(IllegalStateException.class, () -> await(condition.await()));
            assertTrue(wait.getMessage().startsWith("cannot wait on un-acquired lock"));
            var signal = assertThrows(IllegalStateException.class, condition::signal);
            assertTrue(signal.getMessage().startsWith("cannot notify on un-acquired lock"));
            assertThrows(IllegalStateException.class, condition::signalAll);
            assertThrows(IllegalStateException.class, () -> condition.signal(2));
            assertThrows(IllegalStateException.class, () -> await(condition.awaitUntil(() -> false)));
            assertEquals("Condition unlocked", condition.toString());
        });
    }

    @Test
    void await_releasesTheLock_andHasItAgainAfterTheSignal() throws Exception {
        Tasks.run(tasks -> {
            waiter(tasks, "a");
            turns(1);
            assertFalse(condition.locked());
            assertEquals("Condition unlocked, 1 waiting", condition.toString());
            condition.run(() -> {
                condition.signal();
                await(sleep(1));
                assertEquals(List.of(), tasks.taken());
                assertEquals("Condition locked", condition.toString());
            });
            turns(2);
            assertEquals(List.of("a signalled"), tasks.taken());
            assertFalse(condition.locked());
        });
    }

    @Test
    void signal_n_wakesThatManyInOrder() throws Exception {
        Tasks.run(tasks -> {
            for (String name : List.of("a", "b", "c", "d", "e")) {
                waiter(tasks, name);
            }
            turns(1);
            condition.run(() -> condition.signal(0));
            condition.run(() -> condition.signal(-3));
            turns(9);
            assertEquals(List.of(), tasks.taken());
            condition.run(() -> condition.signal());
            turns(9);
            assertEquals(List.of("a signalled"), tasks.taken());
            condition.run(() -> {
                condition.signal();
                condition.signal();
            });
            turns(9);
            assertEquals(List.of("b signalled", "c signalled"), tasks.taken());
            condition.run(condition::signalAll);
            turns(9);
            assertEquals(List.of("d signalled", "e signalled"), tasks.taken());
            condition.run(() -> condition.signal(99));
        });
    }

    @Test
    void rule154_cancelledWhileWaiting_hasTheLockAgainFirst() throws Exception {
        Tasks.run(tasks -> {
            var a = waiter(tasks, "a");
            turns(1);
            await(condition.acquire());
            a.cancel("stop");
            turns(5);
            assertFalse(a.done(), "it has to wait for the lock");
            assertEquals("a waiting on Lock.acquire", a.toString());
            condition.release();
            turns(2);
            assertEquals(List.of("a cancelled stop"), tasks.taken());
            assertFalse(condition.locked());
        });
    }

    @Test
    void rule154_cancelledAgainWhileWaitingForTheLock_stillTakesIt_lastOneWins() throws Exception {
        Tasks.run(tasks -> {
            var a = waiter(tasks, "a");
            turns(1);
            await(condition.acquire());
            a.cancel("one");
            turns(2);
            a.cancel("two");
            turns(2);
            a.cancel("three");
            turns(2);
            assertFalse(a.done());
            condition.release();
            turns(2);
            assertEquals(List.of("a cancelled three"), tasks.taken());
            assertEquals(3, a.cancelling());
            assertFalse(condition.locked());
        });
    }

    @Test
    void rule154_signalledThenCancelledWhileWaitingForTheLock_isCancelledWithIt() throws Exception {
        Tasks.run(tasks -> {
            var a = waiter(tasks, "a");
            turns(1);
            await(condition.acquire());
            condition.signal();
            turns(2);
            a.cancel("late");
            turns(2);
            assertFalse(a.done());
            condition.release();
            turns(2);
            assertEquals(List.of("a cancelled late"), tasks.taken());
        });
    }

    @Test
    void rule155_signalledThenCancelled_passesTheSignalOn() throws Exception {
        Tasks.run(tasks -> {
            var a = waiter(tasks, "a");
            waiter(tasks, "b");
            turns(1);
            condition.run(() -> {
                condition.signal();
                a.cancel();
            });
            turns(9);
            assertEquals(List.of("a cancelled", "b signalled"), tasks.taken());
        });
    }

    @Test
    void rule155_cancelledInTheLockLineAfterTheSignal_passesTheSignalOn() throws Exception {
        Tasks.run(tasks -> {
            var a = waiter(tasks, "a");
            waiter(tasks, "b");
            turns(1);
            condition.run(() -> {
                condition.signal();
                turns(1);
                a.cancel();
                turns(1);
            });
            turns(9);
            assertEquals(List.of("a cancelled", "b signalled"), tasks.taken());
            assertEquals("Condition unlocked", condition.toString());
        });
    }

    @Test
    void await_cancelledUnsignalled_wakesAnotherInVainAsAsyncioDoes() throws Exception {
        Tasks.run(tasks -> {
            var a = waiter(tasks, "a");
            waiter(tasks, "b");
            turns(1);
            a.cancel();
            turns(9);
            assertEquals(List.of("a cancelled", "b signalled"), tasks.taken());
        });
    }

    @Test
    void awaitUntil_holds_costsNothing() throws Exception {
        Tasks.run(tasks -> {
            await(condition.acquire());
            assertEquals(0, tasks.costOf(condition.awaitUntil(() -> true)));
            assertTrue(condition.locked());
        });
    }

    @Test
    void awaitUntil_looksAgainAfterEachSignal_withTheLock() throws Exception {
        Tasks.run(tasks -> {
            int[] value = {0};
            tasks.body(
                    () -> condition.run(() -> {
                        await(condition.awaitUntil(() -> {
                            assertTrue(condition.locked());
                            tasks.note("looks at " + value[0]);
                            return value[0] == 2;
                        }));
                        tasks.note("sees " + value[0]);
                    }),
                    "a");
            turns(1);
            for (int i = 1; i <= 2; i++) {
                condition.run(() -> {
                    value[0]++;
                    condition.signal();
                });
                turns(2);
            }
            assertEquals(List.of("looks at 0", "looks at 1", "looks at 2", "sees 2"), tasks.taken());
            assertFalse(condition.locked());
        });
    }

    @Test
    void awaitUntil_predicateThrowsOrGivesNull_failsWithTheLockHeld() throws Exception {
        Tasks.run(tasks -> {
            await(condition.acquire());
            assertThrows(
                    IOException.class,
                    () -> await(condition.awaitUntil(() -> {
                        throw new IOException();
                    })));
            var missing = assertThrows(NullPointerException.class, () -> await(condition.awaitUntil(() -> null)));
            assertTrue(missing.getMessage().contains("predicate"));
            assertTrue(condition.locked());
        });
    }

    @Test
    void awaitUntil_cancelled_hasTheLock() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.body(() -> condition.run(() -> await(condition.awaitUntil(() -> false))), "a");
            turns(1);
            assertEquals("a waiting on Condition.awaitUntil", a.toString());
            a.cancel();
            turns(2);
            assertTrue(a.cancelled());
            assertFalse(condition.locked());
        });
    }

    @Test
    void lock_shared_isOneForSeveralConditions() throws Exception {
        Tasks.run(tasks -> {
            var lock = new Lock();
            var full = new Condition(lock);
            var empty = new Condition(lock);
            tasks.body(
                    () -> full.run(() -> {
                        await(full.await());
                        tasks.note("full");
                    }),
                    "a");
            tasks.body(
                    () -> lock.run(() -> {
                        await(empty.await());
                        tasks.note("empty");
                    }),
                    "b");
            turns(1);
            await(lock.acquire());
            assertTrue(full.locked() && empty.locked());
            empty.signal();
            full.release();
            turns(3);
            assertEquals(List.of("empty"), tasks.taken());
        });
    }

    @Test
    void run_andAround_holdTheLock() throws Exception {
        Tasks.run(tasks -> {
            assertEquals(1, condition.run(() -> condition.locked() ? 1 : 0));
            assertEquals(true, await(condition.around(chain(0).then(() -> condition.locked()))));
            assertFalse(condition.locked());
        });
    }

    @Test
    void cancelledTwice_theEarlierErrorIsSuppressedInTheLater() throws Exception {
        Tasks.run(tasks -> {
            Throwable[] seen = new Throwable[1];
            var a = tasks.body(
                    () -> condition.run(() -> {
                        try {
                            await(condition.await());
                        } catch (CancelledError e) {
                            seen[0] = e;
                            throw e;
                        }
                    }),
                    "a");
            turns(1);
            await(condition.acquire());
            a.cancel("one");
            turns(1);
            a.cancel("two");
            turns(1);
            condition.release();
            turns(2);
            assertEquals("two", seen[0].getMessage());
            assertSame(1, seen[0].getSuppressed().length);
            assertEquals("one", seen[0].getSuppressed()[0].getMessage());
        });
    }
}
