package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.QueueEmpty;
import heddle.api.QueueFull;
import heddle.api.QueueShutDown;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueTest {

    private final Queue<Integer> unlimited = new Queue<>();
    private final Queue<Integer> one = new Queue<>(1);

    @Test
    void rule157_items_comeFirstInFirstOut() throws Exception {
        Tasks.run(tasks -> {
            for (int i = 0; i < 40; i++) {
                assertEquals(0, tasks.costOf(unlimited.put(i)));
            }
            assertEquals(40, unlimited.qsize());
            assertFalse(unlimited.full());
            for (int i = 0; i < 40; i++) {
                assertEquals(i, await(unlimited.get()));
            }
            assertTrue(unlimited.empty());
        });
    }

    @Test
    void lifo_items_comeLastInFirstOut() throws Exception {
        var lifo = new LifoQueue<Integer>();
        for (int i = 0; i < 3; i++) {
            lifo.putNowait(i);
        }
        assertEquals(List.of(2, 1, 0), List.of(lifo.getNowait(), lifo.getNowait(), lifo.getNowait()));
        assertEquals(2, new LifoQueue<>(2).maxsize());
    }

    @Test
    void manyItems_comingAndGoing_keepTheirOrder() {
        var random = new Random(11);
        var fifo = new Queue<@Nullable Integer>();
        var lifo = new LifoQueue<@Nullable Integer>();
        var first = new LinkedList<@Nullable Integer>();
        var last = new LinkedList<@Nullable Integer>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) < (i % 2_000 < 1_000 ? 60 : 40)) {
                Integer item = i % 10 == 0 ? null : i;
                fifo.putNowait(item);
                lifo.putNowait(item);
                first.addLast(item);
                last.addLast(item);
            } else if (!first.isEmpty()) {
                assertEquals(first.removeFirst(), fifo.getNowait());
                assertEquals(last.removeLast(), lifo.getNowait());
            }
            assertEquals(first.size(), fifo.qsize());
        }
        fifo.shutdown(true);
        assertTrue(fifo.empty());
    }

    @Test
    void put_recipe_putsOnceForEachUse() throws Exception {
        Tasks.run(tasks -> {
            var put = unlimited.put(5);
            assertEquals(0, unlimited.qsize());
            assertNull(await(put));
            await(put);
            assertEquals(2, unlimited.qsize());
        });
    }

    @Test
    void nullItem_isAnItem() throws Exception {
        Tasks.run(tasks -> {
            for (Queue<Integer> queue : List.of(new Queue<Integer>(), new LifoQueue<Integer>())) {
                await(queue.put(null));
                queue.putNowait(null);
                assertEquals(2, queue.qsize());
                assertNull(await(queue.get()));
                assertNull(queue.getNowait());
                assertTrue(queue.empty());
            }
        });
    }

    @Test
    void rule157_get_empty_waits() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", unlimited.get());
            tasks.waiter("b", unlimited.get());
            turns(2);
            assertEquals("a waiting on Queue.get", a.toString());
            assertEquals("Queue 0 items, 2 getting", unlimited.toString());
            unlimited.putNowait(1);
            unlimited.putNowait(2);
            turns(1);
            assertEquals(List.of("a = 1", "b = 2"), tasks.taken());
        });
    }

    @Test
    void rule157_put_full_waits() throws Exception {
        Tasks.run(tasks -> {
            await(one.put(0));
            assertTrue(one.full());
            var a = tasks.waiter("a", one.put(1));
            tasks.waiter("b", one.put(2));
            turns(2);
            assertEquals("a waiting on Queue.put", a.toString());
            assertEquals("Queue 1 of 1, 2 putting, 1 unfinished", one.toString());
            assertEquals(0, await(one.get()));
            turns(2);
            assertEquals(List.of("a = null"), tasks.taken());
            assertEquals(1, one.getNowait());
            turns(1);
            assertEquals(List.of("b = null"), tasks.taken());
            assertEquals(2, one.getNowait());
        });
    }

    @Test
    void rule157_nowait_failsInstead() throws Exception {
        assertThrows(QueueEmpty.class, unlimited::getNowait);
        one.putNowait(1);
        var full = assertThrows(QueueFull.class, () -> one.putNowait(2));
        assertTrue(full.getMessage().contains("maxsize"));
        assertEquals(1, one.qsize());
    }

    @Test
    void maxsize_zeroOrLess_isNoLimit() throws Exception {
        var queue = new Queue<Integer>(-1);
        queue.putNowait(1);
        assertFalse(queue.full());
        assertEquals(-1, queue.maxsize());
        assertEquals(0, unlimited.maxsize());
    }

    @Test
    void get_anotherWasQuicker_waitsAgainAtTheEnd() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("a", unlimited.get());
            tasks.waiter("b", unlimited.get());
            turns(1);
            unlimited.putNowait(1);
            assertEquals(1, unlimited.getNowait());
            turns(1);
            assertEquals("Queue 0 items, 2 getting, 1 unfinished", unlimited.toString());
            unlimited.putNowait(2);
            turns(1);
            assertEquals(List.of("b = 2"), tasks.taken());
        });
    }

    @Test
    void rule158_wokenGetterCancelled_theNextGetsTheItem() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", unlimited.get());
            tasks.waiter("b", unlimited.get());
            turns(1);
            unlimited.putNowait(1);
            a.cancel();
            turns(2);
            assertEquals(List.of("a cancelled", "b = 1"), tasks.taken());
        });
    }

    @Test
    void rule158_wokenGetterCancelled_nobodyElse_theItemStays() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", unlimited.get());
            turns(1);
            unlimited.putNowait(1);
            a.cancel();
            turns(2);
            assertEquals(1, unlimited.qsize());
            assertEquals(1, await(unlimited.get()));
        });
    }

    @Test
    void rule158_waitingGetterCancelled_isSkipped() throws Exception {
        Tasks.run(tasks -> {
            var a = tasks.waiter("a", unlimited.get());
            tasks.waiter("b", unlimited.get());
            turns(1);
            a.cancel();
            unlimited.putNowait(1);
            turns(2);
            assertEquals(List.of("a cancelled", "b = 1"), tasks.taken());
            assertEquals("Queue 0 items, 1 unfinished", unlimited.toString());
        });
    }

    @Test
    void rule158_wokenPutterCancelled_theNextPuts_andItsItemIsNot() throws Exception {
        Tasks.run(tasks -> {
            await(one.put(0));
            var a = tasks.waiter("a", one.put(1));
            tasks.waiter("b", one.put(2));
            turns(1);
            one.getNowait();
            a.cancel();
            turns(2);
            assertEquals(List.of("a cancelled", "b = null"), tasks.taken());
            assertEquals(2, one.getNowait());
            assertTrue(one.empty());
        });
    }

    @Test
    void rule158_waitingPutterCancelled_isSkipped() throws Exception {
        Tasks.run(tasks -> {
            await(one.put(0));
            var a = tasks.waiter("a", one.put(1));
            tasks.waiter("b", one.put(2));
            turns(1);
            a.cancel();
            one.getNowait();
            turns(2);
            assertEquals(List.of("a cancelled", "b = null"), tasks.taken());
            assertEquals("Queue 1 of 1, 2 unfinished", one.toString());
        });
    }

    @Test
    void rule159_join_waitsUntilAllIsDone() throws Exception {
        Tasks.run(tasks -> {
            assertEquals(0, tasks.costOf(unlimited.join()));
            unlimited.putNowait(1);
            unlimited.putNowait(2);
            var a = tasks.waiter("a", unlimited.join());
            unlimited.getNowait();
            unlimited.getNowait();
            unlimited.taskDone();
            turns(2);
            assertEquals("a waiting on Queue.join", a.toString());
            unlimited.taskDone();
            turns(1);
            assertEquals(List.of("a = null"), tasks.taken());
            unlimited.putNowait(3);
            var b = tasks.waiter("b", unlimited.join());
            turns(1);
            b.cancel();
            turns(2);
            assertEquals(List.of("b cancelled"), tasks.taken());
        });
    }

    @Test
    void rule159_taskDoneTooOften_isRefused() throws Exception {
        assertThrows(IllegalArgumentException.class, unlimited::taskDone);
        unlimited.putNowait(1);
        unlimited.taskDone();
        var error = assertThrows(IllegalArgumentException.class, unlimited::taskDone);
        assertTrue(error.getMessage().startsWith("taskDone() called too many times"));
    }

    @Test
    void rule160_shutdown_putsFail_getsDrainThenFail() throws Exception {
        Tasks.run(tasks -> {
            unlimited.putNowait(1);
            unlimited.shutdown();
            assertEquals("Queue 1 items, 1 unfinished, shut down", unlimited.toString());
            assertThrows(QueueShutDown.class, () -> unlimited.putNowait(2));
            assertThrows(QueueShutDown.class, () -> await(unlimited.put(2)));
            assertEquals(1, await(unlimited.get()));
            assertThrows(QueueShutDown.class, () -> await(unlimited.get()));
            assertThrows(QueueShutDown.class, unlimited::getNowait);
            unlimited.taskDone();
            await(unlimited.join());
            unlimited.shutdown();
        });
    }

    @Test
    void rule160_shutdown_wakesAllWhoWait() throws Exception {
        Tasks.run(tasks -> {
            tasks.waiter("g1", unlimited.get());
            tasks.waiter("g2", unlimited.get());
            one.putNowait(0);
            tasks.waiter("p1", one.put(1));
            tasks.waiter("p2", one.put(2));
            turns(1);
            unlimited.shutdown();
            one.shutdown();
            turns(1);
            assertEquals(
                    List.of("g1 ! QueueShutDown", "g2 ! QueueShutDown", "p1 ! QueueShutDown", "p2 ! QueueShutDown"),
                    tasks.taken());
            assertEquals(0, one.getNowait());
        });
    }

    @Test
    void rule160_shutdownImmediate_dropsItemsAndReleasesJoin() throws Exception {
        Tasks.run(tasks -> {
            unlimited.putNowait(1);
            unlimited.putNowait(2);
            tasks.waiter("join", unlimited.join());
            turns(1);
            unlimited.shutdown(true);
            assertTrue(unlimited.empty());
            turns(1);
            assertEquals(List.of("join = null"), tasks.taken());
            assertThrows(QueueShutDown.class, () -> await(unlimited.get()));
        });
    }

    @Test
    void rule160_shutdownImmediate_itemsInWork_stillCount() throws Exception {
        Tasks.run(tasks -> {
            unlimited.putNowait(1);
            unlimited.putNowait(2);
            unlimited.getNowait();
            tasks.waiter("join", unlimited.join());
            turns(1);
            unlimited.shutdown(true);
            turns(2);
            assertEquals(List.of(), tasks.taken());
            unlimited.taskDone();
            turns(1);
            assertEquals(List.of("join = null"), tasks.taken());
        });
    }

    @Test
    void putterWokenThenShutDown_fails() throws Exception {
        Tasks.run(tasks -> {
            one.putNowait(0);
            tasks.waiter("a", one.put(1));
            turns(1);
            one.getNowait();
            one.shutdown();
            turns(1);
            assertEquals(List.of("a ! QueueShutDown"), tasks.taken());
            assertTrue(one.empty());
        });
    }
}
