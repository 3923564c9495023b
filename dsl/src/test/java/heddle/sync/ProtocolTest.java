package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The coroutines of this package under the hands of something else than a task. */
class ProtocolTest {

    private final Lock lock = new Lock();
    private final Condition condition = new Condition();
    private final Event event = new Event();
    private final Semaphore semaphore = new Semaphore(0);
    private final Queue<Integer> queue = new Queue<>(1);
    private final Barrier barrier = new Barrier(2);

    private static Suspension step(Coroutine<?> coroutine) throws Exception {
        try {
            return coroutine.step();
        } catch (Error | Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Operations that wait, in a state where they do. */
    private List<Awaitable<?>> waiting() throws Exception {
        await(lock.acquire());
        await(condition.acquire());
        var full = new Queue<>(1);
        full.putNowait(1);
        return List.of(
                lock.acquire(),
                event.await(),
                semaphore.acquire(),
                queue.get(),
                full.put(2),
                full.join(),
                barrier.await());
    }

    @Test
    void raise_fresh_runsNothingAndEnds() throws Exception {
        Tasks.run(tasks -> {
            List<Awaitable<?>> all = new ArrayList<>(waiting());
            all.add(condition.await());
            String before = lock + "; " + condition + "; " + queue + "; " + semaphore + "; " + barrier;
            for (Awaitable<?> each : all) {
                var error = new IOException();
                Coroutine<?> coroutine = each.coroutine();
                assertSame(error, assertThrows(IOException.class, () -> coroutine.raise(error)));
                assertThrows(IllegalStateException.class, coroutine::step);
                coroutine.close();
            }
            assertEquals(before, lock + "; " + condition + "; " + queue + "; " + semaphore + "; " + barrier);
        });
    }

    @Test
    void close_whileWaiting_leavesTheLine_andAgainDoesNothing() throws Exception {
        Tasks.run(tasks -> {
            for (Awaitable<?> each : waiting()) {
                Coroutine<?> coroutine = each.coroutine();
                assertTrue(step(coroutine) instanceof Future<?>);
                coroutine.close();
                coroutine.close();
                assertThrows(IllegalStateException.class, coroutine::step);
            }
            assertEquals("Lock locked", lock.toString());
            assertEquals("Event not set", event.toString());
            assertEquals("Queue 0 of 1", queue.toString());
            assertEquals("Barrier filling, 0 of 2 waiting", barrier.toString());
        });
    }

    @Test
    void close_fresh_isTheEnd() throws Exception {
        Tasks.run(tasks -> {
            Coroutine<?> coroutine = lock.acquire().coroutine();
            coroutine.close();
            assertThrows(IllegalStateException.class, coroutine::step);
            assertFalse(lock.locked());
        });
    }

    @Test
    void step_afterTheEnd_isRefusedAndTakesNothing() throws Exception {
        Tasks.run(tasks -> {
            Coroutine<?> coroutine = lock.acquire().coroutine();
            assertEquals(Pause.FINISHED, step(coroutine));
            lock.release();
            var error = assertThrows(IllegalStateException.class, coroutine::step);
            assertTrue(error.getMessage().startsWith("stepped after its end: run of Lock.acquire"));
            assertFalse(lock.locked());
        });
    }

    @Test
    void step_beforeItIsWoken_failsAndLeavesTheLine() throws Exception {
        Tasks.run(tasks -> {
            Coroutine<?> coroutine = queue.get().coroutine();
            step(coroutine);
            assertThrows(IllegalStateException.class, coroutine::step);
            assertEquals("Queue 0 of 1", queue.toString());
        });
    }

    @Test
    void close_wokenButNotResumed_passesOn() throws Exception {
        Tasks.run(tasks -> {
            await(lock.acquire());
            Coroutine<?> forLock = lock.acquire().coroutine();
            step(forLock);
            Coroutine<?> forItem = queue.get().coroutine();
            step(forItem);
            Coroutine<?> forPermit = semaphore.acquire().coroutine();
            step(forPermit);
            tasks.waiter("lock", lock.acquire());
            tasks.waiter("item", queue.get());
            tasks.waiter("permit", semaphore.acquire());
            turns(1);
            lock.release();
            queue.putNowait(7);
            semaphore.release();
            forLock.close();
            forItem.close();
            forPermit.close();
            turns(2);
            assertEquals(List.of("lock = null", "item = 7", "permit = null"), tasks.taken());
        });
    }

    @Test
    void conditionClosed_lockFree_hasIt_lockHeld_goesWithout() throws Exception {
        Tasks.run(tasks -> {
            await(condition.acquire());
            Coroutine<?> coroutine = condition.await().coroutine();
            step(coroutine);
            assertFalse(condition.locked());
            coroutine.close();
            assertTrue(condition.locked());
            Coroutine<?> other = condition.await().coroutine();
            step(other);
            await(condition.acquire());
            other.close();
            assertEquals("Condition locked", condition.toString());
        });
    }

    @Test
    void barrierClosed_inside_leaves() throws Exception {
        Tasks.run(tasks -> {
            Coroutine<?> coroutine = barrier.await().coroutine();
            step(coroutine);
            assertEquals(1, barrier.waiting());
            coroutine.close();
            assertEquals(0, barrier.waiting());
            tasks.waiter("a", barrier.await());
            assertEquals(0, tasks.costOf(new Barrier(1).await()));
            turns(1);
            assertEquals(1, await(barrier.await()));
        });
    }

    @Test
    void predicate_thatStepsItsOwnRun_isRefused() throws Exception {
        Tasks.run(tasks -> {
            await(condition.acquire());
            Coroutine<?>[] own = new Coroutine<?>[1];
            own[0] = condition
                    .awaitUntil(() -> {
                        step(own[0]);
                        return true;
                    })
                    .coroutine();
            assertThrows(IllegalStateException.class, () -> own[0].step());
        });
    }
}
