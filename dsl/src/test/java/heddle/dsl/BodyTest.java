package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.ContextVar;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.dsl.carrier.Carrier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyTest {

    private static final ContextVar<String> VAR = ContextVar.of("var", "none");

    private final List<Object> seen = new ArrayList<>();

    // ---- running

    @Test
    void coroutine_runsNothing() {
        async(() -> seen.add("x")).coroutine().close();
        assertEquals(List.of(), seen);
    }

    @Test
    void await_givesTheValue() throws Exception {
        assertEquals(10, run(() -> {
            int x = await(sleep(0, 1));
            for (int i = 0; i < 3; i++) {
                x += await(sleep(0, i + 2));
            }
            return x;
        }));
        assertNull(run(() -> await(sleep(0, null))));
    }

    @Test
    void await_throwsWhatTheAwaitableFailedWith() throws Exception {
        IOException e = new IOException();
        run(() -> {
            Promise<Integer> future = EventLoop.running().createFuture();
            EventLoop.running().callSoon(() -> future.setException(e));
            assertSame(e, assertThrows(IOException.class, () -> await(future)));
            assertSame(e, assertThrows(IOException.class, () -> await(future)), "the same each time");
            assertSame(e, assertThrows(IOException.class, () -> await(chain(future))));
            assertSame(
                    e,
                    assertThrows(
                            IOException.class,
                            () -> await(async(() -> {
                                throw e;
                            }))));
        });
        assertSame(
                e,
                assertThrows(
                        IOException.class,
                        () -> run(() -> {
                            throw e;
                        })));
    }

    @Test
    void bodies_interleaveAtAwaitsOnly() throws Exception {
        run(() -> {
            var a = createTask(async(() -> {
                for (int i = 0; i < 3; i++) {
                    seen.add("a" + i);
                    await(sleep(0));
                }
            }));
            var b = createTask(async(() -> {
                for (int i = 0; i < 3; i++) {
                    seen.add("b" + i);
                    await(sleep(0));
                }
            }));
            await(gather(a, b));
        });
        assertEquals(List.of("a0", "b0", "a1", "b1", "a2", "b2"), seen);
    }

    @Test
    void await_doneThings_doesNotPause() throws Throwable {
        Coroutine<Integer> body = async(() -> await(async(() -> await(chain(1)) + await(chain(2).then(x -> x + 1)))))
                .coroutine();
        assertSame(Pause.FINISHED, body.step());
        assertEquals(4, body.result());
    }

    @Test
    void body_returningACoroutineObject_fails() {
        var e = assertThrows(IllegalStateException.class, () -> run(async(() -> sleep(1))));
        assertTrue(e.getMessage().contains("nobody awaits"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> run(() -> await(async(() -> chain(1)))));
    }

    @Test
    void await_ofAnAwaitableOfOnesOwn() throws Exception {
        Awaitable<String> own = () -> new Coroutine<>() {
            private int steps;

            @Override
            public Suspension step() {
                return steps++ < 2 ? Pause.YIELD : Pause.FINISHED;
            }

            @Override
            public Suspension raise(Throwable error) throws Throwable {
                throw error;
            }

            @Override
            public String result() {
                return "after " + steps;
            }

            @Override
            public void close() {}
        };
        assertEquals("after 3", run(() -> await(own)));
    }

    // ---- depth

    @Test
    void bodies_mayBeNestedDeeply() throws Exception {
        assertEquals(20_000, run(deep(20_000)));
    }

    private static Chain<Integer> deep(int depth) {
        return async(() -> depth == 0 ? await(sleep(0, 0)) : 1 + await(deep(depth - 1)));
    }

    @Test
    void bodiesAndChains_mayBeNestedInTurns() throws Exception {
        assertEquals(20_000, run(mixed(20_000)));
        assertThrows(IOException.class, () -> run(mixedFailing(20_000)));
    }

    private static Chain<Integer> mixed(int depth) {
        return async(
                () -> depth == 0 ? await(sleep(0, 0)) : await(mixed(depth - 1).then(x -> x + 1)));
    }

    private static Chain<Integer> mixedFailing(int depth) {
        return async(() -> {
            if (depth == 0) {
                await(sleep(0));
                throw new IOException();
            }
            return await(chain(depth).await(d -> mixedFailing(d - 1)));
        });
    }

    @Test
    void close_reachesTheDeepestBody() throws Throwable {
        Coroutine<?> body = deepCleaning(1000).coroutine();
        body.step();
        body.close();
        assertEquals(1001, seen.size());
        assertEquals(0, seen.get(0));
        assertEquals(1000, seen.get(1000));
    }

    private Chain<Integer> deepCleaning(int depth) {
        return async(() -> {
            try {
                return depth == 0 ? await(sleep(0, 0)) : 1 + await(deepCleaning(depth - 1));
            } finally {
                seen.add(depth);
            }
        });
    }

    @Test
    void bodyInAChain_thatABodyAwaits_sharesItsStack() throws Exception {
        Thread[] threads = new Thread[2];
        run(() -> {
            threads[0] = Thread.currentThread();
            return await(chain(1).await(() -> async(() -> {
                        await(sleep(0));
                        threads[1] = Thread.currentThread();
                        return 2;
                    }))
                    .then(x -> x + 1));
        });
        assertSame(threads[0], threads[1]);
    }

    // ---- where await is refused

    @Test
    void await_inAFunctionOfAChain_isRefused() {
        String message = assertThrows(IllegalStateException.class, () -> run(chain(1).then(x -> await(sleep(0, x)))))
                .getMessage();
        assertTrue(message.contains("inside a function of a chain"), message);
        message = assertThrows(
                        IllegalStateException.class, () -> run(() -> await(chain(1).then(x -> await(sleep(0, x))))))
                .getMessage();
        assertTrue(message.contains("inside a function of a chain"), message);
        message = assertThrows(
                        IllegalStateException.class,
                        () -> run(() -> await(async(() -> 1).then(x -> await(sleep(0, x))))))
                .getMessage();
        assertTrue(message.contains("inside a function of a chain"), message);
    }

    @Test
    void await_inACallback_isRefused() throws Exception {
        run(() -> {
            Promise<String> told = EventLoop.running().createFuture();
            EventLoop.running().callSoon(() -> {
                try {
                    await(sleep(0));
                } catch (IllegalStateException e) {
                    told.setResult(e.getMessage());
                }
            });
            String message = await(told);
            assertTrue(message.contains("inside a callback"), message);
        });
    }

    @Test
    void await_insideContextRun_isRefused() throws Exception {
        run(() -> {
            var e = assertThrows(
                    IllegalStateException.class, () -> Context.copyCurrent().run(() -> await(sleep(0, 1))));
            assertTrue(e.getMessage().contains("Context.run"), e.getMessage());
            assertEquals(1, Context.copyCurrent().run(() -> await(chain(1))), "nothing to pause for");
            assertEquals(2, await(sleep(0, 2)), "nothing is broken");
        });
    }

    @Test
    void await_whileClosed_isRefused() throws Throwable {
        Coroutine<?> body = async(() -> {
                    try {
                        await(sleep(0));
                    } finally {
                        seen.add("cleaning");
                        await(sleep(0));
                    }
                })
                .coroutine();
        body.step();
        String message = assertThrows(IllegalStateException.class, body::close).getMessage();
        assertTrue(message.contains("being closed"), message);
        assertEquals(List.of("cleaning"), seen);
    }

    // ---- errors and cancellation

    @Test
    void raise_onAFreshRun_runsNothing() {
        Coroutine<?> body = async(() -> seen.add("x")).coroutine();
        IOException e = new IOException();
        assertSame(e, assertThrows(IOException.class, () -> body.raise(e)));
        assertEquals(List.of(), seen);
    }

    @Test
    void cancel_isThrownAtTheAwait() throws Exception {
        run(() -> {
            Task<?> task = createTask(async(() -> {
                try {
                    await(async(() -> await(sleep(100).then(() -> 1))));
                } catch (CancelledError e) {
                    seen.add(e.getMessage());
                    throw e;
                } finally {
                    await(sleep(0));
                    seen.add("cleaned");
                }
            }));
            await(sleep(0));
            task.cancel("stop");
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
        });
        assertEquals(List.of("stop", "cleaned"), seen);
    }

    @Test
    void close_runsFinallyBlocks() throws Throwable {
        Coroutine<?> body = async(() -> {
                    try {
                        await(chain(0).await(() -> sleep(0).eventually(() -> seen.add("chain"))));
                    } catch (Exception e) {
                        seen.add("never");
                    } finally {
                        seen.add("body");
                    }
                })
                .coroutine();
        body.step();
        body.close();
        body.close();
        assertEquals(List.of("chain", "body"), seen);
        assertThrows(IllegalStateException.class, body::step);
    }

    @Test
    void close_ofABodyThatCatchesIt_isFine() throws Throwable {
        Coroutine<?> body = async(() -> {
                    try {
                        await(sleep(0));
                    } catch (CoroutineExit e) {
                        seen.add("caught");
                    }
                })
                .coroutine();
        body.step();
        body.close();
        assertEquals(List.of("caught"), seen);
    }

    @Test
    void stackOverflow_failsThatTaskOnly() throws Exception {
        run(() -> {
            Task<Integer> task = createTask(async(() -> bottomless(0)));
            assertThrows(StackOverflowError.class, () -> await(task));
            assertEquals(1, await(sleep(0, 1)));
        });
    }

    private static int bottomless(int i) {
        return i < 0 ? 0 : bottomless((i + 1) & Integer.MAX_VALUE) + 1;
    }

    // ---- context

    @Test
    void contextVariables_belongToTheTask() throws Exception {
        run(() -> {
            VAR.set("main");
            var a = createTask(async(() -> {
                seen.add(VAR.get());
                VAR.set("a");
                await(sleep(0));
                seen.add(VAR.get());
            }));
            await(async(() -> VAR.set("set by what main awaits")));
            await(a);
            seen.add(VAR.get());
        });
        assertEquals(List.of("main", "a", "set by what main awaits"), seen);
    }

    @Test
    void currentTask_isTheBodys() throws Exception {
        run(() -> {
            Task<?> main = Heddle.currentTask();
            Task<Task<?>> task = createTask(async(() -> {
                await(sleep(0));
                return Heddle.currentTask();
            }));
            assertSame(task, await(task));
            assertSame(main, Heddle.currentTask());
        });
    }

    // ---- threads

    @Test
    void interruptOfABody_isNeitherLostNorSpins() throws Exception {
        if (CarrierTest.expected() == Carrier.CONTINUATION) {
            return; // it is the loop's thread
        }
        boolean[] interrupted = new boolean[1];
        run(
                () -> {
                    Task<?> task = createTask(async(() -> {
                        Thread.currentThread().interrupt();
                        await(sleep(1));
                        interrupted[0] = Thread.interrupted();
                    }));
                    await(task);
                },
                EngineOptions.DEFAULT.withVirtualTime());
        assertTrue(interrupted[0], "the flag is the body's own");
    }

    @Test
    void abandonedBody_isEnded() throws Throwable {
        if (CarrierTest.expected() == Carrier.CONTINUATION) {
            return; // it is garbage, and nothing else
        }
        CountDownLatch ended = new CountDownLatch(1);
        abandon(ended);
        for (int i = 0; i < 200 && ended.getCount() > 0; i++) {
            System.gc();
            ended.await(50, TimeUnit.MILLISECONDS);
        }
        assertEquals(0, ended.getCount());
    }

    private static void abandon(CountDownLatch ended) throws Throwable {
        async(() -> {
                    try {
                        await(sleep(0));
                    } finally {
                        ended.countDown();
                    }
                })
                .coroutine()
                .step();
    }

    @Test
    void await_inAClassInitialiser_failsThereOnAContinuation() throws Exception {
        run(() -> {
            if (CarrierTest.expected() == Carrier.CONTINUATION) {
                Throwable e = assertThrows(LinkageError.class, Pinning::touch).getCause();
                assertTrue(e.getMessage().contains("initialiser of " + Pinning.class.getName()), e.getMessage());
            } else {
                Pinning.touch();
            }
            assertEquals(1, await(sleep(0, 1)), "the body goes on");
        });
    }

    private static final class Pinning {
        static {
            try {
                await(sleep(0));
            } catch (Exception e) {
                throw Throwables.raise(e);
            }
        }

        static void touch() {}
    }

    @Test
    void stack_askedForByAnotherThread_doesNoHarm() throws Exception {
        run(() -> {
            Task<?> task = createTask(async(() -> {
                for (int i = 0; i < 2000; i++) {
                    await(sleep(0));
                }
            }));
            FutureTask<Integer> other = new FutureTask<>(() -> {
                int looks = 0;
                do {
                    for (StackTraceElement frame : task.stack()) {
                        assertNotNull(frame);
                    }
                    looks++;
                } while (!task.done());
                return looks;
            });
            new Thread(other).start();
            await(task);
            assertTrue(other.get() > 0); // what went wrong there comes out here
        });
    }
}
