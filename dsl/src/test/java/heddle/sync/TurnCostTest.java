package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;

import heddle.api.Awaitable;
import heddle.api.ThrowingRunnable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waiting costs, in turns: nothing when nothing blocks (rule 61), one from the wake-up on (rules 53, 62). */
class TurnCostTest {

    @Test
    void rule61_nothingBlocks_costsNoTurn() throws Exception {
        Tasks.run(tasks -> {
            var lock = new Lock();
            var event = new Event();
            event.set();
            var condition = new Condition();
            var queue = new Queue<Integer>(3);
            List<Awaitable<?>> free = List.of(
                    lock.acquire(),
                    event.await(),
                    condition.acquire(),
                    condition.awaitUntil(() -> true),
                    new Semaphore(1).acquire(),
                    new BoundedSemaphore(1).acquire(),
                    new Barrier(1).await(),
                    new Barrier(2).reset(),
                    new Barrier(2).abort(),
                    queue.put(1),
                    queue.get(),
                    new Queue<>().join(),
                    new Lock().around(new Lock().acquire()));
            for (Awaitable<?> each : free) {
                assertEquals(0, tasks.costOf(each), each::toString);
            }
            int before = tasks.turn();
            new Lock().run(() -> {});
            assertEquals(before, tasks.turn());
        });
    }

    /** How many turns after {@code wake} a task resumes that waits for {@code awaitable}. */
    private static int latency(Tasks tasks, Awaitable<?> awaitable, ThrowingRunnable wake) throws Exception {
        int[] resumed = {-1};
        tasks.body(
                () -> {
                    await(awaitable);
                    resumed[0] = tasks.turn();
                },
                "waiter");
        turns(3);
        assertEquals(-1, resumed[0]);
        int woken = tasks.turn();
        wake.run();
        turns(9);
        return resumed[0] - woken;
    }

    @Test
    void rule62_wakeUp_takesOneTurn() throws Exception {
        Tasks.run(tasks -> {
            var lock = new Lock();
            await(lock.acquire());
            assertEquals(1, latency(tasks, lock.acquire(), lock::release));
            var event = new Event();
            assertEquals(1, latency(tasks, event.await(), event::set));
            var semaphore = new Semaphore(0);
            assertEquals(1, latency(tasks, semaphore.acquire(), semaphore::release));
            var queue = new Queue<Integer>(1);
            assertEquals(1, latency(tasks, queue.get(), () -> queue.putNowait(1)));
            queue.putNowait(1);
            assertEquals(1, latency(tasks, queue.put(2), queue::getNowait));
            var work = new Queue<Integer>();
            work.putNowait(1);
            assertEquals(1, latency(tasks, work.join(), work::taskDone));
        });
    }

    @Test
    void condition_signalledAndReleasedInOneTurn_resumesInTheNext() throws Exception {
        Tasks.run(tasks -> {
            var condition = new Condition();
            assertEquals(1, latency(tasks, condition.around(condition.await()), () -> {
                await(condition.acquire());
                condition.signal();
                condition.release();
            }));
        });
    }

    @Test
    void condition_lockReleasedLater_resumesOneTurnAfterThat() throws Exception {
        Tasks.run(tasks -> {
            var condition = new Condition();
            assertEquals(4, latency(tasks, condition.around(condition.await()), () -> {
                await(condition.acquire());
                condition.signal();
                turns(3);
                condition.release();
            }));
        });
    }

    @Test
    void condition_signalAll_theLockGoesFromOneToTheNext_aTurnEach() throws Exception {
        Tasks.run(tasks -> {
            var condition = new Condition();
            for (String name : List.of("a", "b", "c")) {
                tasks.body(
                        () -> condition.run(() -> {
                            await(condition.await());
                            tasks.note(name + " " + tasks.turn());
                            turns(1);
                        }),
                        name);
            }
            turns(2);
            int now = tasks.turn();
            condition.run(condition::signalAll);
            turns(12);
            assertEquals(List.of("a " + (now + 1), "b " + (now + 3), "c " + (now + 5)), tasks.taken());
        });
    }

    @Test
    void barrier_lastOneGoesOnAtOnce_theOthersATurnLater() throws Exception {
        Tasks.run(tasks -> {
            var barrier = new Barrier(2);
            assertEquals(1, latency(tasks, barrier.await(), () -> assertEquals(0, tasks.costOf(barrier.await()))));
        });
    }

    @Test
    void lock_handedThroughALine_aTurnEach() throws Exception {
        Tasks.run(tasks -> {
            var lock = new Lock();
            await(lock.acquire());
            for (String name : List.of("a", "b", "c")) {
                tasks.body(() -> lock.run(() -> tasks.note(name + " " + tasks.turn())), name);
            }
            turns(1);
            int now = tasks.turn();
            lock.release();
            turns(5);
            assertEquals(List.of("a " + (now + 1), "b " + (now + 2), "c " + (now + 3)), tasks.taken());
        });
    }

    @Test
    void cancelledWaiter_endsATurnLater_andFreesTheNextInTheSame() throws Exception {
        Tasks.run(tasks -> {
            var lock = new Lock();
            await(lock.acquire());
            var a = tasks.body(() -> await(lock.acquire()), "a");
            tasks.body(
                    () -> {
                        await(lock.acquire());
                        tasks.note(tasks.turn());
                    },
                    "b");
            turns(1);
            int now = tasks.turn();
            lock.release();
            a.cancel();
            turns(4);
            assertEquals(List.of("a cancelled", "" + (now + 2)), tasks.taken());
        });
    }
}
