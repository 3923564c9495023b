package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.sleep;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SemaphoreTest {

    @Test
    void acquire_permits_areCounted() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new Semaphore(2);
            assertEquals("Semaphore 2 free", semaphore.toString());
            await(semaphore.acquire());
            assertFalse(semaphore.locked());
            await(semaphore.acquire());
            assertTrue(semaphore.locked());
            assertEquals("Semaphore locked", semaphore.toString());
            semaphore.release();
            assertFalse(semaphore.locked());
            assertEquals("Semaphore 1 free", new Semaphore().toString());
        });
    }

    @Test
    void rule153_negativeValue_isRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> new Semaphore(-1));
        assertEquals("Semaphore initial value must be >= 0, got -1", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new BoundedSemaphore(-1));
    }

    @Test
    void rule153_release_handsThePermitOver() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new Semaphore(1);
            await(semaphore.acquire());
            tasks.waiter("a", semaphore.acquire());
            turns(1);
            semaphore.release();
            assertTrue(semaphore.locked());
            tasks.waiter("late", semaphore.acquire());
            turns(2);
            assertEquals(List.of("a = null"), tasks.taken());
        });
    }

    @Test
    void rule153_boundedReleasedTooOften_isRefused() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new BoundedSemaphore(1);
            var error = assertThrows(IllegalArgumentException.class, semaphore::release);
            assertTrue(error.getMessage().startsWith("BoundedSemaphore released too many times"));
            await(semaphore.acquire());
            tasks.waiter("a", semaphore.acquire());
            turns(1);
            semaphore.release();
            turns(1);
            semaphore.release();
            assertThrows(IllegalArgumentException.class, semaphore::release);
            assertEquals("BoundedSemaphore 1 free", semaphore.toString());
            assertEquals("BoundedSemaphore 1 free", new BoundedSemaphore().toString());
        });
    }

    @Test
    void release_unbounded_mayGoAboveTheBeginning() throws Exception {
        var semaphore = new Semaphore(0);
        assertTrue(semaphore.locked());
        semaphore.release();
        semaphore.release();
        assertEquals("Semaphore 2 free", semaphore.toString());
    }

    @Test
    void waiters_getPermitsInOrder_severalInOneTurn() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new Semaphore(0);
            for (String name : List.of("a", "b", "c")) {
                tasks.waiter(name, semaphore.acquire());
            }
            turns(1);
            semaphore.release();
            semaphore.release();
            turns(1);
            assertEquals(List.of("a = null", "b = null"), tasks.taken());
            assertEquals("Semaphore locked, 1 waiting", semaphore.toString());
        });
    }

    @Test
    void wokenThenCancelled_thePermitGoesToTheNext() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new Semaphore(0);
            var a = tasks.waiter("a", semaphore.acquire());
            tasks.waiter("b", semaphore.acquire());
            turns(1);
            semaphore.release();
            a.cancel();
            turns(2);
            assertEquals(List.of("a cancelled", "b = null"), tasks.taken());
            assertTrue(semaphore.locked());
        });
    }

    @Test
    void wokenThenCancelled_nobodyElse_thePermitIsFreeAgain() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new BoundedSemaphore(1);
            await(semaphore.acquire());
            var a = tasks.waiter("a", semaphore.acquire());
            turns(1);
            semaphore.release();
            a.cancel();
            turns(2);
            assertEquals("BoundedSemaphore 1 free", semaphore.toString());
        });
    }

    @Test
    void cancelledFirst_permitsReleasedMeanwhile_reachThoseBehind() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new Semaphore(0);
            var a = tasks.waiter("a", semaphore.acquire());
            tasks.waiter("b", semaphore.acquire());
            turns(1);
            a.cancel();
            semaphore.release();
            semaphore.release();
            tasks.waiter("c", semaphore.acquire());
            turns(3);
            assertEquals(List.of("a cancelled", "b = null", "c = null"), tasks.taken());
            assertEquals("Semaphore locked", semaphore.toString());
        });
    }

    @Test
    void newcomer_whileAWokenOneHasNotResumed_waitsItsTurnThoughThereIsAPermit() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new Semaphore(0);
            tasks.waiter("a", semaphore.acquire());
            turns(1);
            semaphore.release();
            semaphore.release();
            assertTrue(semaphore.locked());
            int cost = tasks.costOf(semaphore.acquire());
            assertEquals(2, cost);
            assertEquals(List.of("a = null"), tasks.taken());
        });
    }

    @Test
    void run_andAround_holdAPermit() throws Exception {
        Tasks.run(tasks -> {
            var semaphore = new BoundedSemaphore(1);
            assertEquals(5, semaphore.run(() -> {
                assertTrue(semaphore.locked());
                await(sleep(1));
                return 5;
            }));
            semaphore.run(() -> tasks.note(semaphore.locked()));
            assertEquals(6, await(semaphore.around(chain(6))));
            assertEquals(List.of("true"), tasks.taken());
            assertFalse(semaphore.locked());
            var a = tasks.waiter("a", semaphore.around(semaphore.acquire()));
            turns(1);
            assertEquals("a waiting on Semaphore.acquire", a.toString());
            a.cancel();
            turns(2);
            assertFalse(semaphore.locked());
        });
    }
}
