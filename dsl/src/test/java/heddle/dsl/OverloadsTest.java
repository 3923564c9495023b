package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.both;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Ordinary lambdas and method references resolve; that this compiles is most of the test. */
class OverloadsTest {

    private static Chain<String> fetch(String url) {
        return sleep(0).then(() -> "page of " + url);
    }

    private static int size(String page) throws IOException {
        return page.length();
    }

    private static void log(Object value) {}

    private final List<String> seen = new ArrayList<>();

    private void note() {
        seen.add("noted");
    }

    @Test
    void then_takesFunctionsOfNoneAndOneParameter() throws Exception {
        Chain<Integer> a = chain("abc").then(String::length).then(x -> x + 1).then(x -> {
            int y = x * 2;
            return y;
        });
        assertEquals(8, run(a));
        Chain<Integer> b = chain("abc").then(() -> 1).then(() -> {
            return 2;
        });
        assertEquals(2, run(b));
        assertEquals(3, run(chain("abc").then(OverloadsTest::size)));
        assertEquals("3", run(chain(3).then(String::valueOf)));
        Chain<Object> wider = chain(1).then(x -> x);
        assertEquals(1, run(wider));
    }

    @Test
    void tap_takesVoidLambdas() throws Exception {
        assertEquals(
                1,
                run(chain(1).tap(x -> seen.add("" + x))
                        .tap(x -> {
                            seen.add("block");
                        })
                        .tap(OverloadsTest::log)));
        assertEquals(List.of("1", "block"), seen);
    }

    @Test
    void await_takesFunctionsAndAwaitables() throws Exception {
        assertEquals("page of a", run(chain("a").await(OverloadsTest::fetch)));
        assertEquals("page of a", run(chain("a").await(x -> fetch(x))));
        assertEquals("page of b", run(chain("a").await(() -> fetch("b"))));
        assertEquals("page of c", run(chain("a").await(fetch("c"))));
        assertEquals("page of d", run(chain("a").await(x -> {
            var url = "d";
            return fetch(url);
        })));
        Awaitable<String> plain = fetch("e");
        assertEquals("page of e", run(sleep(0).await(plain)));
        assertEquals(1, run(sleep(0).await(() -> chain(1))));
        assertEquals(1, run(sleep(0).await(() -> async(() -> 1))));
    }

    @Test
    void gather_takesFunctionsAndAwaitables() throws Exception {
        Chain<List<String>> pages = chain(List.of("a", "b"))
                .gather(urls -> urls.stream().map(OverloadsTest::fetch).toList());
        assertEquals(List.of("page of a", "page of b"), run(pages));
        assertEquals(List.of(1, 2), run(chain("x").gather(List.of(chain(1), chain(2)))));
        assertEquals(2, run(async(() -> await(gather(fetch("a"), fetch("b"))).size())));
        int count = run(async(() -> await(gather(fetch("a"), fetch("b")).then(List::size))));
        assertEquals(2, count);
        Pair<String, Integer> pair = run(() -> await(both(fetch("a"), chain(2))));
        assertEquals(new Pair<>("page of a", 2), pair);
        List<Object> mixed = run(() -> await(gather(chain(1), chain("a"))));
        assertEquals(List.of(1, "a"), mixed);
    }

    @Test
    void recover_takesAClassOrNone() throws Exception {
        Chain<Integer> failing = chain(1).then(x -> x / (x - 1));
        assertEquals(-1, run(failing.recover(e -> -1)));
        assertEquals(
                -2,
                run(failing.recover(
                        ArithmeticException.class, e -> e.getMessage().isEmpty() ? 0 : -2)));
        assertEquals(-3, run(failing.recover(CancelledError.class, e -> -2).recover(e -> -3)));
        assertEquals("/ by zero", run(failing.<String>then(x -> "" + x).recover(Throwable::getMessage)));
        assertThrows(
                TimeoutException.class,
                () -> run(failing.recover(e -> {
                    throw new TimeoutException();
                })));
    }

    @Test
    void eventually_takesVoidAndAwaitableCleanup() throws Exception {
        assertEquals(
                1,
                run(chain(1).eventually(this::note)
                        .eventually(() -> seen.add("x"))
                        .eventually(() -> {
                            seen.add("y");
                        })));
        assertEquals(List.of("noted", "x", "y"), seen);
        assertEquals(1, run(chain(1).eventually(() -> sleep(0).tap(x -> seen.add("slept")))));
        assertEquals(4, seen.size());
    }

    @Test
    void asyncAndRun_takeBodiesOfAllShapes() throws Exception {
        assertNull(run(async(() -> {})));
        assertNull(run(async(() -> {
            await(sleep(0));
        })));
        assertEquals(1, run(async(() -> 1)));
        assertEquals(1, run(() -> 1));
        run(() -> {
            await(sleep(0));
        });
        run(() -> System.nanoTime());
        run(this::note);
        assertEquals("page of a", run(() -> {
            await(sleep(0));
            return await(fetch("a"));
        }));
        assertThrows(
                IOException.class,
                () -> run(async(() -> {
                    throw new IOException();
                })));
        String inferred = await3(async(() -> await(fetch("q"))));
        assertEquals("page of q", inferred);
    }

    private static <T> T await3(Chain<T> chain) throws Exception {
        return run(chain);
    }
}
