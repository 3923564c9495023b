package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.firstCompleted;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.shield;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.Waits;
import heddle.sync.Lock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits for whom, through what the library makes. */
class WaitsTest {

    private static final double FOREVER = Double.POSITIVE_INFINITY;

    private static List<String> names(List<Task<?>> tasks) {
        return tasks.stream().map(Task::name).toList();
    }

    private static Chain<?> holding(Lock first, Lock second) {
        return async(() -> first.run(() -> {
            await(sleep(0));
            second.run(() -> await(sleep(FOREVER)));
        }));
    }

    @Test
    void locksTakenCrosswise_areACycleOfTheirOwners() throws Exception {
        var e = assertThrows(
                DeadlockError.class,
                () -> run(
                        () -> {
                            Lock left = new Lock();
                            Lock right = new Lock();
                            Task<?> ann = createTask(holding(left, right), "ann");
                            Task<?> bob = createTask(holding(right, left), "bob");
                            for (int i = 0; i < 3; i++) {
                                await(sleep(0));
                            }
                            assertEquals(List.of("ann", "bob"), names(Waits.cycle(ann)));
                            assertEquals(List.of("bob", "ann"), names(Waits.cycle(bob)));
                            await(gather(ann, bob));
                        },
                        Turns.virtual()));
        assertTrue(e.getMessage().contains("cycle: ann -> bob -> ann"), e.getMessage());
    }

    @Test
    void gatherShieldAndGroup_leadToTheirTasks() throws Exception {
        run(
                () -> {
                    Promise<Task<?>> given = EventLoop.running().createFuture();
                    Task<?> inner = createTask(
                            async(() -> {
                                Task<?> it = await(given);
                                return await(it);
                            }),
                            "inner");
                    Task<?> outer = createTask(async(() -> await(gather(sleep(FOREVER), shield(inner)))), "outer");
                    given.setResult(outer);
                    Task<?> group = createTask(
                            async(() -> {
                                TaskGroup members = new TaskGroup();
                                members.run(() -> members.createTask(async(() -> await(outer)), "member"));
                            }),
                            "group");
                    for (int i = 0; i < 5; i++) {
                        await(sleep(0));
                    }
                    assertEquals(List.of("inner", "outer"), names(Waits.cycle(inner)));
                    assertEquals(2, Waits.cycle(group).size());
                    assertEquals(2, Waits.next(outer.waitingOn()).size());
                    outer.cancel();
                    inner.cancel();
                    group.cancel();
                },
                Turns.virtual());
    }

    @Test
    void whereOneOfSeveralIsEnough_thereIsNoCycle() throws Exception {
        run(
                () -> {
                    Promise<Task<?>> given = EventLoop.running().createFuture();
                    Task<?> inner = createTask(
                            async(() -> {
                                Task<?> it = await(given);
                                return await(it);
                            }),
                            "inner");
                    Task<?> other = createTask(sleep(5), "other");
                    Task<?> outer = createTask(async(() -> await(firstCompleted(inner, other))), "outer");
                    given.setResult(outer);
                    await(sleep(1));
                    assertEquals(2, Waits.next(outer.waitingOn()).size());
                    assertEquals(List.of(), Waits.cycle(outer));
                    await(outer);
                },
                Turns.virtual());
    }

    @Test
    void aLockThatWasReleased_hasNoOwner() throws Exception {
        run(
                () -> {
                    Lock lock = new Lock();
                    await(lock.acquire());
                    Task<?> next = createTask(lock.acquire(), "next");
                    await(sleep(0));
                    Future<?> line = next.waitingOn();
                    assertEquals(List.of(EventLoop.running().currentTask()), Waits.next(line));
                    lock.release();
                    assertEquals(List.of(), Waits.next(line));
                    await(next);
                },
                Turns.virtual());
    }

    @Test
    void aLongChainOfTasks_needsNoStack() throws Exception {
        run(
                () -> {
                    Promise<String> end = EventLoop.running().createFuture("the end");
                    List<Task<?>> chain = new ArrayList<>();
                    Future<String> last = end;
                    for (int i = 0; i < 20_000; i++) {
                        Future<String> awaited = last;
                        Task<String> task = createTask(Chain.start(Program.AWAIT, awaited));
                        chain.add(task);
                        last = task;
                    }
                    await(sleep(0));
                    assertEquals(List.of(), Waits.cycle(last));
                    end.setResult("done");
                    assertEquals("done", await(last));
                },
                Turns.virtual());
    }
}
