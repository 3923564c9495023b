package heddle.programs;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.currentTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.runCoroutineThreadsafe;
import static heddle.dsl.Heddle.shield;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.taskGroup;
import static heddle.dsl.Heddle.timeout;
import static heddle.dsl.Heddle.timeoutAt;
import static heddle.dsl.Heddle.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.CancelledError;
import heddle.api.CancelledError.Origin;
import heddle.api.EventLoop;
import heddle.api.ExceptionGroup;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.dsl.Chain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who cancelled, and where; seen from a package that isn't Heddle's, since lines of Heddle's own are left out. */
class OriginTest {

    private final EngineOptions virtual = EngineOptions.DEFAULT.withVirtualTime();

    private final List<@Nullable Origin> seen = new ArrayList<>();

    /** A task that waits, and notes who cancelled it. */
    private Chain<@Nullable Void> victim() {
        return async(() -> {
            try {
                await(sleep(1000));
            } catch (CancelledError e) {
                seen.add(e.origin());
                throw e;
            }
        });
    }

    private Task<@Nullable Void> waiting() throws Exception {
        Task<@Nullable Void> task = createTask(victim(), "victim");
        await(sleep(0));
        return task;
    }

    private void assertOrigin(String who, @Nullable String method) {
        assertEquals(1, seen.size(), () -> seen.toString());
        Origin origin = seen.get(0);
        assertNotNull(origin);
        assertEquals(who, origin.who());
        StackTraceElement where = origin.where();
        if (method == null) {
            assertNull(where);
        } else {
            assertNotNull(where, () -> "no line of " + method);
            assertEquals(OriginTest.class.getName(), where.getClassName());
            assertEquals(method, where.getMethodName());
        }
    }

    private void cancelIt(Task<?> task) {
        task.cancel();
    }

    private static String onThisThread() {
        return "a callback on " + Thread.currentThread().getName();
    }

    // ---- by the program

    @Test
    void cancelByATask_namesTheTaskAndTheLine() throws Exception {
        run(() -> {
            Task<?> task = waiting();
            Task<?> other = createTask(async(() -> cancelIt(task)), "other");
            assertThrows(CancelledError.class, () -> await(task));
            await(other);
        });
        assertOrigin("other", "cancelIt");
    }

    @Test
    void cancelByAChain_namesTheTaskAndTheLine() throws Exception {
        run(() -> {
            Task<?> task = waiting();
            createTask(chain(1).tap(x -> cancelIt(task)), "other");
            assertThrows(CancelledError.class, () -> await(task));
        });
        assertOrigin("other", "cancelIt");
    }

    @Test
    void cancelInACallback_namesTheCallback_notWhoRunsTheLoop() throws Exception {
        String thread = onThisThread();
        run(() -> {
            Task<?> task = waiting();
            EventLoop.running().callSoon(() -> cancelIt(task));
            assertThrows(CancelledError.class, () -> await(task));
        });
        assertOrigin(thread, "cancelIt");
    }

    @Test
    void cancelAsACallback_namesTheClassThatWroteIt() throws Exception {
        String thread = onThisThread();
        run(() -> {
            Task<?> task = waiting();
            EventLoop.running().callSoon(task::cancel);
            assertThrows(CancelledError.class, () -> await(task));
        });
        assertOrigin(thread, "lambda");
    }

    @Test
    void cancelOfWhatAwaits_reachesWhatIsAwaited() throws Exception {
        run(() -> {
            Task<?> outer = createTask(async(() -> await(gather(victim()))));
            await(sleep(0));
            await(sleep(0));
            Task<?> other = createTask(async(() -> cancelIt(outer)), "other");
            assertThrows(CancelledError.class, () -> await(outer));
            await(other);
        });
        assertOrigin("other", "cancelIt");
    }

    @Test
    void cancelOfAGroup_namesWhoAskedForIt() throws Exception {
        run(() -> {
            currentTask().setName("main");
            var group = taskGroup();
            group.run(() -> {
                group.createTask(victim());
                await(sleep(0));
                stop(group);
            });
        });
        assertOrigin("main", "stop");
    }

    private static void stop(heddle.dsl.TaskGroup group) {
        group.cancel();
    }

    // ---- by the library

