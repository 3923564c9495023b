package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.fromCompletionStage;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.toCompletableFuture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Pause;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class StagesTest {

    // ---- from a stage

    @Test
    void doneStage_doesNotPause() throws Throwable {
        Coroutine<Integer> run = Heddle.<Integer>fromCompletionStage(CompletableFuture.completedFuture(1))
                .coroutine();
        assertSame(Pause.FINISHED, run.step());
        assertEquals(1, run.result());
        assertNull(run(fromCompletionStage(CompletableFuture.completedFuture(null))));
    }

    @Test
    void stageOfAnotherThread_wakesTheLoop() throws Exception {
        run(
                () -> {
                    CountDownLatch awaited = new CountDownLatch(1);
                    CompletableFuture<String> stage = CompletableFuture.supplyAsync(() -> {
                        try {
                            awaited.await();
                        } catch (InterruptedException e) {
                            throw new CompletionException(e);
                        }
                        return "there";
                    });
                    // the loop has nothing else to do, and virtual time: without a hold this were a deadlock
                    EventLoop.running().callSoon(awaited::countDown);
                    assertEquals("there", await(fromCompletionStage(stage)));
                    assertEquals("there", await(fromCompletionStage(stage.minimalCompletionStage())));
                },
                EngineOptions.DEFAULT.withVirtualTime());
    }

    @Test
    void hold_endsWithTheWait() {
        assertThrows(
                DeadlockError.class,
                () -> run(
                        () -> {
                            Task<?> task = createTask(fromCompletionStage(new CompletableFuture<>()));
                            await(sleep(0));
                            task.cancel();
                            assertThrows(CancelledError.class, () -> await(task));
                            await(sleep(Double.POSITIVE_INFINITY));
                        },
                        EngineOptions.DEFAULT.withVirtualTime()));
    }

    @Test
    void failures_areTakenOutOfTheirWrapping() throws Exception {
        IOException e = new IOException();
        run(() -> {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            EventLoop.running().callSoon(() -> stage.completeExceptionally(e));
            assertSame(e, assertThrows(IOException.class, () -> await(fromCompletionStage(stage))));
            assertSame(
                    e, assertThrows(IOException.class, () -> await(fromCompletionStage(stage))), "when done already");
            CompletionStage<Integer> dependent = stage.thenApply(x -> x);
            assertSame(e, assertThrows(IOException.class, () -> await(fromCompletionStage(dependent))));
            CompletableFuture<Integer> wrapped = new CompletableFuture<>();
            wrapped.completeExceptionally(new CompletionException(new CompletionException(e)));
            assertThrows(CompletionException.class, () -> await(fromCompletionStage(wrapped)), "once only");
        });
    }

    @Test
    void cancelledStage_isACancelledError() throws Exception {
        run(() -> {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            EventLoop.running().callSoon(() -> stage.cancel(false));
            assertThrows(CancelledError.class, () -> await(fromCompletionStage(stage)));
            assertThrows(CancelledError.class, () -> await(fromCompletionStage(stage)), "when done already");
            assertThrows(CancelledError.class, () -> await(fromCompletionStage(stage.thenApply(x -> x))));
            assertEquals(0, Heddle.currentTask().cancelling());
        });
    }

    @Test
    void cancellingTheAwaiter_cancelsTheStage() throws Exception {
        run(() -> {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            Task<?> task = createTask(fromCompletionStage(stage));
            await(sleep(0));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(stage.isCancelled());
        });
    }

    @Test
    void stageDoneAfterTheLoop_isDropped() throws Exception {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        CompletableFuture<Integer> copy = stage.copy();
        run(() -> {
            createTask(fromCompletionStage(copy.minimalCompletionStage()));
            await(sleep(0));
        });
        stage.complete(1);
        assertEquals(1, copy.join());
    }

    // ---- to a future of Java's

    @Test
    void toCompletableFuture_passesOnTheOutcome() throws Exception {
        IOException e = new IOException();
        run(() -> {
            assertEquals(1, await(fromCompletionStage(toCompletableFuture(sleep(0, 1)))));
            CompletableFuture<Object> failing = toCompletableFuture(chain(1).then(x -> {
                throw e;
            }));
            assertSame(e, assertThrows(IOException.class, () -> await(fromCompletionStage(failing))));
            assertSame(e, assertThrows(ExecutionException.class, failing::get).getCause());
            Task<Integer> task = createTask(sleep(100, 1));
            CompletableFuture<Integer> cancelled = toCompletableFuture(task);
            await(sleep(0));
            task.cancel("stop");
            await(sleep(0));
            await(sleep(0));
            assertTrue(cancelled.isCancelled());
            assertThrows(CancellationException.class, cancelled::get);
            assertEquals(
                    "stop",
                    cancelled.handle((value, failure) -> failure.getMessage()).join());
        });
    }

    @Test
    void cancellingTheFuture_cancelsTheTask() throws Exception {
        run(() -> {
            Task<Integer> task = createTask(sleep(100, 1));
            CompletableFuture<Integer> future = toCompletableFuture(task);
            await(sleep(0));
            future.cancel(true);
            assertThrows(CancelledError.class, () -> await(task));
        });
    }

    @Test
    void fromAnotherThread_itWorksOnTheLoopOfTheFuture() throws Exception {
        run(() -> {
            Task<Integer> task = createTask(sleep(0, 1));
            CompletableFuture<Integer> there = CompletableFuture.supplyAsync(
                    () -> toCompletableFuture(task).join());
            assertEquals(1, await(fromCompletionStage(there)));
            CompletableFuture<Integer> body = toCompletableFuture(async(() -> await(sleep(0, 2))));
            assertFalse(body.isDone());
            assertEquals(2, await(fromCompletionStage(body)));
        });
    }
}
