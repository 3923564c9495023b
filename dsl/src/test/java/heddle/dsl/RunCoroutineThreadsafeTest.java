package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.fromCompletionStage;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.runCoroutineThreadsafe;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.toCompletableFuture;
import static heddle.dsl.Heddle.toThread;
import static heddle.dsl.Heddle.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunCoroutineThreadsafeTest {

    private final List<Object> seen = new ArrayList<>();

    @Test
    void fromAnotherThread_itGivesTheValueOrTheFailure() throws Exception {
        IOException failure = new IOException();
        run(() -> {
            EventLoop loop = EventLoop.running();
            await(toThread(() -> {
                seen.add(runCoroutineThreadsafe(sleep(0, "value").then(x -> x + " of the loop"), loop)
                        .get());
                seen.add(assertThrows(
                                ExecutionException.class,
                                () -> runCoroutineThreadsafe(
                                                async(() -> {
                                                    throw failure;
                                                }),
                                                loop)
                                        .get())
                        .getCause());
                return null;
            }));
        });
        assertEquals(List.of("value of the loop", failure), seen);
    }

    @Test
    void loopThatIsClosed_cancelsWhatItDidNotComeTo() throws Exception {
        EventLoop loop = Engines.newEventLoop();
        CompletableFuture<String> never = runCoroutineThreadsafe(sleep(0, "value"), loop);
        CompletableFuture<String> dependent = never.thenApply(x -> x + "!");
        Outstanding.close(loop);
        assertThrows(CancellationException.class, () -> never.get(10, TimeUnit.SECONDS));
        assertThrows(ExecutionException.class, () -> dependent.get(10, TimeUnit.SECONDS));
    }

    @Test
    void runnerThatIsClosed_cancelsWhatBeganTooLate() throws Exception {
        Runner runner = Runner.open();
        CompletableFuture<?> late = runCoroutineThreadsafe(sleep(1000), runner.loop());
        runner.close(); // its first turn is after the last cancel
        assertThrows(CancellationException.class, () -> late.get(10, TimeUnit.SECONDS));
    }

    @Test
    void onVirtualTime_theLoopGoesOnForItsOwnFuture() throws Exception {
        Object value = run(
                () -> {
                    CompletableFuture<String> own = runCoroutineThreadsafe(sleep(1, "value"), EventLoop.running());
                    return await(waitFor(fromCompletionStage(own), 2));
                },
                EngineOptions.DEFAULT.withVirtualTime());
        assertEquals("value", value);
    }

    @Test
    void cancellingTheFuture_cancelsTheTask() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        run(() -> {
            EventLoop loop = EventLoop.running();
            await(toThread(() -> {
                CompletableFuture<?> future = runCoroutineThreadsafe(
                        async(() -> {
                            begun.countDown();
                            try {
                                await(sleep(1000));
                            } catch (CancelledError e) {
                                cancelled.countDown();
                                throw e;
                            }
                        }),
                        loop);
                begun.await();
                assertTrue(future.cancel(true));
                cancelled.await();
                assertThrows(CancellationException.class, future::get);
                return null;
            }));
        });
    }

    @Test
    void cancelledBeforeTheLoopHeardOfIt_itNeverRuns() throws Exception {
        run(() -> {
            runCoroutineThreadsafe(async(() -> seen.add("ran")), EventLoop.running())
                    .cancel(true);
            for (int i = 0; i < 3; i++) {
                await(sleep(0));
            }
            assertEquals(1, EventLoop.running().allTasks().size());
        });
        assertEquals(List.of(), seen);
    }

    @Test
    void waitingOnTheLoopsThread_isRefused_andNothingElseDisturbed() throws Exception {
        run(() -> {
            var future = runCoroutineThreadsafe(sleep(0, "value"), EventLoop.running());
            for (var wait : List.<org.junit.jupiter.api.function.Executable>of(
                    future::get,
                    future::join,
                    () -> future.get(1, TimeUnit.SECONDS),
                    () -> future.thenApply(x -> x).join(),
                    () -> toCompletableFuture(sleep(0)).join())) {
                var e = assertThrows(IllegalStateException.class, wait);
                assertTrue(e.getMessage().endsWith("(docs/codes.md#waits-for-itself)"), e.getMessage());
            }
            assertEquals("value", await(fromCompletionStage(future)));
            assertEquals("value", future.join(), "done: nothing to wait for");
        });
    }

    @Test
    void onTheLoopsThread_theTaskIsMadeInTheNextTurn() throws Exception {
        run(() -> {
            EventLoop loop = EventLoop.running();
            runCoroutineThreadsafe(async(() -> seen.add("task")), loop);
            loop.callSoon(() -> seen.add("callback"));
            assertEquals(1, loop.allTasks().size());
            for (int i = 0; i < 3; i++) {
                await(sleep(0));
            }
        });
        assertEquals(List.of("callback", "task"), seen);
    }

    @Test
    void badInput_isRefused() throws Exception {
        EventLoop loop = Engines.newEventLoop();
        Promise<Integer> future = loop.createFuture();
        assertThrows(IllegalArgumentException.class, () -> runCoroutineThreadsafe(future, loop));
        loop.close();
        assertThrows(IllegalStateException.class, () -> runCoroutineThreadsafe(sleep(0), loop));
    }

    @Test
    void failingAwaitable_failsTheFuture() throws Exception {
        IllegalStateException failure = new IllegalStateException();
        run(() -> {
            var future = runCoroutineThreadsafe(
                    () -> {
                        throw failure;
                    },
                    EventLoop.running());
            assertFalse(future.isDone());
            assertSame(failure, assertThrows(IllegalStateException.class, () -> await(fromCompletionStage(future))));
        });
    }
}
