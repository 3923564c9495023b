package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.asyncGenerator;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.awaitEach;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.each;
import static heddle.dsl.Heddle.forEach;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** "async for": forEach and each in direct style, awaitEach as a chain. */
class IterationTest {

    private final List<Object> seen = new ArrayList<>();

    /** Counts up to {@code n}, a second apart, and takes half of one to close. */
    private final class Count implements AsyncIterator<Integer> {
        private final int n;
        private int last;

        Count(int n) {
            this.n = n;
        }

        @Override
        public Chain<Integer> next() {
            return sleep(1).then(() -> {
                if (last == n) {
                    throw new StopAsyncIteration();
                }
                return ++last;
            });
        }

        @Override
        public Chain<?> close() {
            return sleep(0.5).tap(x -> seen.add("closed at " + Turns.now()));
        }
    }

    @Test
    void forEach_goesThrough_andDoesntCloseWhatHasEnded() throws Exception {
        run(
                () -> {
                    forEach(new Count(2), seen::add);
                    forEach(new Count(1), n -> {
                        await(sleep(1));
                        seen.add("waited");
                    });
                    assertEquals(List.of(1, 2, "waited"), seen);
                    assertEquals(6, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void forEach_leftByAnException_closesAtOnce() throws Exception {
        run(
                () -> {
                    IOException x = new IOException("x");
                    assertSame(
                            x,
                            assertThrows(
                                    IOException.class,
                                    () -> forEach(new Count(9), n -> {
                                        throw x;
                                    })));
                    assertEquals(List.of("closed at 1.5"), seen);
                    assertThrows(
                            TimeoutException.class,
                            () -> timeout(1, () -> forEach(new Count(9), n -> await(sleep(9)))));
                },
                Turns.virtual());
    }

    @Test
    void forEach_stopThrownByTheCode_isNoEnd() throws Exception {
        run(
                () -> assertThrows(
                        StopAsyncIteration.class,
                        () -> forEach(new Count(9), n -> {
                            throw new StopAsyncIteration();
                        })),
                Turns.virtual());
    }

    @Test
    void each_inTry_closesAtOnce() throws Exception {
        run(
                () -> {
                    try (var numbers = each(new Count(9))) {
                        for (int n : numbers) {
                            seen.add(n);
                            if (n == 2) {
                                break;
                            }
                        }
                    }
                    seen.add("after");
                    assertEquals(List.of(1, 2, "closed at 2.5", "after"), seen);
                },
                Turns.virtual());
    }

    @Test
    void each_bare_isClosedWhenItsBodyEnds() throws Exception {
        run(
                () -> {
                    String value = await(async(() -> {
                        for (int n : each(new Count(9))) {
                            seen.add(n);
                            break;
                        }
                        seen.add("body ends");
                        return "v";
                    }));
                    assertEquals("v", value);
                    seen.add("after");
                    assertEquals(List.of(1, "body ends", "closed at 1.5", "after"), seen);
                },
                Turns.virtual());
    }

    @Test
    void each_bare_leftByAnException_isClosedToo() throws Exception {
        run(
                () -> {
                    Task<?> task = createTask(async(() -> {
                        for (int n : each(new Count(9))) {
                            throw new IOException("at " + n);
                        }
                    }));
                    assertEquals(
                            "at 1",
                            assertThrows(IOException.class, () -> await(task)).getMessage());
                    assertEquals(List.of("closed at 1.5"), seen);
                },
                Turns.virtual());
    }

    @Test
    void each_bare_inATimeout_isClosedInsideOfIt() throws Exception {
        run(
                () -> {
                    timeout(5, () -> {
                        for (int n : each(new Count(9))) {
                            seen.add(n);
                            break;
                        }
                    });
                    seen.add("after");
                    assertEquals(List.of(1, "closed at 1.5", "after"), seen);
                },
                Turns.virtual());
    }

    @Test
    void each_bare_severalOpen_areClosedInnermostFirst() throws Exception {
        run(
                () -> {
                    await(async(() -> {
                        for (int n : each(new Count(9))) {
                            for (int m : each(named("inner"))) {
                                seen.add(n + m);
                                break;
                            }
                            break;
                        }
                    }));
                    assertEquals(List.of(2, "inner closed", "closed at 1.5"), seen);
                },
                Turns.virtual());
    }

    private AsyncIterator<Integer> named(String name) {
        return asyncGenerator(g -> {
            try {
                g.yield(1);
            } finally {
                seen.add(name + " closed");
            }
        });
    }

    @Test
    void each_ofAGenerator_bare_cancelled() throws Exception {
        run(
                () -> {
                    Task<?> task = createTask(async(() -> {
                        for (int n : each(named("generator"))) {
                            seen.add(n);
                            await(sleep(9));
                        }
                    }));
                    await(sleep(1));
                    task.cancel();
                    assertThrows(CancelledError.class, () -> await(task));
                    assertEquals(List.of(1, "generator closed"), seen);
                },
                Turns.virtual());
    }

    @Test
    void each_failureOfTheSource_isThrownAsItIs() throws Exception {
        run(
                () -> {
                    IOException x = new IOException("x");
                    AsyncIterator<Integer> failing = () -> sleep(1).then(() -> {
                        throw x;
                    });
                    assertSame(
                            x,
                            assertThrows(
                                    IOException.class,
                                    () -> each(failing).iterator().hasNext()));
                    var each = each(failing);
                    assertThrows(IOException.class, () -> each.iterator().next());
                    assertFalse(each.iterator().hasNext());
                    each.close();
                },
                Turns.virtual());
    }

    @Test
    void each_closeThatFails_replaces_andKeepsTheOther() throws Exception {
        run(
                () -> {
                    IOException x = new IOException("x");
                    AsyncIterator<Integer> bad = new AsyncIterator<>() {
                        @Override
                        public Chain<Integer> next() {
                            return chain(1);
                        }

                        @Override
                        public Chain<?> close() {
                            return sleep(1).then(() -> {
                                throw new IllegalArgumentException("close");
                            });
                        }
                    };
                    Task<?> task = createTask(async(() -> {
                        for (int n : each(bad)) {
                            throw x;
                        }
                    }));
                    var e = assertThrows(IllegalArgumentException.class, () -> await(task));
                    assertSame(x, e.getSuppressed()[0]);
                },
                Turns.virtual());
    }

    @Test
    void elements_mayBeNullOrAwaitable() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(1, "a"));
                    AsyncGenerator<Object> odd = asyncGenerator(g -> {
                        g.yield(null);
                        g.yield(a);
                        g.yield(sleep(1));
                    });
                    forEach(odd, seen::add);
                    assertEquals(3, seen.size());
                    seen.clear();
                    await(awaitEach(Heddle.asCompleted(a), task -> chain(task).tap(seen::add)));
                    assertEquals(List.of("a"), seen);
                },
                Turns.virtual());
    }

