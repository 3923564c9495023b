package heddle.sync;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.sleep;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockTest {

    private final Lock lock = new Lock();

    @Test
    void acquire_free_takesItAndGivesNull() throws Exception {
        Tasks.run(tasks -> {
            assertFalse(lock.locked());
            assertNull(await(lock.acquire()));
            assertTrue(lock.locked());
            lock.release();
            assertFalse(lock.locked());
        });
    }

    @Test
    void acquire_recipe_doesNothingUntilAwaitedAndMayBeUsedAgain() throws Exception {
        Tasks.run(tasks -> {
            var acquire = lock.acquire();
            assertFalse(lock.locked());
            await(acquire);
            lock.release();
            await(acquire);
            assertTrue(lock.locked());
        });
    }

    @Test
    void rule149_waiters_getItInTheOrderOfAsking() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            for (String name : List.of("a", "b", "c")) {
                tasks.waiter(name, lock.acquire());
            }
            turns(2);
            assertEquals(List.of(), tasks.taken());
            for (String name : List.of("a", "b", "c")) {
                lock.release();
                turns(2);
                assertEquals(List.of(name + " = null"), tasks.taken());
                assertTrue(lock.locked());
            }
        });
    }

    @Test
    void rule149_newcomerBetweenReleaseAndResumption_waits() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            tasks.waiter("first", lock.acquire());
            turns(1);
            lock.release();
            assertFalse(lock.locked());
            tasks.body(() -> tasks.note("newcomer in " + tasks.costOf(lock.acquire())), "newcomer");
            turns(3);
            assertEquals(List.of("first = null"), tasks.taken());
            lock.release();
            turns(2);
            assertEquals(1, tasks.taken().size());
        });
    }

    @Test
    void rule150_releaseOfUnlocked_isRefused() throws Exception {
        var error = assertThrows(IllegalStateException.class, lock::release);
        assertTrue(error.getMessage().startsWith("Lock is not acquired."));
    }

    @Test
    void rule150_anotherTask_mayRelease() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            tasks.body(lock::release, "other");
            await(lock.acquire());
            assertTrue(lock.locked());
        });
    }

    @Test
    void rule151_wokenThenCancelled_passesItOn() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            var a = tasks.waiter("a", lock.acquire());
            tasks.waiter("b", lock.acquire());
            turns(1);
            lock.release();
            a.cancel("late");
            turns(2);
            assertEquals(List.of("a cancelled late", "b = null"), tasks.taken());
            assertTrue(lock.locked());
        });
    }

    @Test
    void rule151_cancelledThenReleased_theNextGetsIt() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            var a = tasks.waiter("a", lock.acquire());
            tasks.waiter("b", lock.acquire());
            turns(1);
            a.cancel();
            lock.release();
            turns(3);
            assertEquals(List.of("a cancelled", "b = null"), tasks.taken());
        });
    }

    @Test
    void rule151_oneAmongManyCancelled_theOthersGoOn() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            tasks.waiter("a", lock.acquire());
            var b = tasks.waiter("b", lock.acquire());
            tasks.waiter("c", lock.acquire());
            turns(1);
            b.cancel();
            turns(2);
            assertEquals("Lock locked, 2 waiting", lock.toString());
            lock.release();
            turns(2);
            lock.release();
            turns(2);
            assertEquals(List.of("b cancelled", "a = null", "c = null"), tasks.taken());
        });
    }

    @Test
    void acquire_allWaitersCancelledButStillInLine_takesItAtOnce() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            var a = tasks.waiter("a", lock.acquire());
            turns(1);
            a.cancel();
            lock.release();
            assertEquals("Lock unlocked, 1 waiting", lock.toString());
            assertEquals(0, tasks.costOf(lock.acquire()));
            turns(2);
            assertTrue(lock.locked());
            assertEquals(List.of("a cancelled"), tasks.taken());
        });
    }

    @Test
    void acquire_cancelledWhileHeld_leavesItHeld() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            var a = tasks.waiter("a", lock.acquire());
            turns(1);
            a.cancel();
            turns(2);
            assertTrue(lock.locked());
            assertEquals("Lock locked", lock.toString());
        });
    }

    @Test
    void acquire_waiting_saysSo() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            var a = tasks.waiter("a", lock.acquire());
            turns(1);
            assertEquals("a waiting on Lock.acquire", a.toString());
            assertEquals("Lock.acquire", lock.acquire().toString());
        });
    }

    @Test
    void run_body_holdsItAndGivesItsValue() throws Exception {
        Tasks.run(tasks -> {
            int value = lock.run(() -> {
                assertTrue(lock.locked());
                await(sleep(1));
                return 7;
            });
            assertEquals(7, value);
            assertFalse(lock.locked());
            lock.run(() -> tasks.note("ran"));
            assertEquals(List.of("ran"), tasks.taken());
        });
    }

    @Test
    void run_bodyThrows_releasesAndThrowsTheSame() throws Exception {
        Tasks.run(tasks -> {
            var mine = new IOException("mine");
            var thrown = assertThrows(
                    IOException.class,
                    () -> lock.run(() -> {
                        throw mine;
                    }));
            assertSame(mine, thrown);
            assertFalse(lock.locked());
        });
    }

    @Test
    void run_cancelledInBody_releases() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.body(() -> lock.run(() -> await(sleep(100))), "a");
            turns(1);
            assertTrue(lock.locked());
            a.cancel();
            turns(2);
            assertFalse(lock.locked());
            assertTrue(a.cancelled());
        });
    }

    @Test
    void run_cancelledWhileWaiting_releasesNothing() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            var a = tasks.body(() -> lock.run(() -> tasks.note("never")), "a");
            turns(1);
            a.cancel();
            turns(2);
            assertTrue(lock.locked());
            assertEquals(List.of("a cancelled"), tasks.taken());
        });
    }

    @Test
    void run_bodyReleasedIt_failsAndKeepsTheBodysError() throws Exception {
        Tasks.run(tasks -> {
            var mine = new IOException("mine");
            var thrown = assertThrows(
                    IllegalStateException.class,
                    () -> lock.run(() -> {
                        lock.release();
                        throw mine;
                    }));
            assertSame(mine, thrown.getSuppressed()[0]);
        });
    }

    @Test
    void around_chain_holdsItAndGivesItsValue() throws Exception {
        Tasks.run(tasks -> {
            var recipe = lock.around(sleep(1).then(() -> "held: " + lock.locked()));
            assertFalse(lock.locked());
            assertEquals("held: true", await(recipe));
            assertEquals("held: true", await(recipe));
            assertFalse(lock.locked());
            assertThrows(
                    IOException.class,
                    () -> await(lock.around(chain(1).then(() -> {
                        throw new IOException();
                    }))));
            assertFalse(lock.locked());
        });
    }

    @Test
    void around_body_isCancelledLikeRun() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", lock.around(async(() -> await(sleep(100)))));
            turns(1);
            assertTrue(lock.locked());
            a.cancel();
            turns(2);
            assertFalse(lock.locked());
        });
    }

    @Test
    void acquireAndEventually_asAChain_resolve() throws Exception {
        Tasks.run(tasks -> {
            var guarded = lock.acquire().await(() -> chain(2).eventually(lock::release));
            assertEquals(2, await(guarded));
            assertFalse(lock.locked());
        });
    }
}
