package heddle.dsl;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.generator;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.Awaitable;
import heddle.api.ContextVar;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Plain generators: as Python's, without a loop. */
class GeneratorTest {

    private final List<Object> seen = new ArrayList<>();

    private static Generator<Integer> upTo(int n) {
        return generator(g -> {
            for (int i = 1; i <= n; i++) {
                g.yield(i);
            }
        });
    }

    private Generator<Integer> cleaning() {
        return generator(g -> {
            try {
                seen.add(g.yield(1));
                seen.add(g.yield(2));
            } finally {
                seen.add("cleaned");
            }
        });
    }

    @Test
    void values_comeOneAtATime() {
        for (int n : upTo(3)) {
            seen.add(n);
        }
        assertEquals(List.of(1, 2, 3), seen);
        Generator<Integer> two = upTo(2);
        assertEquals(1, two.next());
        assertEquals(2, two.next());
        assertThrows(NoSuchElementException.class, two::next);
        assertThrows(NoSuchElementException.class, two::next);
        assertFalse(two.hasNext());
    }

    @Test
    void code_runsOnlyWhenAsked() {
        Generator<Integer> g = generator(y -> {
            seen.add("begun");
            y.yield(1);
            seen.add("on");
        });
        assertEquals(List.of(), seen);
        assertEquals("Generator not begun", g.toString());
        assertEquals(1, g.next());
        assertEquals(List.of("begun"), seen);
        assertEquals("Generator paused", g.toString());
        assertThrows(InvalidStateException.class, g::result);
        assertFalse(g.hasNext());
        assertEquals(List.of("begun", "on"), seen);
        assertEquals("Generator ended", g.toString());
    }

    @Test
    void nulls_areValues() {
        Generator<String> g = generator(y -> {
            y.yield(null);
            y.yield("a");
        });
        List<String> all = new ArrayList<>();
        g.forEachRemaining(all::add);
        assertEquals(Arrays.asList(null, "a"), all);
    }

    @Test
    void send_answersTheYield() {
        Generator<Integer> g = cleaning();
        assertThrows(IllegalStateException.class, () -> g.send("too early"));
        assertEquals(1, g.next());
        assertEquals(2, g.send("a"));
        assertThrows(NoSuchElementException.class, () -> g.send("b"));
        assertEquals(List.of("a", "b", "cleaned"), seen);
    }

    @Test
    void sendAfterHasNext_isRefused() {
        Generator<Integer> g = upTo(3);
        assertTrue(g.hasNext());
        assertTrue(g.hasNext());
        assertThrows(IllegalStateException.class, () -> g.send("x"));
        assertThrows(IllegalStateException.class, () -> g.raise(new IOException()));
        assertEquals(1, g.next());
        assertEquals(2, g.send("x"));
    }

    @Test
    void raise_throwsAtTheYield() {
        Generator<String> g = generator(y -> {
            try {
                y.yield("a");
            } catch (IOException e) {
                y.yield("caught " + e.getMessage());
            }
        });
        g.next();
        assertEquals("caught x", g.raise(new IOException("x")));
        IOException y = new IOException("y");
        assertSame(y, assertThrows(IOException.class, () -> g.raise(y)));
        assertThrows(NoSuchElementException.class, g::next);
        assertSame(y, assertThrows(IOException.class, () -> g.raise(y)), "an ended one throws it as well");
        Generator<Integer> fresh = cleaning();
        assertSame(y, assertThrows(IOException.class, () -> fresh.raise(y)));
        assertThrows(NoSuchElementException.class, fresh::next);
        assertEquals(List.of(), seen);
    }

    @Test
    void close_runsTheFinallyBlocks() {
        Generator<Integer> g = cleaning();
        g.next();
        g.close();
        g.close();
        assertEquals(List.of("cleaned"), seen);
        assertThrows(NoSuchElementException.class, g::next);
        cleaning().close();
        assertEquals(List.of("cleaned"), seen, "one that hasn't begun runs nothing");
        try (Generator<Integer> open = cleaning()) {
            assertTrue(open.hasNext());
        }
        assertEquals(List.of("cleaned", "cleaned"), seen);
    }

    @Test
    void close_codeThatYieldsAgain_isAnError() {
        Generator<Integer> g = generator(y -> {
            try {
                y.yield(1);
            } catch (CoroutineExit e) {
                y.yield(2);
            }
        });
        g.next();
        var e = assertThrows(IllegalStateException.class, g::close);
        assertTrue(e.getMessage().startsWith("generator ignored CoroutineExit"), e.getMessage());
    }

    @Test
    void close_swallowedOrReplaced() {
        Generator<Integer> swallows = generator(y -> {
            try {
                y.yield(1);
            } catch (CoroutineExit e) {
                y.setResult(7);
            }
        });
        swallows.next();
        swallows.close();
        assertEquals(7, swallows.result());
        Generator<Integer> replaces = generator(y -> {
            try {
                y.yield(1);
            } finally {
                throwIt(new IOException("x"));
            }
        });
        replaces.next();
        assertThrows(IOException.class, replaces::close);
        replaces.close();
    }

    private static void throwIt(Exception e) throws Exception {
        throw e;
    }

