package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.both;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.currentTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.gatherReturningExceptions;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** asyncio-rules 96 to 106, 57, 58 and 62 for gather. */
class GatherRulesTest {

    private final List<Object> seen = new ArrayList<>();

    private static Chain<String> fails(double seconds, String message) {
        return sleep(seconds).then(() -> {
            throw new IOException(message);
        });
    }

    private static Chain<String> swallows(String answer) {
        return sleep(9, "slept").recover(CancelledError.class, e -> answer);
    }

    @Test
    void rule96_results_areInTheOrderOfTheArguments() throws Exception {
        run(
                () -> {
                    assertEquals(List.of("a", "b"), await(gather(sleep(2, "a"), sleep(1, "b"))));
                    assertEquals(new Pair<>("a", 1), await(both(sleep(1, "a"), chain(1))));
                },
                Turns.virtual());
    }

    @Test
    void rule97_sameFutureTwice_isOneMember() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(1, "a"));
                    ChainFuture<List<String>> g = gather(sleep(1, "g"));
                    assertEquals(List.of("a", "a"), await(gather(a, a)));
                    assertEquals(List.of(List.of("g"), List.of("g")), await(gather(g, g)));
                },
                Turns.virtual());
    }

    @Test
    void rule98_firstException_completesAtOnce_andCancelsNothing() throws Exception {
        run(
                () -> {
                    Task<String> slow = createTask(sleep(3, "slow"));
                    var outer = gather(slow, fails(1, "x"));
                    assertEquals(
                            "x",
                            assertThrows(IOException.class, () -> await(outer)).getMessage());
                    assertEquals(1, Turns.now());
                    assertFalse(outer.cancel());
                    assertEquals("slow", await(slow));
                },
                Turns.virtual());
    }

    @Test
    void rule99_laterExceptions_areSilent() throws Exception {
        List<ErrorReport> reports = new ArrayList<>();
        run(
                () -> {
                    EventLoop.running().setExceptionHandler((loop, report) -> reports.add(report));
                    assertThrows(IOException.class, () -> await(gather(fails(1, "x"), fails(2, "y"))));
                    await(sleep(5));
                },
                Turns.virtual());
        assertEquals(List.of(), reports);
    }

    @Test
    void rule100_returnExceptions_hasThemAmongTheResults() throws Exception {
        run(
                () -> {
                    Task<String> cancelled = createTask(sleep(9, "cancelled"));
                    EventLoop.running().callLater(2, () -> cancelled.cancel("m"));
                    List<Object> results = await(
                            gatherReturningExceptions(sleep(3, "a"), fails(1, "x"), cancelled, chain((Object) null)));
                    assertEquals("a", results.get(0));
                    assertEquals("x", ((IOException) results.get(1)).getMessage());
                    // as in CPython 3.13: the message is for the first who awaits the task
                    assertNull(((CancelledError) results.get(2)).getMessage());
                    assertEquals(
                            "m",
                            assertThrows(CancelledError.class, () -> await(cancelled))
                                    .getMessage());
                    assertNull(results.get(3));
                    Promise<String> future = EventLoop.running().createFuture();
                    future.cancel("f");
                    CancelledError e = (CancelledError)
                            await(gatherReturningExceptions(List.of(future))).get(0);
                    assertEquals("f", e.getMessage());
                },
                Turns.virtual());
    }

    @Test
    void rule101_cancelledMember_failsTheOuter_whichIsNotCancelled() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(9, "a"));
                    Task<String> b = createTask(sleep(3, "b"));
                    var outer = gather(a, b);
                    EventLoop.running().callLater(1, () -> a.cancel("m"));
                    assertEquals(
                            "m",
                            assertThrows(CancelledError.class, () -> await(outer))
                                    .getMessage());
                    assertFalse(outer.cancelled());
                    assertEquals(0, currentTask().cancelling());
                    assertEquals("b", await(b));
                },
                Turns.virtual());
    }

    @Test
    void rule102_cancel_reachesAll_andWaitsForAll() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(9, "a").eventually(() -> sleep(2)));
                    Task<String> b = createTask(sleep(9, "b"));
                    var outer = gather(a, b);
                    await(sleep(1));
                    assertTrue(outer.cancel("m"));
                    assertEquals(
                            "m",
                            assertThrows(CancelledError.class, () -> await(outer))
                                    .getMessage());
                    assertTrue(b.cancelled());
                    assertEquals(1, Turns.now(), "the first cancelled member is enough");
                    var outer2 = gatherReturningExceptions(createTask(sleep(9).eventually(() -> sleep(2))), sleep(9));
                    await(sleep(0));
                    assertTrue(outer2.cancel());
                    assertThrows(CancelledError.class, () -> await(outer2));
                    assertEquals(3, Turns.now(), "with exceptions returned, all are waited for");
                },
                Turns.virtual());
    }

    @Test
    void rule103_cancel_isRaisedEvenIfSwallowed() throws Exception {
        run(
                () -> {
                    for (var outer : List.of(
                            gather(swallows("a"), swallows("b")), gatherReturningExceptions(swallows("a"), sleep(9)))) {
                        await(sleep(0));
                        assertTrue(outer.cancel("m"));
                        assertThrows(CancelledError.class, () -> await(outer));
                        assertFalse(outer.cancelled());
                    }
                },
                Turns.virtual());
    }

    @Test
    void rule103_messageOfASwallowedCancel_asInCPython() throws Exception {
        run(
                () -> {
                    var waiting = gather(swallows("a"));
                    await(sleep(0));
                    waiting.cancel("m");
                    assertNull(assertThrows(CancelledError.class, () -> await(waiting))
                            .getMessage());
                    var ready = gather(sleep(0).then(() -> "x").recover(CancelledError.class, e -> "y"));
                    await(sleep(0));
                    ready.cancel("m");
                    assertEquals(
                            "m",
                            assertThrows(CancelledError.class, () -> await(ready))
                                    .getMessage());
                },
                Turns.virtual());
    }

    @Test
    void rule104_cancelAfterTheMembersAreDone_isRefused() throws Exception {
        run(
                () -> {
                    Promise<String> a = EventLoop.running().createFuture();
                    var outer = gather(a);
                    a.setResult("a");
                    assertFalse(outer.cancel());
                    assertEquals(List.of("a"), await(outer));
                },
                Turns.virtual());
    }

    @Test
    void rule105_cancelOfTheAwaiter_reachesMembersIn1Turn_andTheAwaiterIn3() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    Task<?> awaiter = createTask(async(() -> {
                        try {
                            await(gather(sleep(9).eventually(() -> {
                                seen.add("member +" + turns.sinceMark());
                            })));
                        } finally {
                            seen.add("awaiter +" + turns.sinceMark());
                        }
                    }));
                    await(sleep(1));
                    turns.mark();
                    awaiter.cancel();
                    assertThrows(CancelledError.class, () -> await(awaiter));
                    assertEquals(List.of("member +1", "awaiter +3"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule106_mixedLoops_areRefused() throws Exception {
        try (Runner other = Runner.open(Turns.virtual())) {
            Promise<String> foreign = other.loop().createFuture();
            run(() -> assertThrows(IllegalArgumentException.class, () -> gather(sleep(1), foreign)), Turns.virtual());
        }
    }

    @Test
    void rule57_freshCoroutines_cost3Turns_rule58_nothingAndDoneNone() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    turns.mark();
                    await(gather(chain("a"), chain("b")));
                    assertEquals(3, turns.sinceMark());
                    turns.mark();
                    assertEquals(List.of(), await(gather()));
                    Promise<String> a = EventLoop.running().createFuture();
                    a.setResult("a");
                    assertEquals(List.of("a"), await(gather(a)));
                    assertEquals(0, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void rule62_wakeUp_costs2Turns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    Promise<String> a = EventLoop.running().createFuture();
                    EventLoop.running().callLater(1, () -> {
                        a.setResult("a");
                        turns.mark();
                    });
                    await(gather(a));
                    assertEquals(2, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void nulls_areRefusedAtTheCall() {
        assertThrows(NullPointerException.class, () -> gatherReturningExceptions(chain(1), null));
        assertThrows(NullPointerException.class, () -> gatherReturningExceptions((Iterable<Chain<String>>) null));
        assertInstanceOf(IllegalStateException.class, assertThrows(RuntimeException.class, () -> gather(chain(1))));
    }
}
