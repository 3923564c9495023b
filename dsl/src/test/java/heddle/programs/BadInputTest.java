package heddle.programs;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.asyncGenerator;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.currentTask;
import static heddle.dsl.Heddle.forEach;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.taskGroup;
import static heddle.dsl.Heddle.timeout;
import static heddle.dsl.Heddle.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingFunction;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import heddle.dsl.TaskGroup;
import heddle.sync.BoundedSemaphore;
import heddle.sync.Condition;
import heddle.sync.Lock;
import heddle.sync.PriorityQueue;
import heddle.sync.Queue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mistakes: each is a clear error in the task that made it, and nothing else is disturbed. */
class BadInputTest {

    private final EngineOptions virtual = EngineOptions.DEFAULT.withVirtualTime();

    private final List<Object> reports = new ArrayList<>();
    private final EventLoop elsewhere = Engines.newEventLoop();

    @AfterEach
    void close() {
        elsewhere.close();
    }

    /** Runs the mistake in a task of its own, with another one beside it, and tells what became of it. */
    private Throwable failureOf(Awaitable<?> mistake) throws Exception {
        Throwable[] failure = new Throwable[1];
        run(
                () -> {
                    EventLoop.running().setExceptionHandler((loop, report) -> reports.add(report));
                    Task<String> bystander = createTask(async(() -> {
                        for (int i = 0; i < 5; i++) {
                            await(sleep(0));
                        }
                        await(sleep(1));
                        return "undisturbed";
                    }));
                    Task<?> bad = createTask(mistake, "bad");
                    failure[0] = assertThrows(Throwable.class, () -> await(bad));
                    assertTrue(bad.done());
                    assertEquals("undisturbed", await(bystander));
                },
                virtual);
        assertEquals(List.of(), reports);
        return failure[0];
    }

    private Throwable failureOf(ThrowingRunnable mistake) throws Exception {
        return failureOf(async(mistake));
    }

    private static <X extends Throwable> void assertSays(Class<X> type, String text, Throwable e) {
        X right = assertInstanceOf(type, e);
        assertTrue(String.valueOf(right.getMessage()).contains(text), () -> "it says " + e);
    }

    // ---- awaiting what can't be

