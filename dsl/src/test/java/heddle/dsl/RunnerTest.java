package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.ContextVar;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.dsl.carrier.Carrier;
import heddle.dsl.carrier.VirtualThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** asyncio-rules 168 to 175. */
class RunnerTest {

    private static final ContextVar<String> VAR = ContextVar.of("var", "none");
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    private final List<Object> seen = new ArrayList<>();

    private void collectReports() {
        EventLoop.running().setExceptionHandler((loop, report) -> seen.add(report));
    }

    // ---- main

    @Test
    void run_givesTheResultOrThrows() throws Exception {
        assertEquals(1, run(chain(1)));
        assertNull(run(sleep(0)));
        IOException e = new IOException();
        assertSame(
                e,
                assertThrows(
                        IOException.class,
                        () -> run(chain(1).tap(x -> {
                            throw e;
                        }))));
    }

    @Test
    void run_insideALoop_isRefused() throws Exception {
        String message = run(() ->
                assertThrows(IllegalStateException.class, () -> run(chain(1))).getMessage());
        assertTrue(message.contains("running event loop"), message);
        run(() -> {
            try (Runner runner = Runner.open()) {
                assertThrows(IllegalStateException.class, () -> runner.run(chain(1)));
                runner.loop().close();
                assertThrows(IllegalStateException.class, runner::close);
            } catch (IllegalStateException e) {
                // that of close
            }
        });
    }

    @Test
    void close_whileAnotherThreadRunsIt_isRefused_andLeavesItOpen() throws Exception {
        Runner runner = Runner.open();
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        FutureTask<String> other = new FutureTask<>(() -> runner.run(async(() -> {
            runs.countDown();
            tried.await();
            return "first";
        })));
        new Thread(other).start();
        runs.await();
        try {
            String close =
                    assertThrows(IllegalStateException.class, runner::close).getMessage();
            assertTrue(close.contains("another thread"), close);
            String run = assertThrows(IllegalStateException.class, () -> runner.run(chain(1)))
                    .getMessage();
            assertTrue(run.contains("another thread"), run);
        } finally {
            tried.countDown();
        }
        assertEquals("first", other.get());
        assertEquals("second", runner.run(sleep(0, "second")));
        runner.close();
    }

    @Test
    void close_doesNotThrowAgainWhatRunThrew() {
        InternalError e = new InternalError("simulated");
        Error thrown = assertThrows(
                Error.class,
                () -> run(() -> {
                    collectReports();
                    TaskGroup group = Heddle.taskGroup();
                    group.run(() -> {
                        group.createTask(async(() -> {
                            throw e;
                        }));
                        await(sleep(1000));
                    });
                }));
        assertSame(e, thrown); // and not "Self-suppression not permitted"
    }

    @Test
    void lostFailureThatCantBePrinted_leavesTheResult() throws Exception {
        class Unprintable extends Exception {
            @Override
            public String toString() {
                throw new AssertionError("toString");
            }
        }
        assertEquals("result", run(() -> {
            createTask(async(() -> {
                throw new Unprintable();
            }));
            return await(sleep(0, "result"));
        }));
    }

    @Test
    void run_makesOneTask() throws Exception {
        assertEquals("Task-1", run(() -> Heddle.currentTask().name()));
    }

    @Test
    void run_mainCancelled_throwsCancelledError() {
        assertThrows(
                CancelledError.class,
                () -> run(() -> {
                    Heddle.currentTask().cancel();
                    await(sleep(0));
                }));
    }

    @Test
    void run_closesTheLoop() throws Exception {
        EventLoop loop = run(() -> EventLoop.running());
        assertTrue(loop.isClosed());
    }

    // ---- what is left

    @Test
    void leftOvers_areCancelledInOrderAndWaitedFor() throws Exception {
        run(() -> {
            for (int i = 0; i < 3; i++) {
                int n = i;
                createTask(async(() -> {
                    try {
                        await(sleep(100));
                    } finally {
                        seen.add("cancelled " + n);
                        await(sleep(0));
                        seen.add("ended " + n);
                    }
                }));
            }
            await(sleep(0));
        });
        assertEquals(List.of("cancelled 0", "cancelled 1", "cancelled 2", "ended 0", "ended 1", "ended 2"), seen);
    }

    @Test
    void leftOvers_endBeforeMainsExceptionComesOut() {
        assertThrows(
                IOException.class,
                () -> run(() -> {
                    createTask(sleep(100).eventually(() -> seen.add("cleaned")));
                    await(sleep(0));
                    throw new IOException();
                }));
        assertEquals(List.of("cleaned"), seen);
    }

    @Test
    void leftOver_thatFails_isReportedOnce() throws Exception {
        IOException e = new IOException("left");
        run(() -> {
            collectReports();
            createTask(sleep(100).eventually(() -> {
                throw e;
            }));
            await(sleep(0));
        });
        assertEquals(1, seen.size(), seen::toString);
        ErrorReport report = (ErrorReport) seen.get(0);
        assertEquals(ErrorReport.Kind.SHUTDOWN, report.kind());
        assertSame(e, report.exception());
    }

