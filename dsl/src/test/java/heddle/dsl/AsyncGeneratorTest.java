package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.asyncGenerator;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.taskGroup;
import static heddle.dsl.Heddle.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.CoroutineExit;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Asynchronous generators: as Python's. */
class AsyncGeneratorTest {

    private final List<Object> seen = new ArrayList<>();

    /** Waits a second before each value, and half of one to clean up. */
    private AsyncGenerator<Integer> ticking() {
        return asyncGenerator(g -> {
            try {
                for (int i = 1; i <= 3; i++) {
                    await(sleep(1));
                    seen.add(g.yield(i));
                }
            } finally {
                await(sleep(0.5));
                seen.add("cleaned at " + Turns.now());
            }
        });
    }

    @Test
    void values_areWaitedFor() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = asyncGenerator(y -> {
                        await(sleep(1));
                        y.yield(1);
                        y.yield(2);
                    });
                    assertEquals("AsyncGenerator not begun", g.toString());
                    assertEquals(1, await(g.next()));
                    assertEquals(1, Turns.now());
                    assertEquals("AsyncGenerator paused", g.toString());
                    assertEquals(2, await(g.next()));
                    assertThrows(StopAsyncIteration.class, () -> await(g.next()));
                    assertThrows(StopAsyncIteration.class, () -> await(g.next()));
                    assertEquals("AsyncGenerator ended", g.toString());
                },
                Turns.virtual());
    }

    @Test
    void values_thatNeedNoWait_costNoTurns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    AsyncGenerator<Integer> g = asyncGenerator(y -> {
                        y.yield(1);
                        y.yield(2);
                    });
                    turns.mark();
                    Heddle.forEach(g, seen::add);
                    assertEquals(0, turns.sinceMark());
                    assertEquals(List.of(1, 2), seen);
                },
                Turns.virtual());
    }

    @Test
    void send_answersTheYield() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = ticking();
                    assertThrows(IllegalStateException.class, () -> await(g.send("too early")));
                    assertEquals(1, await(g.next()));
                    assertEquals(2, await(g.send("a")));
                    assertEquals(3, await(g.send(null)));
                    assertThrows(StopAsyncIteration.class, () -> await(g.send("c")));
                    assertEquals(List.of("a", "null", "c", "cleaned at 3.5").toString(), seen.toString());
                },
                Turns.virtual());
    }

    @Test
    void raise_throwsAtTheYield() throws Exception {
        run(
                () -> {
                    AsyncGenerator<String> g = asyncGenerator(y -> {
                        try {
                            y.yield("a");
                        } catch (IOException e) {
                            await(sleep(1));
                            y.yield("caught " + e.getMessage());
                        }
                    });
                    await(g.next());
                    assertEquals("caught x", await(g.raise(new IOException("x"))));
                    IOException y = new IOException("y");
                    assertSame(y, assertThrows(IOException.class, () -> await(g.raise(y))));
                    assertThrows(StopAsyncIteration.class, () -> await(g.next()));
                    AsyncGenerator<Integer> fresh = ticking();
                    assertSame(y, assertThrows(IOException.class, () -> await(fresh.raise(y))));
                    assertThrows(StopAsyncIteration.class, () -> await(fresh.next()));
                    assertEquals(List.of(), seen);
                },
                Turns.virtual());
    }

    @Test
    void close_waitsForTheFinallyBlocks() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = ticking();
                    await(g.next());
                    assertNull(await(g.close()));
                    assertEquals(List.of("cleaned at 1.5"), seen);
                    await(g.close());
                    assertThrows(StopAsyncIteration.class, () -> await(g.next()));
                    await(ticking().close());
                    assertEquals(List.of("cleaned at 1.5"), seen, "one that hasn't begun runs nothing");
                },
                Turns.virtual());
    }

    @Test
    void close_codeThatYieldsAgain_isAnError() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = asyncGenerator(y -> {
                        try {
                            y.yield(1);
                        } catch (CoroutineExit e) {
                            y.yield(2);
                        }
                    });
                    await(g.next());
                    var e = assertThrows(IllegalStateException.class, () -> await(g.close()));
                    assertTrue(e.getMessage().startsWith("async generator ignored CoroutineExit"), e.getMessage());
                },
                Turns.virtual());
    }

    @Test
    void failure_isThrownByTheCallThatRanIt() throws Exception {
        run(
                () -> {
                    IOException x = new IOException("x");
                    AsyncGenerator<Integer> g = asyncGenerator(y -> {
                        y.yield(1);
                        throw x;
                    });
                    await(g.next());
                    assertSame(x, assertThrows(IOException.class, () -> await(g.next())));
                    AsyncGenerator<Integer> end = asyncGenerator(y -> {
                        throw new StopAsyncIteration();
                    });
                    var e = assertThrows(IllegalStateException.class, () -> await(end.next()));
                    assertInstanceOf(StopAsyncIteration.class, e.getCause());
                },
                Turns.virtual());
    }

    @Test
    void twoAtATime_areRefused() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = ticking();
                    Task<Integer> first = createTask(g.next());
                    Task<Integer> second = createTask(g.next());
                    var e = assertThrows(IllegalStateException.class, () -> await(second));
                    assertTrue(e.getMessage().startsWith("asynchronous generator is already running"));
                    assertEquals(1, await(first));
                },
                Turns.virtual());
    }

    @Test
    void severalTasks_mayTakeTurns() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = ticking();
                    for (int i = 1; i <= 3; i++) {
                        assertEquals(i, await(createTask(g.next())));
                    }
                },
                Turns.virtual());
    }

    @Test
    void cancelled_whileItsCodeWaits_meetsTheErrorThere() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = ticking();
                    assertThrows(TimeoutException.class, () -> timeout(0.25, () -> await(g.next())));
                    assertEquals(List.of("cleaned at 0.75"), seen);
                    assertThrows(StopAsyncIteration.class, () -> await(g.next()));
                },
                Turns.virtual());
    }

    @Test
    void yieldInsideATimeout_isRefusedThere() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = asyncGenerator(y -> timeout(5, () -> y.yield(1)));
                    var e = assertThrows(IllegalStateException.class, () -> await(g.next()));
                    assertTrue(e.getMessage().startsWith("yield inside of Timeout active until 5s"), e.getMessage());
                },
                Turns.virtual());
    }

    @Test
    void yieldInsideAGroup_isRefusedThere() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = asyncGenerator(y -> {
                        y.yield(0);
                        TaskGroup group = taskGroup();
                        group.run(() -> {
                            try {
                                y.yield(1);
                            } catch (IllegalStateException e) {
                                seen.add(e.getMessage());
                            }
                            await(async(() -> {
                                assertThrows(IllegalStateException.class, () -> y.yield(2));
                            }));
                        });
                        y.yield(3);
                    });
                    assertEquals(0, await(g.next()));
                    assertEquals(3, await(g.next()));
                    assertTrue(seen.get(0).toString().startsWith("yield inside of TaskGroup, entered"));
                },
                Turns.virtual());
    }

    @Test
    void yieldInsideAResource_isFine() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g =
                            asyncGenerator(y -> Heddle.using(new ResourceTest.Door(seen), () -> y.yield(1)));
                    assertEquals(1, await(g.next()));
                    assertEquals(List.of("enters", "entered"), seen);
                    await(g.close());
                    assertEquals(List.of("enters", "entered", "leaves CoroutineExit", "left"), seen);
                },
                Turns.virtual());
    }

    @Test
    void yieldInAnotherBody_isRefusedThere() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = asyncGenerator(y -> {
                        await(sleep(0).tap(x -> assertThrows(IllegalStateException.class, () -> y.yield(1))));
                        Task<?> other = createTask(async(() -> {
                            y.yield(2);
                        }));
                        assertThrows(IllegalStateException.class, () -> await(other));
                        await(async(() -> {
                            y.yield(3); // a body that is awaited here runs on the same stack
                        }));
                    });
                    assertEquals(3, await(g.next()));
                },
                Turns.virtual());
    }

    @Test
    void leftOpen_isClosedAtTheEndOfRun() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> first = ticking();
                    AsyncGenerator<Integer> second = ticking();
                    await(second.next());
                    await(first.next());
                    seen.add("main ends");
                    seen.add(List.of(first, second));
                },
                Turns.virtual());
        assertEquals("main ends", seen.get(0));
        assertEquals(List.of("cleaned at 2.5", "cleaned at 2.5"), seen.subList(2, 4));
    }

    @Test
    void loopClosedWhileItWaits_endsItsCode() throws Exception {
        try (Runner runner = Runner.open(Turns.virtual(), 0)) {
            runner.loop().setExceptionHandler((loop, report) -> seen.add(report.kind()));
            runner.run(async(() -> {
                AsyncGenerator<Integer> g = asyncGenerator(y -> {
                    try {
                        await(sleep(9));
                    } finally {
                        seen.add("ends");
                    }
                });
                createTask(g.next());
                await(sleep(1));
            }));
        }
        assertTrue(seen.contains("ends"), seen.toString());
    }

    @Test
    void asChains_theyWorkToo() throws Exception {
        AsyncGenerator<Integer> g = ticking();
        assertEquals(2, run(g.next().await(() -> g.send("x")), Turns.virtual()));
        assertEquals(List.of("x", "cleaned at 2.5"), seen);
    }

    @Test
    void cancelOfTheConsumer_atTheYield_leavesItOpen() throws Exception {
        run(
                () -> {
                    AsyncGenerator<Integer> g = ticking();
                    Task<?> consumer = createTask(async(() -> {
                        await(g.next());
                        await(sleep(9));
                    }));
                    await(sleep(2));
                    consumer.cancel();
                    assertThrows(CancelledError.class, () -> await(consumer));
                    assertEquals(List.of(), seen);
                    assertEquals(2, await(g.next()));
                },
                Turns.virtual());
    }

    @Test
    void nulls_areNamed() {
        assertThrows(NullPointerException.class, () -> asyncGenerator(null));
        assertThrows(NullPointerException.class, () -> ticking().raise(null));
    }
}
