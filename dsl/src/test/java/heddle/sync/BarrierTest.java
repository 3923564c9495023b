package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.BrokenBarrier;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarrierTest {

    private final Barrier barrier = new Barrier(3);

    @Test
    void parties_lessThanOne_isRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> new Barrier(0));
        assertEquals("parties must be > 0, got 0", error.getMessage());
        assertEquals(3, barrier.parties());
    }

    @Test
    void await_onePartyOnly_costsNothing() throws Exception {
        Tasks.run(tasks -> {
            var single = new Barrier(1);
            assertEquals(0, tasks.costOf(single.await()));
            assertEquals(0, await(single.await()));
            assertEquals("Barrier filling, 0 of 1 waiting", single.toString());
        });
    }

    @Test
    void rule156_all_getIndicesInTheOrderOfComing() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("a", barrier.await());
            tasks.waiter("b", barrier.await());
            turns(2);
            assertEquals(2, barrier.waiting());
            assertEquals("Barrier filling, 2 of 3 waiting", barrier.toString());
            assertEquals(List.of(), tasks.taken());
            assertEquals(2, await(barrier.await()));
            assertEquals("Barrier draining, 2 of 3 left", barrier.toString());
            assertEquals(0, barrier.waiting());
            turns(3);
            assertEquals(List.of("a = 0", "b = 1"), tasks.taken());
            assertEquals("Barrier filling, 0 of 3 waiting", barrier.toString());
        });
    }

    @Test
    void await_whileDraining_waitsForTheNextMeeting() throws Exception {
        Tasks.run(tasks -> {
            for (int i = 0; i < 6; i++) {
                tasks.waiter("" + i, barrier.await());
            }
            turns(9);
            var taken = tasks.taken();
            assertEquals(6, taken.size());
            for (int index = 0; index < 3; index++) {
                String end = " = " + index;
                assertEquals(
                        2, taken.stream().filter(note -> note.endsWith(end)).count());
            }
            assertEquals(0, barrier.waiting());
        });
    }

    @Test
    void await_cancelledWhileFilling_leavesOneLess() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", barrier.await());
            tasks.waiter("b", barrier.await());
            turns(1);
            assertEquals("a waiting on Barrier.await", a.toString());
            a.cancel();
            turns(2);
            assertEquals(1, barrier.waiting());
            tasks.waiter("c", barrier.await());
            tasks.waiter("d", barrier.await());
            turns(6);
            // the place of one who left is given again, as in asyncio
            assertEquals(List.of("a cancelled", "d = 2", "b = 1", "c = 1"), tasks.taken());
        });
    }

    @Test
    void await_cancelledWhileDraining_theMeetingStillBreaksUp() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", barrier.await());
            tasks.waiter("b", barrier.await());
            turns(1);
            tasks.waiter("c", barrier.await());
            tasks.body(a::cancel, "canceller");
            turns(6);
            assertEquals(List.of("c = 2", "a cancelled", "b = 1"), tasks.taken());
            assertEquals("Barrier filling, 0 of 3 waiting", barrier.toString());
        });
    }

    @Test
    void await_cancelledWhileBlocked_changesNothing() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("a", barrier.await());
            tasks.waiter("b", barrier.await());
            turns(1);
            await(barrier.await());
            var late = tasks.waiter("late", barrier.await());
            turns(1);
            late.cancel();
            turns(6);
            assertTrue(late.cancelled());
            assertEquals("Barrier filling, 0 of 3 waiting", barrier.toString());
        });
    }

    @Test
    void rule156_abort_failsThoseWhoWaitAndThoseWhoCome() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("a", barrier.await());
            tasks.waiter("b", barrier.await());
            turns(1);
            await(barrier.abort());
            assertTrue(barrier.broken());
            assertEquals("Barrier broken", barrier.toString());
            turns(4);
            assertEquals(List.of("a ! BrokenBarrier", "b ! BrokenBarrier"), tasks.taken());
            var error = assertThrows(BrokenBarrier.class, () -> await(barrier.await()));
            assertTrue(error.getMessage().startsWith("Barrier aborted"));
            assertEquals(0, barrier.waiting());
            await(barrier.reset());
            assertFalse(barrier.broken());
            meets(tasks);
        });
    }

    @Test
    void reset_whileWaiting_failsThemAndBeginsAnew() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("a", barrier.await());
            tasks.waiter("b", barrier.await());
            turns(1);
            await(barrier.reset());
            assertEquals("Barrier resetting, 2 left", barrier.toString());
            tasks.waiter("c", barrier.await());
            turns(6);
            assertEquals(List.of("a ! BrokenBarrier", "b ! BrokenBarrier"), tasks.taken());
            assertEquals(1, barrier.waiting());
            tasks.waiter("d", barrier.await());
            tasks.waiter("e", barrier.await());
            turns(6);
            assertEquals(3, tasks.taken().size());
        });
    }

    @Test
    void reset_nobodyWaits_costsNothing() throws Exception {
        Tasks.run(tasks -> {
            assertEquals(0, tasks.costOf(barrier.reset()));
            assertEquals(0, tasks.costOf(barrier.abort()));
            assertEquals(0, tasks.costOf(barrier.reset()));
            meets(tasks);
        });
    }

    @Test
    void abort_whileDraining_failsThoseWhoHaveNotLeft() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("a", barrier.await());
            tasks.waiter("b", barrier.await());
            turns(1);
            await(barrier.await());
            await(barrier.abort());
            turns(4);
            // they had not gone yet: as in asyncio, they see the broken barrier
            assertEquals(List.of("a ! BrokenBarrier", "b ! BrokenBarrier"), tasks.taken());
            assertTrue(barrier.broken());
        });
    }

    private void meets(Tasks tasks) throws Exception {
        tasks.taken();
        for (int i = 0; i < 3; i++) {
            tasks.waiter("m", barrier.await());
        }
        turns(6);
        assertEquals(List.of("m = 2", "m = 0", "m = 1"), tasks.taken());
    }
}