    @Test
    void failure_isThrownByTheCallThatRanIt() {
        IOException x = new IOException("x");
        Generator<Integer> g = generator(y -> {
            y.yield(1);
            throw x;
        });
        assertEquals(1, g.next());
        assertSame(x, assertThrows(IOException.class, g::hasNext));
        assertFalse(g.hasNext());
        Generator<Integer> end = generator(y -> List.of().iterator().next());
        var e = assertThrows(IllegalStateException.class, end::next);
        assertInstanceOf(NoSuchElementException.class, e.getCause());
    }

    @Test
    void ownCodeAsking_isRefused() {
        List<Generator<Integer>> self = new ArrayList<>();
        self.add(generator(y -> {
            seen.add(assertThrows(IllegalStateException.class, () -> self.get(0).next())
                    .getMessage());
            assertThrows(IllegalStateException.class, () -> self.get(0).close());
            y.yield(1);
        }));
        assertEquals(1, self.get(0).next());
        assertTrue(seen.get(0).toString().startsWith("generator already executing"));
    }

    @Test
    void yieldByOtherCode_isRefused() {
        List<Yielder<Integer>> leaked = new ArrayList<>();
        Generator<Integer> g = generator(y -> {
            leaked.add(y);
            y.yield(1);
        });
        g.next();
        assertThrows(IllegalStateException.class, () -> leaked.get(0).yield(2));
        Generator<Integer> other = generator(y -> leaked.get(0).yield(3));
        assertThrows(IllegalStateException.class, other::next);
    }

    @Test
    void await_isRefused() throws Exception {
        Generator<Integer> g = generator(y -> await(sleep(1)));
        var e = assertThrows(IllegalStateException.class, g::next);
        assertTrue(e.getMessage().contains("asyncGenerator"), e.getMessage());
        run(
                () -> {
                    Generator<Integer> inTask = generator(y -> timeout(1, () -> y.yield(1)));
                    assertThrows(IllegalStateException.class, inTask::next);
                },
                Turns.virtual());
    }

    @Test
    void generatorsNest() {
        Generator<Integer> outer = generator(y -> {
            for (int i : upTo(3)) {
                for (int j : upTo(i)) {
                    y.yield(10 * i + j);
                }
            }
        });
        outer.forEachRemaining(seen::add);
        assertEquals(List.of(11, 21, 22, 31, 32, 33), seen);
    }

    @Test
    void inTasks_itNeedsNoAwait_andSharesTheContext() throws Exception {
        ContextVar<String> var = ContextVar.of("var");
        run(
                () -> {
                    Generator<String> g = generator(y -> {
                        y.yield(var.get());
                        var.set("inner");
                        y.yield(var.get());
                    });
                    var.set("outer");
                    assertEquals("outer", g.next());
                    await(sleep(0));
                    assertEquals("inner", g.next());
                    assertEquals("inner", var.get());
                },
                Turns.virtual());
    }

    @Test
    void abandoned_manyOfThem_costNothingLasting() {
        for (int i = 0; i < 2_000; i++) {
            assertEquals(1, upTo(2).next());
        }
    }

    /** The notes that began with generators: a coroutine is one, whose values are what it waits for. */
    private static <T> Awaitable<T> coroutine(ThrowingConsumer<Yielder<Suspension>> code) {
        return () -> {
            Generator<Suspension> generator = generator(code);
            return new Coroutine<>() {
                @Override
                public Suspension step() {
                    return generator.hasNext() ? generator.next() : Pause.FINISHED;
                }

                @Override
                public Suspension raise(Throwable error) {
                    try {
                        return generator.raise(error);
                    } catch (NoSuchElementException end) {
                        return Pause.FINISHED;
                    }
                }

                @Override
                @SuppressWarnings("unchecked")
                public T result() {
                    return (T) generator.result();
                }

                @Override
                public void close() {
                    generator.close();
                }
            };
        };
    }

    private static <T> T waitFor(Yielder<Suspension> g, Future<T> future) throws Exception {
        if (!future.done()) {
            g.yield(future);
        }
        return future.result();
    }

    @Test
    void coroutine_madeOfAGenerator_runsAsATask() throws Exception {
        Awaitable<String> made = coroutine(g -> {
            Promise<String> promise = EventLoop.running().createFuture();
            EventLoop.running().callLater(2, () -> promise.setResult("tick"));
            g.yield(Pause.YIELD);
            g.setResult(waitFor(g, promise) + " at " + Turns.now());
        });
        assertEquals("tick at 2.0", run(Heddle.chain(made), Turns.virtual()));
        Awaitable<String> failing = coroutine(g -> {
            try {
                waitFor(g, EventLoop.running().createTask(sleep(1).then(() -> {
                    throw new IOException("x");
                })));
            } catch (IOException e) {
                g.setResult("caught " + e.getMessage());
            }
        });
        assertEquals("caught x", run(Heddle.chain(failing), Turns.virtual()));
    }

    @Test
    void nulls_areNamed() {
        assertThrows(NullPointerException.class, () -> generator(null));
        assertThrows(NullPointerException.class, () -> upTo(1).raise(null));
    }
}