    @Test
    void awaitEach_goesThrough() throws Exception {
        run(
                awaitEach(new Count(3), n -> sleep(1).tap(x -> seen.add(n))).tap(x -> seen.add(Turns.now())),
                Turns.virtual());
        assertEquals(List.of(1, 2, 3, "closed at 7.5", 7.5), seen);
    }

    @Test
    void awaitEach_endThatNextThrows_isTheEnd() throws Exception {
        AsyncIterator<Integer> none = new AsyncIterator<>() {
            @Override
            public Awaitable<Integer> next() {
                throw Throwables.raise(new StopAsyncIteration());
            }

            @Override
            public Awaitable<?> close() {
                return chain("").tap(x -> seen.add("closed"));
            }
        };
        run(awaitEach(none, n -> chain(n)).tap(x -> seen.add("end")));
        assertEquals(List.of("closed", "end"), seen);
    }

    @Test
    void awaitEach_leftByAnException_closesAtOnce() throws Exception {
        assertThrows(
                IOException.class,
                () -> run(
                        awaitEach(new Count(3), n -> {
                            throw new IOException("x");
                        }),
                        Turns.virtual()));
        assertEquals(List.of("closed at 1.5"), seen);
    }

    @Test
    void awaitEach_ofAMillion_needsNoMemory() throws Exception {
        int[] sum = new int[1];
        int[] next = new int[1];
        AsyncIterator<Integer> million = () -> chain("").then(() -> {
            if (next[0] == 1_000_000) {
                throw new StopAsyncIteration();
            }
            return next[0]++;
        });
        run(awaitEach(million, n -> chain(sum[0]++)), Turns.virtual());
        assertEquals(1_000_000, sum[0]);
    }

    @Test
    void nothingToAwait_isNamed() throws Exception {
        run(
                () -> {
                    AsyncIterable<Integer> none = () -> null;
                    assertTrue(assertThrows(NullPointerException.class, () -> each(none))
                            .getMessage()
                            .contains("asyncIterator()"));
                    AsyncIterator<Integer> empty = () -> null;
                    assertThrows(NullPointerException.class, () -> forEach(empty, seen::add));
                    assertThrows(NullPointerException.class, () -> await(awaitEach(named("x"), n -> null)));
                },
                Turns.virtual());
        assertThrows(NullPointerException.class, () -> forEach(null, seen::add));
        assertThrows(NullPointerException.class, () -> forEach(named("x"), null));
        assertThrows(NullPointerException.class, () -> each(null));
        assertThrows(NullPointerException.class, () -> awaitEach(null, n -> chain(1)));
        assertEquals(List.of("x closed"), Arrays.asList(seen.toArray()));
    }
}