    @Test
    void timeout_namesItself() throws Exception {
        run(
                () -> {
                    currentTask().setName("main");
                    assertThrows(TimeoutException.class, () -> timeout(0.5, () -> await(victim())));
                },
                virtual);
        assertOrigin("timeout of 0.5s around main", null);
    }

    @Test
    void timeoutAt_namesItself() throws Exception {
        run(
                () -> {
                    currentTask().setName("main");
                    var t = timeoutAt(3);
                    assertThrows(TimeoutException.class, () -> t.run(() -> await(victim())));
                },
                virtual);
        assertOrigin("timeout at 3s around main", null);
    }

    @Test
    void timeout_namesItself_toWhatIsGathered() throws Exception {
        run(
                () -> {
                    currentTask().setName("main");
                    assertThrows(
                            TimeoutException.class, () -> await(gather(victim()).timeout(2)));
                },
                virtual);
        assertOrigin("timeout of 2s around main", null);
    }

    @Test
    void waitFor_namesItsTimeout() throws Exception {
        run(
                () -> {
                    currentTask().setName("main");
                    assertThrows(TimeoutException.class, () -> await(waitFor(victim(), 1)));
                },
                virtual);
        assertOrigin("timeout of 1s around main", null);
    }

    @Test
    void groupWithAFailedTask_namesThatTask() throws Exception {
        run(() -> {
            currentTask().setName("main");
            var group = taskGroup();
            assertThrows(
                    ExceptionGroup.class,
                    () -> group.run(() -> {
                        group.createTask(victim());
                        group.createTask(
                                async(() -> {
                                    throw new IOException();
                                }),
                                "bad");
                        await(sleep(1000));
                    }));
        });
        assertOrigin("TaskGroup of main, since bad failed", null);
    }

    @Test
    void groupWhoseCodeFails_saysSo() throws Exception {
        run(() -> {
            currentTask().setName("main");
            var group = taskGroup();
            assertThrows(
                    ExceptionGroup.class,
                    () -> group.run(() -> {
                        group.createTask(victim());
                        await(sleep(0));
                        throw new IOException();
                    }));
        });
        assertOrigin("TaskGroup of main, since its code failed", null);
    }

    @Test
    void groupThatIsCancelled_passesTheOriginOn() throws Exception {
        run(() -> {
            Task<?> main = createTask(async(() -> {
                var group = taskGroup();
                group.run(() -> {
                    group.createTask(victim());
                    await(sleep(1000));
                });
            }));
            await(sleep(0));
            await(sleep(0));
            Task<?> other = createTask(async(() -> cancelIt(main)), "other");
            assertThrows(CancelledError.class, () -> await(main));
            await(other);
        });
        assertOrigin("other", "cancelIt");
    }

    @Test
    void shieldOfWhatIsCancelled_saysSo() throws Exception {
        run(() -> {
            Task<?> inner = createTask(sleep(1000), "inner");
            var shielded = shield(inner);
            inner.cancel();
            seen.add(assertThrows(CancelledError.class, () -> await(shielded)).origin());
        });
        Origin origin = seen.get(0);
        assertNotNull(origin);
        assertEquals("shield, whose inner cancelled was cancelled", origin.who());
    }

    @Test
    void shutdown_saysSo() throws Exception {
        run(this::waiting);
        assertOrigin("shutdown of the loop, whose program has ended", null);
    }

    @Test
    void interrupt_namesTheThread() throws Exception {
        FutureTask<?> program = new FutureTask<>(() -> {
            Thread caller = Thread.currentThread();
            run(() -> {
                EventLoop.running().callSoon(caller::interrupt);
                await(victim());
            });
            return null;
        });
        Thread thread = new Thread(program, "caller");
        thread.start();
        thread.join();
        assertOrigin("interrupt of caller", null);
    }

    @Test
    void javasFuture_namesTheThreadThatCancelledIt() throws Exception {
        run(() -> {
            CompletableFuture<?> future = runCoroutineThreadsafe(victim(), EventLoop.running());
            await(sleep(0));
            await(sleep(0));
            Thread canceller = new Thread(() -> future.cancel(false), "canceller");
            canceller.start();
            canceller.join();
            await(sleep(0));
            await(sleep(0));
        });
        assertOrigin("canceller", null);
    }
}
