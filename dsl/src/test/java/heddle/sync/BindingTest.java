package heddle.sync;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.EventLoop;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import heddle.dsl.Heddle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Which loop an object belongs to, and who may use it. */
class BindingTest {

    private static final EngineOptions VIRTUAL = EngineOptions.DEFAULT.withVirtualTime();

    /** Has a task wait for {@code awaitable} on a loop of its own, then cancels it. */
    private static void bind(Awaitable<?> awaitable) throws Exception {
        run(
                () -> {
                    var waiting = createTask(awaitable);
                    await(Heddle.sleep(0));
                    if (waiting.done()) {
                        waiting.result();
                    }
                    assertTrue(waiting.cancel());
                },
                VIRTUAL);
    }

    @Test
    void loop_isCurrent_forWhoeverSpeaksForIt() throws Exception {
        var seen = new AtomicReference<EventLoop>();
        run(() -> {
            EventLoop loop = EventLoop.running();
            seen.set(loop);
            assertTrue(loop.isCurrent());
            assertFalse(await(Heddle.toThread(loop::isCurrent)));
            await(Heddle.sleep(0));
            assertTrue(loop.isCurrent());
        });
        assertFalse(seen.get().isCurrent());
    }

    private static Map<String, Awaitable<?>> blocking() throws Exception {
        var lock = new Lock();
        var shared = new Condition();
        var full = new Queue<>(1);
        full.putNowait(1);
        run(() -> {
            await(lock.acquire());
            await(shared.acquire());
        });
        var all = new LinkedHashMap<String, Awaitable<?>>();
        all.put("Lock", lock.acquire());
        all.put("Event", new Event().await());
        all.put("Condition", shared.await());
        all.put("Semaphore", new Semaphore(0).acquire());
        all.put("Queue.get", new Queue<>().get());
        all.put("Queue.put", full.put(2));
        all.put("Queue.join", full.join());
        return all;
    }

    @Test
    void waitingOnASecondLoop_isRefused() throws Exception {
        for (var each : blocking().entrySet()) {
            bind(each.getValue());
            var error = assertThrows(IllegalStateException.class, () -> bind(each.getValue()), each.getKey());
            assertTrue(error.getMessage().contains("is bound to a different event loop"), error.getMessage());
        }
    }

    @Test
    void refusedWait_changesNothing() throws Exception {
        var queue = new Queue<Integer>();
        bind(queue.get());
        assertThrows(IllegalStateException.class, () -> bind(queue.get()));
        assertEquals("Queue 0 items", queue.toString());
    }

    @Test
    void useWithoutWaiting_bindsToNoLoop() throws Exception {
        var lock = new Lock();
        var queue = new Queue<Integer>();
        for (int i = 0; i < 2; i++) {
            int number = i;
            run(
                    () -> {
                        lock.run(() -> {});
                        await(queue.put(number));
                        assertEquals(number, await(queue.get()));
                    },
                    VIRTUAL);
        }
        bind(queue.get());
        run(() -> await(queue.put(1)), VIRTUAL); // in no need to wait, even when bound
        assertEquals(1, queue.getNowait());
    }

    @Test
    void boundObject_usedByAForeignThread_isRefusedAndUnchanged() throws Exception {
        var lock = new Lock();
        var event = new Event();
        var semaphore = new BoundedSemaphore(1);
        var condition = new Condition();
        var queue = new Queue<Integer>();
        Tasks.run(tasks -> {
            await(lock.acquire());
            await(semaphore.acquire());
            var waiting = List.of(
                    createTask(lock.acquire()),
                    createTask(event.await()),
                    createTask(semaphore.acquire()),
                    createTask(condition.around(condition.await())),
                    createTask(queue.get()));
            Tasks.turns(1);
            await(condition.acquire());
            Map<String, Runnable> calls = new LinkedHashMap<>();
            calls.put("Lock.release", lock::release);
            calls.put("Event.set", event::set);
            calls.put("Event.clear", event::clear);
            calls.put("Semaphore.release", semaphore::release);
            calls.put("Condition.signal", condition::signal);
            calls.put("Queue.putNowait", () -> queue.putNowait(1));
            calls.put("Queue.getNowait", queue::getNowait);
            calls.put("Queue.taskDone", queue::taskDone);
            calls.put("Queue.shutdown", queue::shutdown);
            calls.forEach((name, call) -> {
                Throwable thrown = thrownElsewhere(call);
                assertTrue(thrown instanceof IllegalStateException, name + ": " + thrown);
                assertTrue(thrown.getMessage().contains("callSoonThreadsafe"), thrown.getMessage());
            });
            assertEquals("Lock locked, 1 waiting", lock.toString());
            assertEquals("Event not set, 1 waiting", event.toString());
            assertEquals("BoundedSemaphore locked, 1 waiting", semaphore.toString());
            assertEquals("Condition locked, 1 waiting", condition.toString());
            assertEquals("Queue 0 items, 1 getting", queue.toString());
            assertFalse(waiting.stream().anyMatch(task -> task.done()));
            condition.release();
        });
        // the loop doesn't run any more, so this thread may
        queue.putNowait(1);
        lock.release();
    }

    private static Throwable thrownElsewhere(Runnable call) {
        var thrown = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            try {
                call.run();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return thrown.get();
    }

    @Test
    void waitWithoutALoop_isRefused() {
        var coroutine = new Event().await().coroutine();
        var error = assertThrows(IllegalStateException.class, coroutine::step);
        assertTrue(error.getMessage().contains("no running event loop"));
    }

    @Test
    void loopClosedWhileTasksWait_closesThemInPeace() throws Exception {
        var lock = new Lock();
        var queue = new Queue<Integer>(1);
        var condition = new Condition();
        var reports = new java.util.ArrayList<String>();
        EventLoop loop = Engines.newEventLoop(EngineOptions.DEFAULT);
        loop.setExceptionHandler((l, report) -> reports.add(report.kind() + " " + report.exception()));
        loop.createTask(Heddle.async(() -> lock.run(() -> await(Heddle.sleep(100)))));
        loop.createTask(Heddle.async(() -> lock.run(() -> {})));
        loop.createTask(Heddle.async(() -> condition.run(() -> await(condition.await()))));
        loop.createTask(Heddle.async(() -> condition.run(() -> await(condition.await()))));
        loop.createTask(queue.get());
        loop.createTask(queue.get());
        loop.createTask(new Barrier(2).await());
        loop.runUntilComplete(Heddle.sleep(0).then(() -> null));
        queue.putNowait(1);
        loop.close();
        assertEquals(List.of("PENDING null"), reports.stream().distinct().toList());
        assertEquals(7, reports.size());
        assertFalse(lock.locked());
        assertFalse(condition.locked());
        assertEquals(1, queue.qsize());
    }
}
