package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RepeatWhileTest {

    private final List<Object> seen = new ArrayList<>();
    private int rounds;

    private boolean fewerThan(int most) {
        return ++rounds < most;
    }

    // ---- what is repeated, and how often

    @Test
    void no_atOnce_isOneRound() throws Exception {
        assertEquals(2, run(chain(1).then(v -> v + 1).tap(seen::add).repeatWhile(v -> false)));
        assertEquals(List.of(2), seen);
    }

    @Test
    void yes_runsAllOfTheAbove_fromItsFirstStep() throws Exception {
        Chain<Integer> loop = chain(1).tap(seen::add)
                .then(v -> v + rounds)
                .tap(seen::add)
                .repeatWhile(v -> fewerThan(3))
                .then(v -> v * 10);
        assertEquals(30, run(loop));
        assertEquals(List.of(1, 1, 1, 2, 1, 3), seen);
    }

    @Test
    void predicate_getsTheValue_andNullIsOne() throws Exception {
        assertNull(
                run(chain("x").then(v -> rounds++ < 2 ? v : null).tap(seen::add).repeatWhile(v -> v != null)));
        List<Object> all = new ArrayList<>(List.of("x", "x"));
        all.add(null);
        assertEquals(all, seen);
    }

    @Test
    void steps_thatWait_waitInEachRound() throws Exception {
        double took = run(
                sleep(1.5)
                        .tap(v -> seen.add(Turns.now()))
                        .repeatWhile(v -> fewerThan(3))
                        .then(Turns::now),
                Turns.virtual());
        assertEquals(4.5, took);
        assertEquals(List.of(1.5, 3.0, 4.5), seen);
    }

    @Test
    void bodies_runAnew() throws Exception {
        assertEquals(
                3,
                run(async(() -> {
                            int here = rounds;
                            await(sleep(0));
                            return here + 1;
                        })
                        .repeatWhile(v -> fewerThan(3))));
    }

    @Test
    void loopInALoop() throws Exception {
        Chain<Integer> inner = chain(0).tap(v -> seen.add("in")).repeatWhile(v -> ++rounds % 2 != 0);
        run(inner.tap(v -> seen.add("out")).repeatWhile(v -> rounds < 4));
        assertEquals(List.of("in", "in", "out", "in", "in", "out"), seen);
        seen.clear();
        run(chain(1).await(inner).tap(v -> seen.add("out")).repeatWhile(v -> rounds < 8));
        assertEquals(List.of("in", "in", "out", "in", "in", "out"), seen);
    }

    @Test
    void recipe_isOne_eachRunCountsForItself() throws Exception {
        Chain<Integer> loop = chain(0).await(() -> {
            int[] left = {3};
            return chain(left)
                    .tap(l -> seen.add(l[0]))
                    .repeatWhile(l -> --l[0] > 0)
                    .then(l -> l[0]);
        });
        run(chain(0).gather(v -> List.of(loop, loop)));
        assertEquals(List.of(3, 2, 1, 3, 2, 1), seen);
    }

    @Test
    void round_thatWaitsForNothingUnfinished_doesntPause() throws Throwable {
        Coroutine<Integer> run =
                chain(1).then(v -> v + 1).repeatWhile(v -> fewerThan(1000)).coroutine();
        assertSame(Pause.FINISHED, run.step());
        assertEquals(1000, rounds);
        assertEquals(2, run.result());
    }

    @Test
    void others_runWhereALoopWaits() throws Exception {
        Chain<?> one = sleep(0).tap(v -> seen.add("a")).repeatWhile(v -> fewerThan(5));
        Chain<?> other = sleep(0).tap(v -> seen.add("b")).repeatWhile(v -> fewerThan(5));
        run(chain(0).gather(v -> List.of(one, other)));
        assertEquals(List.of("a", "b", "a", "b", "a", "b"), seen);
    }

    @Test
    void manyRounds_needNoMemory() throws Exception {
        Chain<?> loop = chain(0).await(v -> chain(v).then(x -> x + 1)).repeatWhile(v -> fewerThan(3_000_000));
        run(loop);
        assertEquals(3_000_000, rounds);
    }

    // ---- how it ends otherwise

    @Test
    void predicate_thatThrows_endsTheChainWithThat() {
        IOException thrown = new IOException("no");
        assertSame(
                thrown,
                assertThrows(
                        IOException.class,
                        () -> run(chain(1).tap(seen::add).repeatWhile(v -> {
                            throw thrown;
                        }))));
        assertEquals(List.of(1), seen);
    }

    @Test
    void error_passesTheLoop() throws Exception {
        Chain<String> loop = chain("v")
                .then(v -> {
                    if (++rounds == 3) {
                        throw new IOException("third");
                    }
                    return v;
                })
                .repeatWhile(v -> true)
                .recover(Exception::getMessage);
        assertEquals("third", run(loop));
        assertEquals(3, rounds);
    }

    @Test
    void recoverAbove_isPartOfEachRound() throws Exception {
        Chain<String> loop = chain("v")
                .<String>then(v -> {
                    throw new IOException("" + ++rounds);
                })
                .recover(Exception::getMessage)
                .tap(seen::add)
                .repeatWhile(v -> rounds < 3);
        assertEquals("3", run(loop));
        assertEquals(List.of("1", "2", "3"), seen);
    }

    @Test
    void eventuallyAbove_runsInEachRound_below_once() throws Exception {
        run(sleep(0).eventually(() -> seen.add("round"))
                .eventually(() -> sleep(0).tap(v -> seen.add("waited")))
                .repeatWhile(v -> fewerThan(2))
                .eventually(() -> seen.add("end")));
        assertEquals(List.of("round", "waited", "round", "waited", "end"), seen);
    }

    @Test
    void errorThatEachRoundThrowsAgain_doesntGrow() throws Exception {
        IOException broken = new IOException("broken");
        run(failing()
                .eventually(() -> {
                    throw broken;
                })
                .recover(e -> 0)
                .repeatWhile(v -> fewerThan(1000)));
        assertEquals("round 0", broken.getSuppressed()[0].getMessage());
        assertTrue(broken.getSuppressed().length < 100, "" + broken.getSuppressed().length);
    }

    private Chain<Integer> failing() {
        return chain(0).then(v -> {
            throw new IOException("round " + rounds);
        });
    }

    @Test
    void cancel_endsALoopWhereItWaits() throws Exception {
        run(
                () -> {
                    Task<Void> task = createTask(sleep(1).repeatWhile(v -> true).eventually(() -> seen.add("cleaned")));
                    await(sleep(3.5));
                    assertTrue(task.cancel());
                    assertThrows(CancelledError.class, () -> await(task));
                    assertEquals(3.5, Turns.now());
                    assertEquals(List.of("cleaned"), seen);
                },
                Turns.virtual());
    }

    @Test
    void cancel_thatARoundSwallows_isNotTheEnd() throws Exception {
        run(
                () -> {
                    Task<Void> task = createTask(
                            sleep(1).recover(CancelledError.class, e -> null).repeatWhile(v -> fewerThan(2)));
                    await(sleep(0));
                    assertTrue(task.cancel());
                    assertNull(await(task));
                    assertEquals(2, rounds);
                },
                Turns.virtual());
    }

    @Test
    void close_runsItsCleanUp() throws Throwable {
        Coroutine<Void> run = sleep(0).recover(CoroutineExit.class, e -> {
                    seen.add("exit");
                    throw e;
                })
                .repeatWhile(v -> true)
                .coroutine();
        run.step();
        run.step();
        run.close();
        assertEquals(List.of("exit"), seen);
    }

    @Test
    void close_ofALoopThatWaitsNevertheless_isRefused_andEndsIt() throws Throwable {
        Coroutine<Void> run = sleep(0).eventually(() -> sleep(0)) // it may not wait any more
                .recover(e -> {
                    seen.add(e.getClass().getSimpleName());
                    return null;
                })
                .repeatWhile(v -> true)
                .eventually(() -> seen.add("end"))
                .coroutine();
        run.step();
        assertTrue(assertThrows(IllegalStateException.class, run::close)
                .getMessage()
                .contains("being closed"));
        assertEquals(List.of("IllegalStateException", "end"), seen);
    }

    /** A body that waits in its clean-up, over and over. */
    private Chain<?> stubborn() {
        return async(() -> {
                    try {
                        await(sleep(0));
                    } finally {
                        await(sleep(0));
                    }
                })
                .recover(e -> null)
                .repeatWhile(v -> fewerThan(1000));
    }

    @Test
    void close_ofABodyThatWaitsNevertheless_endsItsLoop() throws Throwable {
        run(() -> {
            Coroutine<?> run = stubborn().coroutine();
            step(run);
            assertThrows(IllegalStateException.class, run::close);
        });
        assertEquals(1, rounds);
    }

    @Test
    void close_ofALoopInABody_endsIt() throws Throwable {
        run(() -> {
            Coroutine<?> run = async(() -> await(stubborn())).coroutine();
            step(run);
            assertThrows(IllegalStateException.class, run::close);
        });
        assertEquals(1, rounds);
    }

    private static void step(Coroutine<?> run) {
        try {
            run.step();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_cleanUpThatGoesRound_withoutWaiting_isNot() throws Throwable {
        Coroutine<Void> run = sleep(0).eventually(
                        () -> chain(0).tap(v -> seen.add(rounds)).repeatWhile(v -> fewerThan(3)))
                .coroutine();
        run.step();
        run.close();
        assertEquals(List.of(0, 1, 2), seen);
    }

    @Test
    void timeout_aboveIsForEachRound_belowForAll() throws Exception {
        run(
                () -> {
                    assertNull(await(sleep(1).timeout(1.5).repeatWhile(v -> fewerThan(4))));
                    assertEquals(4.0, Turns.now());
                    assertThrows(
                            TimeoutException.class,
                            () -> await(sleep(1).repeatWhile(v -> true).timeout(2.5)));
                    assertEquals(6.5, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void predicate_maySayNoByAnError() {
        assertThrows(
                StackOverflowError.class,
                () -> run(chain(1).repeatWhile(v -> {
                    throw new StackOverflowError();
                })));
    }

    @Test
    void gather_startsItsMembersInEachRound() throws Exception {
        Chain<List<String>> loop = chain("")
                .gather(List.of(sleep(2, "a"), sleep(1, "b")))
                .tap(seen::add)
                .repeatWhile(v -> fewerThan(2));
        assertEquals(List.of("a", "b"), run(loop, Turns.virtual()));
        assertEquals(List.of(List.of("a", "b"), List.of("a", "b")), seen);
    }

    @Test
    void prefix_thatRan_isProlongedTwice() throws Exception {
        Chain<Integer> once = chain(1).then(v -> v + 1);
        assertEquals(2, run(once));
        assertEquals(2, run(once.tap(seen::add).repeatWhile(v -> fewerThan(2))));
        assertEquals(20, run(once.then(v -> v * 10).tap(seen::add).repeatWhile(v -> fewerThan(4))));
        assertEquals(List.of(2, 2, 20, 20), seen);
    }

    @Test
    void task_saysWhatItsLoopWaitsFor() throws Exception {
        run(
                () -> {
                    Task<Void> task = createTask(
                            chain(0).await(sleep(5)).repeatWhile(v -> true).named("ticks"));
                    await(sleep(7));
                    assertTrue(task.toString().contains("sleep(5s)"), task.toString());
                    assertTrue(task.cancel());
                },
                Turns.virtual());
    }

    @Test
    void awaitedFuture_isReadInEachRound() throws Exception {
        run(() -> {
            Promise<String> future = EventLoop.running().createFuture();
            Task<String> task = createTask(chain(0).await(future).tap(seen::add).repeatWhile(v -> fewerThan(2)));
            await(sleep(0));
            future.setResult("once");
            assertEquals("once", await(task));
            assertEquals(List.of("once", "once"), seen);
        });
    }

    // ---- what it says

    @Test
    void chain_saysHowManyStepsItHas() {
        assertEquals("Chain of 2 steps", sleep(0).repeatWhile(v -> true).toString());
        assertEquals(
                "Chain ticks", sleep(0).repeatWhile(v -> true).named("ticks").toString());
    }

    @Test
    void null_isRefusedByName() {
        assertTrue(assertThrows(NullPointerException.class, () -> chain(1).repeatWhile(null))
                .getMessage()
                .contains("predicate"));
    }
}
