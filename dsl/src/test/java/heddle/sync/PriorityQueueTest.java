package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.dsl.Heddle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriorityQueueTest {

    /** Ordered by its priority; comparing with a bad one throws. */
    private record Job(int priority, int number) implements Comparable<Job> {
        private static final int BAD = 99;

        @Override
        public int compareTo(Job other) {
            if (priority == BAD || other.priority == BAD) {
                throw new UnsupportedOperationException("bad job");
            }
            return Integer.compare(priority, other.priority);
        }
    }

    private final PriorityQueue<Job> jobs = new PriorityQueue<>();

    private static <T> List<T> drained(Queue<T> queue) {
        List<T> all = new ArrayList<>();
        while (!queue.empty()) {
            all.add(queue.getNowait());
        }
        return all;
    }

    @Test
    void items_comeLeastFirst() throws Exception {
        var random = new Random(7);
        var queue = new PriorityQueue<Integer>(500);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int next = random.nextInt(100);
            expected.add(next);
            queue.putNowait(next);
        }
        expected.sort(null);
        assertEquals(expected, drained(queue));
    }

    @Test
    void comparatorThatAwaits_isRefused_andTheTaskGoesOn() throws Exception {
        var queue = new PriorityQueue<Integer>((a, b) -> {
            try {
                await(Heddle.sleep(0));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return a - b;
        });
        Heddle.run(() -> {
            await(queue.put(1));
            String refusal = assertThrows(IllegalStateException.class, () -> await(queue.put(2)))
                    .getMessage();
            assertTrue(refusal.contains("await-in-chain"), refusal);
            await(Heddle.sleep(0));
            assertEquals(1, await(queue.get()));
        });
    }

    @Test
    void comparator_isTheOrder_andMayAllowNull() throws Exception {
        Comparator<Integer> order = Comparator.nullsFirst(Comparator.reverseOrder());
        var queue = new PriorityQueue<Integer>(order);
        for (Integer each : new Integer[] {1, null, 3, 2}) {
            queue.putNowait(each);
        }
        assertNull(queue.getNowait());
        assertEquals(List.of(3, 2, 1), drained(queue));
        assertEquals(5, new PriorityQueue<>(5, order).maxsize());
        assertThrows(NullPointerException.class, () -> new PriorityQueue<Integer>(null));
    }

    /** What CPython 3.13's PriorityQueue gives for these puts, equal priorities in an order of its own. */
    @Test
    void equalItems_comeAsInCPython() throws Exception {
        int[] priorities = {1, 0, 1, 0, 0, 1, 2, 1, 0, 2};
        for (int i = 0; i < priorities.length; i++) {
            jobs.putNowait(new Job(priorities[i], i));
        }
        assertEquals(
                List.of(1, 3, 4, 8, 2, 5, 7, 0, 9, 6),
                drained(jobs).stream().map(Job::number).toList());
    }

    @Test
    void nullWithoutAnOrder_isRefusedInTheCall() {
        assertEquals(
                "item",
                assertThrows(NullPointerException.class, () -> jobs.put(null)).getMessage());
        assertEquals(
                "item",
                assertThrows(NullPointerException.class, () -> jobs.putNowait(null))
                        .getMessage());
        assertTrue(jobs.empty());
    }

    @Test
    void itemThatIsNoComparable_isRefused() {
        var queue = new PriorityQueue<Object>();
        var error = assertThrows(ClassCastException.class, () -> queue.putNowait(new Object()));
        assertTrue(error.getMessage().contains("Comparator"));
        assertTrue(queue.empty());
        queue.putNowait("text");
        assertThrows(ClassCastException.class, () -> queue.putNowait(1));
        assertEquals("text", queue.getNowait());
        assertEquals("PriorityQueue 0 items, 1 unfinished", queue.toString());
    }

    @Test
    void put_orderThrows_isTheCallersError_andChangesNothing() throws Exception {
        Tasks.run(tasks -> {
            for (int i = 5; i > 0; i--) {
                jobs.putNowait(new Job(i, i));
            }
            var error = assertThrows(UnsupportedOperationException.class, () -> await(jobs.put(new Job(Job.BAD, 0))));
            assertEquals("bad job", error.getMessage());
            assertThrows(UnsupportedOperationException.class, () -> jobs.putNowait(new Job(Job.BAD, 0)));
            assertEquals("PriorityQueue 5 items, 5 unfinished", jobs.toString());
            jobs.putNowait(new Job(0, 0));
            assertEquals(
                    List.of(0, 1, 2, 3, 4, 5),
                    drained(jobs).stream().map(Job::number).toList());
        });
    }

    @Test
    void get_orderThrows_isTheCallersError_andLosesNothing() throws Exception {
        var broken = new boolean[1];
        var queue = new PriorityQueue<Integer>((a, b) -> {
            if (broken[0]) {
                throw new UnsupportedOperationException("broken order");
            }
            return Integer.compare(a, b);
        });
        Tasks.run(tasks -> {
            for (int i = 9; i >= 0; i--) {
                queue.putNowait(i);
            }
            broken[0] = true;
            for (int i = 0; i < 3; i++) {
                assertThrows(UnsupportedOperationException.class, () -> await(queue.get()));
            }
            broken[0] = false;
            assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), drained(queue));
        });
    }

    @Test
    void get_orderThrowsInAWaiter_theNextStillSeesTheItems() throws Exception {
        var broken = new boolean[1];
        var queue = new PriorityQueue<Integer>((a, b) -> {
            if (broken[0]) {
                broken[0] = false;
                throw new UnsupportedOperationException("broken once");
            }
            return Integer.compare(a, b);
        });
        Tasks.run(tasks -> {
            tasks.waiter("a", queue.get());
            tasks.waiter("b", queue.get());
            turns(1);
            queue.putNowait(3);
            turns(1);
            assertEquals(List.of("a = 3"), tasks.taken());
            tasks.waiter("c", queue.get());
            turns(1);
            queue.putNowait(5);
            queue.putNowait(4);
            queue.putNowait(6);
            broken[0] = true;
            turns(2);
            assertEquals(List.of("b ! UnsupportedOperationException", "c = 4"), tasks.taken());
            assertEquals(List.of(5, 6), drained(queue));
        });
    }

    @Test
    void put_orderThrowsInAWaiter_theNextStillGetsTheRoom() throws Exception {
        Tasks.run(tasks -> {
            var queue = new PriorityQueue<Job>(2);
            queue.putNowait(new Job(1, 1));
            queue.putNowait(new Job(2, 2));
            tasks.waiter("bad", queue.put(new Job(Job.BAD, 0)));
            tasks.waiter("good", queue.put(new Job(3, 3)));
            turns(1);
            queue.getNowait();
            turns(2);
            assertEquals(List.of("bad ! UnsupportedOperationException", "good = null"), tasks.taken());
            assertEquals(List.of(2, 3), drained(queue).stream().map(Job::number).toList());
        });
    }

    @Test
    void shutdownImmediate_doesNotCompare() throws Exception {
        Comparator<Integer> never = (a, b) -> {
            throw new UnsupportedOperationException();
        };
        var queue = new PriorityQueue<Integer>(never);
        queue.putNowait(1);
        queue.shutdown(true);
        assertTrue(queue.empty());
        assertSame(0, queue.qsize());
    }
}
