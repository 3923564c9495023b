package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What works on a thread that runs no loop. */
class SessionTest {

    @AfterEach
    void noSessionIsLeft() {
        Session left = Session.current();
        if (left != null) {
            left.close();
        }
    }

    // ---- without a session

    @Test
    void withoutALoop_whatNeedsOneSaysSo() {
        assertNull(Session.current());
        for (org.junit.jupiter.api.function.Executable needing : new org.junit.jupiter.api.function.Executable[] {
            () -> await(chain(1)),
            () -> createTask(chain(1)),
            () -> gather(chain(1)),
            () -> Heddle.both(chain(1), chain(2)),
            () -> Heddle.toCompletableFuture(chain(1)),
            Heddle::currentTask
        }) {
            String message = assertThrows(IllegalStateException.class, needing).getMessage();
            assertTrue(message.contains("docs/codes.md#no-loop"), message);
        }
    }

    @Test
    void await_aFutureOfALoopThatDoesNotRun_isRefused() throws Exception {
        EventLoop loop = Engines.newEventLoop();
        Promise<Integer> future = loop.createFuture();
        String message =
                assertThrows(IllegalStateException.class, () -> await(future)).getMessage();
        assertTrue(message.contains("isn't running"), message);
        future.setResult(1);
        assertEquals(1, await(future), "but a done one is read");
        loop.close();
    }