    @Test
    void selfAwait() throws Exception {
        assertSays(
                IllegalStateException.class, "Task cannot await on itself: bad", failureOf(() -> await(currentTask())));
        assertSays(IllegalStateException.class, "Task cannot await on itself: bad", failureOf(chain(1).await(x ->
                (Awaitable<?>) currentTask())));
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"}) // else the compiler finds it
    void bareValue_inAChain() throws Exception {
        ThrowingFunction bare = x -> 5;
        assertSays(IllegalArgumentException.class, "returned 5, which can't be awaited", failureOf((Awaitable<?>)
                ((heddle.dsl.Chain) chain(1)).await(bare)));
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"}) // else the compiler finds it
    void bareValue_amongSeveral() throws Exception {
        Iterable bare = List.of(sleep(0), 5);
        assertSays(IllegalArgumentException.class, "each holds 5, which can't", failureOf(() -> gather(bare)));
    }

    @Test
    void bareNull() throws Exception {
        assertSays(NullPointerException.class, "awaitable", failureOf(() -> {
            await(null);
        }));
        assertSays(NullPointerException.class, "returned null: return what to wait for", failureOf(chain(1).await(x ->
                (Awaitable<?>) null)));
    }

    @Test
    void coroutineObjectAsAValue_isNotLost() throws Exception {
        assertSays(IllegalStateException.class, "use await(…)", failureOf(chain(1).then(x -> sleep(x))));
        assertSays(IllegalStateException.class, "nobody awaits", failureOf(async(() -> (Object) sleep(1))));
    }

    @Test
    void futureOfAnotherLoop() throws Exception {
        Promise<Integer> foreign = elsewhere.createFuture();
        assertSays(IllegalStateException.class, "attached to a different loop", failureOf(() -> await(foreign)));
        assertSays(IllegalStateException.class, "attached to a different loop", failureOf(chain(foreign)));
        assertFalse(foreign.done());
    }

    @Test
    void coroutineThatReturnsAFutureOfAnotherEngine() throws Exception {
        Suspension foreign = new OthersFuture(elsewhere);
        assertSays(IllegalStateException.class, "attached to a different loop", failureOf((Awaitable<?>)
                () -> new Stepper(foreign)));
    }

    @Test
    void coroutineThatReturnsNothing() throws Exception {
        assertSays(IllegalStateException.class, "a step ends in a future, YIELD or FINISHED", failureOf((Awaitable<?>)
                () -> new Stepper(null)));
        assertSays(
                IllegalStateException.class,
                "a step ends in a future, YIELD or FINISHED",
                failureOf(() -> await((Awaitable<?>) () -> new Stepper(null))));
    }

    /** A coroutine written by hand, whose first step answers this. */
    private record Stepper(@Nullable Suspension answer) implements Coroutine<Object> {
        @Override
        @SuppressWarnings("NullAway") // that is the mistake
        public Suspension step() {
            return answer;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            throw error;
        }

        @Override
        public Object result() {
            return "none";
        }

        @Override
        public void close() {}
    }

    /** A future that no engine of Heddle's made. */
    private record OthersFuture(EventLoop loop) implements Future<Integer> {
        @Override
        public Coroutine<Integer> coroutine() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean done() {
            return false;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public Integer result() {
            throw new InvalidStateException("pending");
        }

        @Override
        public @Nullable Throwable exception() {
            throw new InvalidStateException("pending");
        }

        @Override
        public boolean cancel(@Nullable String message) {
            return false;
        }

        @Override
        public void addDoneCallback(ThrowingConsumer<? super Future<Integer>> callback) {}

        @Override
        public void addDoneCallback(ThrowingConsumer<? super Future<Integer>> callback, Context context) {}

        @Override
        public int removeDoneCallback(ThrowingConsumer<? super Future<Integer>> callback) {
            return 0;
        }
    }

    // ---- locks and queues

    @Test
    void releaseOfWhatIsNotHeld() throws Exception {
        assertSays(IllegalStateException.class, "Lock is not acquired", failureOf(() -> new Lock().release()));
        assertSays(
                IllegalArgumentException.class,
                "released too many times",
                failureOf(() -> new BoundedSemaphore(1).release()));
        assertSays(IllegalStateException.class, "un-acquired lock", failureOf(() -> new Condition().signal()));
        assertSays(IllegalStateException.class, "un-acquired lock", failureOf(() -> await(new Condition().await())));
    }

    /** Compares itself with nobody. */
    private record Moody(String name) implements Comparable<Moody> {
        @Override
        public int compareTo(Moody other) {
            throw new UnsupportedOperationException("not today");
        }
    }

    @Test
    void comparableThatThrows_inAPriorityQueue() throws Exception {
        List<Object> got = new ArrayList<>();
        assertSays(UnsupportedOperationException.class, "not today", failureOf(() -> {
            Queue<Moody> queue = new PriorityQueue<>();
            await(queue.put(new Moody("first")));
            try {
                await(queue.put(new Moody("second")));
            } finally {
                got.add(queue.qsize());
                got.add(await(queue.get()).name());
            }
        }));
        assertEquals(List.of(1, "first"), got);
    }

    // ---- groups and generators

    @Test
    void groupUsedAfterItEnded() throws Exception {
        TaskGroup[] ended = new TaskGroup[1];
        assertSays(InvalidStateException.class, "TaskGroup is finished: make a new group", failureOf(() -> {
            ended[0] = taskGroup();
            ended[0].run(() -> {
                ended[0].createTask(sleep(1));
            });
            ended[0].createTask(sleep(1));
        }));
        assertSays(
                InvalidStateException.class,
                "already been entered: make a new group",
                failureOf(() -> ended[0].run(() -> {})));
        assertSays(
                InvalidStateException.class,
                "has not been entered",
                failureOf(() -> taskGroup().createTask(sleep(1))));
    }

    @Test
    void generatorThatYieldsInsideOfAnOpenGroupOrTimeout() throws Exception {
        var inGroup = asyncGenerator((heddle.dsl.Yielder<Integer> g) -> {
            var group = taskGroup();
            group.run(() -> {
                g.yield(1);
            });
        });
        Throwable e = failureOf(() -> forEach(inGroup, x -> {}));
        assertSays(heddle.api.ExceptionGroup.class, "TaskGroup", e);
        assertSays(
                IllegalStateException.class,
                "yield inside of TaskGroup",
                ((heddle.api.ExceptionGroup) e).exceptions().get(0));
        var inTimeout = asyncGenerator((heddle.dsl.Yielder<Integer> g) -> timeout(1, () -> {
            g.yield(1);
        }));
        assertSays(
                IllegalStateException.class, "yield inside of Timeout", failureOf(() -> forEach(inTimeout, x -> {})));
    }

    // ---- cancellation

    @Test
    void bodyThatIgnoresItsCancellation_goesOn_andNobodyElseIsCancelled() throws Exception {
        run(
                () -> {
                    EventLoop.running().setExceptionHandler((loop, report) -> reports.add(report));
                    Task<String> deaf = createTask(async(() -> {
                        for (int heard = 0; heard < 3; ) {
                            try {
                                await(sleep(100));
                            } catch (CancelledError e) {
                                heard++;
                            }
                        }
                        return "kept on";
                    }));
                    Task<String> bystander = createTask(sleep(5, "undisturbed"));
                    for (int i = 0; i < 3; i++) {
                        await(sleep(0));
                        assertTrue(deaf.cancel());
                    }
                    assertEquals("kept on", await(deaf));
                    assertFalse(deaf.cancelled());
                    assertEquals(3, deaf.cancelling());
                    assertEquals("undisturbed", await(bystander));
                    assertEquals(5, EventLoop.running().time());
                },
                virtual);
        assertEquals(List.of(), reports);
    }

    @Test
    void bodyThatIgnoresATimeout_isWaitedFor() throws Exception {
        run(
                () -> {
                    String value = await(waitFor(
                            async(() -> {
                                try {
                                    await(sleep(100));
                                } catch (CancelledError e) {
                                    await(sleep(1));
                                }
                                return "late";
                            }),
                            1));
                    assertEquals("late", value);
                    assertEquals(2, EventLoop.running().time());
                    assertEquals(0, currentTask().cancelling());
                },
                virtual);
    }

    // ---- loops

    @Test
    void nestedRun() throws Exception {
        List<Object> ran = new ArrayList<>();
        assertSays(
                IllegalStateException.class,
                "run(…) cannot be called from a running event loop",
                failureOf(() -> run(() -> {
                    ran.add("inner");
                })));
        assertSays(
                IllegalStateException.class,
                "cannot be called from a running event loop",
                failureOf(chain(1).then(x -> run(sleep(0)))));
        assertSays(
                IllegalStateException.class,
                "running",
                failureOf(() -> EventLoop.running().runUntilComplete(sleep(0))));
        assertEquals(List.of(), ran);
    }

    @Test
    void chainOfNull() {
        assertSays(
                NullPointerException.class,
                "chain((String) null)",
                assertThrows(NullPointerException.class, () -> chain(null)));
    }

    @Test
    void failureInTheMiddle_reachesOnlyWhoAwaits() throws Exception {
        assertSays(IOException.class, "mine", failureOf(() -> {
            Task<?> failing = createTask(async(() -> {
                throw new IOException("mine");
            }));
            await(failing);
        }));
    }
}