    @Test
    void leftOvers_ofLeftOvers_areCancelledInTheirTurn() throws Exception {
        run(() -> {
            collectReports();
            createTask(sleep(100).eventually(() -> {
                createTask(sleep(100).eventually(() -> {
                    createTask(sleep(100).eventually(() -> seen.add("third")));
                    seen.add("second");
                    return sleep(0);
                }));
                seen.add("first");
                return sleep(0);
            }));
            await(sleep(0));
        });
        assertEquals(List.of("first", "second", "third"), seen);
    }

    @Test
    void leftOvers_afterTheLastPass_areNamedOnceAndClosed() throws Exception {
        try (Runner runner = Runner.open(EngineOptions.DEFAULT, 2)) {
            runner.run(async(() -> {
                collectReports();
                createTask(sleep(100).recover(CancelledError.class, e -> null).await(() -> endless()));
                await(sleep(0));
            }));
            assertThrows(IllegalArgumentException.class, () -> Runner.open(EngineOptions.DEFAULT, -1));
        }
        assertEquals(
                List.of(ErrorReport.Kind.PENDING),
                seen.stream()
                        .filter(x -> x instanceof ErrorReport)
                        .map(x -> ((ErrorReport) x).kind())
                        .toList());
        assertEquals("closed", seen.get(seen.size() - 1));
    }

    /** A task that makes its successor when it is cancelled; the last one is only closed. */
    private Chain<Object> endless() {
        return sleep(0).then(() -> {
            createTask(waiting());
            return null;
        });
    }

    private Chain<Object> waiting() {
        return sleep(100)
                .<Object>then(x -> x)
                .eventually(() -> seen.add("closed"))
                .recover(CancelledError.class, e -> null)
                .await(this::endless);
    }

    // ---- a runner

    @Test
    void runner_keepsLoopAndContext() throws Exception {
        VAR.set("outside");
        try (Runner runner = Runner.open()) {
            EventLoop loop = runner.loop();
            Promise<String> kept = loop.createFuture();
            runner.run(async(() -> {
                assertEquals("outside", VAR.get());
                assertSame(loop, EventLoop.running());
                VAR.set("first");
                createTask(chain("later").tap(kept::setResult));
            }));
            assertEquals("first", runner.run(async(() -> VAR.get())));
            assertEquals("later", runner.run(async(() -> await(kept))));
            assertFalse(loop.isClosed());
            runner.close();
            assertTrue(loop.isClosed());
            assertThrows(IllegalStateException.class, () -> runner.run(chain(1)));
            assertThrows(IllegalStateException.class, runner::loop);
            runner.close();
        }
        assertEquals("outside", VAR.get());
        assertEquals("outside", run(() -> VAR.get()));
    }

    @Test
    void runner_givenAContext_runsInThatOne() throws Exception {
        Context own = Context.copyCurrent();
        try (Runner runner = Runner.open()) {
            runner.run(async(() -> VAR.set("own")), own);
            assertEquals("own", runner.run(async(() -> VAR.get()), own));
            assertEquals("none", runner.run(async(() -> VAR.get())));
        }
    }

    @Test
    void runner_refusesAFuture() throws Exception {
        try (Runner runner = Runner.open()) {
            Promise<Integer> future = runner.loop().createFuture();
            assertThrows(IllegalArgumentException.class, () -> runner.run(future));
        }
    }

    // ---- the caller's thread

    @Test
    void interruptOfTheCaller_cancelsMain() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<String> result = new FutureTask<>(() -> run(() -> {
            try {
                EventLoop.running().callSoon(begun::countDown);
                await(sleep(1000));
                return "not cancelled";
            } catch (CancelledError e) {
                await(sleep(0));
                return "cancelled: " + e.getMessage();
            }
        }));
        Thread caller = new Thread(result);
        caller.start();
        begun.await();
        caller.interrupt();
        assertEquals("cancelled: interrupted", result.get());
        caller.join();
    }

    @Test
    void loopsThread_isTheCallersOrLooksLikeIt() throws Exception {
        INHERITED.set("inherited");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader own = new ClassLoader(before) {};
        Thread.currentThread().setContextClassLoader(own);
        try {
            Thread loops = run(chain(1).then(x -> {
                seen.add(INHERITED.get());
                seen.add(Thread.currentThread().getContextClassLoader());
                return Thread.currentThread();
            }));
            assertEquals(List.of("inherited", own), seen);
            assertEquals(Thread.currentThread().getName(), loops.getName());
            if (CarrierTest.expected() == Carrier.VIRTUAL) {
                assertTrue(VirtualThreads.isVirtual(loops));
            } else {
                assertSame(Thread.currentThread(), loops);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            INHERITED.remove();
        }
    }

    @Test
    void toThread_carriesTheContext() throws Exception {
        run(() -> {
            VAR.set("main's");
            String there = await(Heddle.toThread(
                    () -> VAR.get() + " on " + Thread.currentThread().getName()));
            assertTrue(there.startsWith("main's on heddle-executor"), there);
            Task<Integer> failing = createTask(Heddle.toThread(() -> {
                throw new IOException();
            }));
            assertThrows(IOException.class, () -> await(failing));
        });
    }
}