    @Test
    void await_aFutureOfALoopElsewhere_waitsForItThere() throws Exception {
        Promise<Promise<String>> there = null;
        CompletableFuture<Promise<String>> future = new CompletableFuture<>();
        CompletableFuture<EventLoop> loop = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                run(() -> {
                    Promise<String> promise = EventLoop.running().createFuture();
                    loop.complete(EventLoop.running());
                    future.complete(promise);
                    return await(promise);
                });
            } catch (Exception e) {
                loop.completeExceptionally(e);
            }
        });
        other.start();
        Promise<String> promise = future.join();
        loop.join().callSoonThreadsafe(() -> promise.setResult("there"));
        assertEquals("there", await(promise));
        other.join();
        assertNull(there);
    }

    // ---- with one

    @Test
    void session_isTheOnlyOne() {
        Session session = Session.start();
        assertSame(session, Session.current());
        assertTrue(session.loop().isRunning());
        assertThrows(IllegalStateException.class, Session::start);
        session.close();
        assertNull(Session.current());
        assertTrue(session.loop().isClosed());
        session.close();
        Session.start().close();
    }

    @Test
    void await_runsCoroutineObjectsOnTheSessionsLoop() throws Exception {
        Session session = Session.start();
        assertEquals(3, await(sleep(0).then(() -> 3)));
        assertEquals(4, await(async(() -> await(sleep(0.001, 4)))));
        assertSame(session.loop(), await(async(() -> EventLoop.running())));
        IOException e = new IOException();
        assertSame(
                e,
                assertThrows(
                        IOException.class,
                        () -> await(async(() -> {
                            throw e;
                        }))));
        assertEquals("[1, 2]", await(gather(chain(1), chain(2)).then(Object::toString)));
    }

    @Test
    void createTaskAndGather_hopToTheLoop() throws Exception {
        Session session = Session.start();
        Task<Integer> task = createTask(sleep(0, 1));
        assertSame(session.loop(), task.loop());
        assertEquals(1, await(task));
        Future<?> both = gather(task, createTask(chain(2), "named"));
        await(both);
        assertEquals("[1, 2]", both.result().toString());
    }

    @Test
    void onLoop_runsCodeThere() throws Exception {
        Session session = Session.start();
        assertSame(session.loop(), session.onLoop(EventLoop::running));
        Promise<Integer> future = session.onLoop(() -> EventLoop.running().createFuture());
        session.onLoop(() -> {
            future.setResult(3);
            return null;
        });
        assertEquals(3, future.result());
        assertThrows(
                IOException.class,
                () -> session.onLoop(() -> {
                    throw new IOException();
                }));
        assertThrows(
                IllegalStateException.class, () -> session.onLoop(() -> await(chain(1))), "a callback can't await");
    }

    @Test
    void close_cancelsWhatIsLeft() throws Exception {
        Session session = Session.start();
        CountDownLatch cleaned = new CountDownLatch(1);
        Task<?> task = createTask(sleep(1000).eventually(cleaned::countDown));
        await(sleep(0));
        session.close();
        assertEquals(0, cleaned.getCount());
        assertTrue(task.cancelled());
        assertThrows(IllegalStateException.class, () -> session.onLoop(() -> 1));
    }

    @Test
    void close_onItsOwnLoop_isRefused() throws Exception {
        Session session = Session.start();
        assertThrows(
                IllegalStateException.class,
                () -> session.onLoop(() -> {
                    session.close();
                    return null;
                }));
    }

    @Test
    void interrupt_cancelsWhatIsAwaited_andWaitsForItsEnd() throws Exception {
        Session session = Session.start();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Chain<Integer> slow = chain(1).tap(x -> begun.countDown())
                .await(() -> sleep(1000, 2))
                .eventually(() -> sleep(0).tap(x -> ended.countDown()));
        FutureTask<Integer> waiting = new FutureTask<>(() -> await(slow));
        Thread prompt = new Thread(waiting);
        prompt.start();
        begun.await();
        prompt.interrupt();
        var e = assertThrows(java.util.concurrent.ExecutionException.class, waiting::get);
        assertTrue(e.getCause() instanceof InterruptedException, () -> "" + e.getCause());
        assertTrue(e.getCause().getCause() instanceof CancelledError);
        assertEquals(0, ended.getCount());
        assertEquals(5, await(chain(5)), "the loop lives on");
        assertSame(session, Session.current());
    }

    @Test
    void secondInterrupt_endsTheWait() throws Exception {
        Session.start();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch swallowed = new CountDownLatch(1);
        CompletableFuture<Boolean> forEver = new CompletableFuture<>();
        Chain<Boolean> stubborn = chain(1).tap(x -> begun.countDown())
                .await(() -> sleep(1000, true))
                .recover(CancelledError.class, x -> {
                    swallowed.countDown();
                    return true;
                })
                .await(() -> Heddle.fromCompletionStage(forEver));
        FutureTask<Boolean> waiting = new FutureTask<>(() -> await(stubborn));
        Thread prompt = new Thread(waiting);
        prompt.start();
        begun.await();
        prompt.interrupt();
        swallowed.await();
        assertFalse(waiting.isDone());
        prompt.interrupt();
        var e = assertThrows(java.util.concurrent.ExecutionException.class, waiting::get);
        assertTrue(e.getCause() instanceof InterruptedException, () -> "" + e.getCause());
        forEver.complete(true);
    }

    @Test
    @SuppressWarnings("removal")
    void aThreadThatIsStopped_cancelsWhatItAwaits() throws Exception {
        // JShell stops its thread with a ThreadDeath at any instruction; here the gate throws it
        Session.start();
        CountDownLatch cancelled = new CountDownLatch(1);
        Chain<Object> slow = sleep(1000).<Object>then(x -> x).recover(CancelledError.class, x -> {
            cancelled.countDown();
            throw x;
        });
        Task<Object> task = createTask(slow);
        await(sleep(0));
        Gate gate = new Gate();
        Thread.currentThread().interrupt();
        assertThrows(
                ThreadDeath.class,
                () -> gate.pass(null, () -> {
                    throw new ThreadDeath();
                }));
        task.loop().callSoonThreadsafe(task::cancel);
        cancelled.await();
    }

    // ---- virtual time

    @Test
    void virtualTime_passesWhileSomebodyWaits() throws Exception {
        try (var session = Session.start(EngineOptions.DEFAULT.withVirtualTime())) {
            var nap = createTask(sleep(60), "nap");
            for (int look = 0; look < 3; look++) {
                assertEquals(0.0, session.onLoop(() -> session.loop().time()));
            }
            assertFalse(nap.done());
            assertEquals("an hour", await(sleep(3600, "an hour")));
            assertEquals(3600.0, session.onLoop(() -> session.loop().time()));
            assertTrue(nap.done());
        }
    }

    @Test
    void virtualTime_nothingCanWakeTheWaiter_isADeadlock() throws Exception {
        try (var session = Session.start(EngineOptions.DEFAULT.withVirtualTime())) {
            var future = session.onLoop(() -> session.loop().<String>createFuture());
            assertThrows(DeadlockError.class, () -> await(future));
            assertFalse(future.done());
            var error = assertThrows(DeadlockError.class, () -> await(async(() -> await(future))));
            assertTrue(error.getMessage().contains("1 task"), error.getMessage());
            assertEquals("goes on", await(sleep(1, "goes on")));
        }
    }

    @Test
    void virtualTime_close_letsTasksCleanUp() throws Exception {
        var cleaned = new CompletableFuture<Double>();
        try (var session = Session.start(EngineOptions.DEFAULT.withVirtualTime())) {
            createTask(async(() -> {
                try {
                    await(sleep(3600));
                } finally {
                    await(sleep(60));
                    cleaned.complete(session.loop().time());
                }
            }));
            await(sleep(1));
        }
        assertEquals(61.0, cleaned.getNow(null));
    }

    @Test
    void step_onVirtualTime_goesToTheNextTimer() throws Exception {
        try (var session = Session.start(EngineOptions.DEFAULT.withVirtualTime())) {
            var nap = createTask(sleep(60), "nap");
            await(sleep(0));
            session.stepper().pause();
            while (!nap.done()) {
                session.step();
            }
            assertEquals(60.0, session.step().seconds());
            assertEquals(List.of(), session.step().ready());
            session.stepper().resume();
            assertEquals("goes on", await(sleep(1, "goes on")));
        }
    }

    @Test
    void step_interrupted_hasTheLoopStandAgain() throws Exception {
        try (var session = Session.start()) {
            session.stepper().pause();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> {
                while (true) {
                    session.step(); // nothing will ever be ready
                }
            });
            assertEquals(List.of(), session.stepper().moment().ready());
            assertEquals(2, session.onLoop(() -> 1 + 1));
            session.stepper().resume();
            assertEquals("goes on", await(sleep(0, "goes on")));
        }
    }
}
