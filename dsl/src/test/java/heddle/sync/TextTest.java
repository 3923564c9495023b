package heddle.sync;

import static heddle.dsl.Heddle.createTask;
import static heddle.sync.Tasks.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void toString_new_saysWhatItIs() {
        List<Object> all = List.of(
                new Lock(),
                new Event(),
                new Condition(),
                new Semaphore(3),
                new BoundedSemaphore(3),
                new Barrier(3),
                new Queue<>(),
                new LifoQueue<>(3),
                new PriorityQueue<>());
        assertEquals(
                List.of(
                        "Lock unlocked",
                        "Event not set",
                        "Condition unlocked",
                        "Semaphore 3 free",
                        "BoundedSemaphore 3 free",
                        "Barrier filling, 0 of 3 waiting",
                        "Queue 0 items",
                        "LifoQueue 0 of 3",
                        "PriorityQueue 0 items"),
                all.stream().map(Object::toString).toList());
    }

    @Test
    void toString_withLargeNumbers_isOneShortLine() throws Exception {
        Tasks.run(tasks -> {
            var queue = new PriorityQueue<Integer>(100_000);
            for (int i = 0; i < 100_000; i++) {
                queue.putNowait(i);
            }
            for (int i = 0; i < 100_000; i++) {
                createTask(queue.put(i).recover(e -> null));
            }
            turns(2);
            assertEquals(
                    "PriorityQueue 100000 of 100000, 100000 putting, 100000 unfinished".length(),
                    queue.toString().length());
            queue.shutdown();
            assertTrue(queue.toString().length() <= 70, queue::toString);
            turns(2);
        });
        var barrier = new Barrier(Integer.MAX_VALUE);
        assertTrue(barrier.toString().length() <= 70, barrier::toString);
    }

    @Test
    void operations_sayWhatTheyAre() {
        var queue = new Queue<Integer>();
        var condition = new Condition();
        assertEquals(
                List.of(
                        "Queue.put",
                        "Queue.get",
                        "Queue.join",
                        "Condition.await",
                        "Condition.awaitUntil",
                        "Lock.acquire",
                        "Barrier.await",
                        "Barrier.reset",
                        "Barrier.abort"),
                List.of(
                        queue.put(1).toString(),
                        queue.get().toString(),
                        queue.join().toString(),
                        condition.await().toString(),
                        condition.awaitUntil(() -> true).toString(),
                        condition.acquire().toString(),
                        new Barrier(1).await().toString(),
                        new Barrier(1).reset().toString(),
                        new Barrier(1).abort().toString()));
        assertEquals("Queue.put", queue.put(1).coroutine().name());
        assertEquals("run of Queue.get", queue.get().coroutine().toString());
    }
}
