package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.awaitAll;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.firstCompleted;
import static heddle.dsl.Heddle.firstException;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.waitUntil;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** asyncio-rules 107 to 111, 57, 59 and 62 for wait. */
class WaitTest {

    private static Chain<String> fails(double seconds) {
        return sleep(seconds).then(() -> {
            throw new IOException("after " + seconds);
        });
    }

    @Test
    void rule107_membersThatFail_waitThrowsNothing() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(1, "a"));
                    Task<String> b = createTask(fails(2));
                    var both = await(awaitAll(a, b));
                    assertEquals(List.of(a, b), both.done());
                    assertEquals(List.of(), both.pending());
                    assertEquals(2, Turns.now());
                    assertEquals("after 2.0", b.exception().getMessage());
                },
                Turns.virtual());
    }

    @Test
    void rule108_timeout_cancelsNoMember() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(1, "a"));
                    Task<String> b = createTask(sleep(3, "b"));
                    var some = await(awaitAll(List.of(a, b), 2));
                    assertEquals(List.of(a), some.done());
                    assertEquals(List.of(b), some.pending());
                    assertEquals(2, Turns.now());
                    assertEquals("b", await(b));
                },
                Turns.virtual());
    }

    @Test
    void rule108_cancel_cancelsNoMember() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(3, "a"));
                    Task<?> waiting = createTask(awaitAll(a));
                    await(sleep(1));
                    waiting.cancel("enough");
                    var e = assertThrows(CancelledError.class, () -> await(waiting));
                    assertEquals("enough", e.getMessage());
                    assertEquals("a", await(a));
                },
                Turns.virtual());
    }

    @Test
    void rule109_noMembers_isRefusedInTheTask() throws Exception {
        run(
                () -> {
                    Task<?> waiting = createTask(waitUntil(List.<Future<?>>of(), ReturnWhen.ALL_COMPLETED));
                    await(sleep(0));
                    assertTrue(waiting.exception() instanceof IllegalArgumentException);
                },
                Turns.virtual());
    }

    @Test
    void rule110_firstException_ignoresTheCancelled() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(9, "a"));
                    Task<String> b = createTask(fails(2));
                    Task<String> c = createTask(sleep(9, "c"));
                    a.cancel();
                    var some = await(firstException(a, b, c));
                    assertEquals(List.of(a, b), some.done());
                    assertEquals(List.of(c), some.pending());
                    assertEquals(2, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void rule110_nobodyFails_firstExceptionWaitsForAll() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(1, "a"));
                    Task<String> b = createTask(sleep(2, "b"));
                    assertEquals(
                            List.of(a, b), await(firstException(List.of(a, b))).done());
                    assertEquals(
                            List.of(a, b),
                            await(firstException(List.of(a, b), 1)).done());
                },
                Turns.virtual());
    }

    @Test
    void rule111_othersDoneMeanwhile_areAmongTheDone() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(0, "a"));
                    Task<String> b = createTask(sleep(0, "b"));
                    Task<String> c = createTask(sleep(5, "c"));
                    var some = await(firstCompleted(c, b, a));
                    assertEquals(List.of(b, a), some.done(), "in the order of the arguments");
                    assertEquals(List.of(c), some.pending());
                    assertEquals(0, await(firstCompleted(List.of(c), 0)).done().size());
                },
                Turns.virtual());
    }

    @Test
    void rule57_freshTasks_cost3Turns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    Task<String> a = createTask(Heddle.chain("a"));
                    turns.mark();
                    await(awaitAll(a));
                    assertEquals(3, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void rule59_doneMembers_cost2Turns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    Promise<String> a = EventLoop.running().createFuture();
                    a.setResult("a");
                    turns.mark();
                    await(awaitAll(a));
                    assertEquals(2, turns.sinceMark());
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
                    await(awaitAll(a));
                    assertEquals(2, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void sameMemberTwice_isOneMember() throws Exception {
        run(
                () -> {
                    ChainFuture<String> a = Heddle.shield(sleep(1, "a"));
                    assertEquals(List.of(a), await(awaitAll(a, a)).done());
                },
                Turns.virtual());
    }

    @Test
    void members_areTheObjectsThatWereGiven() throws Exception {
        run(
                () -> {
                    ChainFuture<String> a = Heddle.shield(sleep(1, "a"));
                    ChainFuture<String> first = await(firstCompleted(a)).done().get(0);
                    assertSame(a, first);
                    assertEquals("A", await(first.then(String::toUpperCase)));
                },
                Turns.virtual());
    }

    @Test
    void asChain_worksWithoutABody() throws Exception {
        List<String> seen = new ArrayList<>();
        run(
                Heddle.chain(0)
                        .await(() -> firstCompleted(createTask(sleep(2, "slow")), createTask(sleep(1, "fast"))))
                        .tap(some -> some.done().forEach(task -> seen.add("" + task)))
                        .await(some -> Heddle.gather(some.pending())),
                Turns.virtual());
        assertEquals(List.of("Task-3 done: \"fast\""), seen);
    }

    @Test
    void otherLoop_isRefusedInTheTask_andLeavesNothingBehind() throws Exception {
        try (Runner other = Runner.open(Turns.virtual())) {
            Promise<String> foreign = other.loop().createFuture();
            run(
                    () -> {
                        Promise<String> own = EventLoop.running().createFuture();
                        Task<?> waiting = createTask(awaitAll(List.of(own, foreign)));
                        await(sleep(0));
                        assertTrue(waiting.exception().getMessage().contains("different loop"));
                        own.setResult("nobody hears");
                    },
                    Turns.virtual());
            assertFalse(foreign.done());
        }
    }

    @Test
    void nullAndNaN_areRefusedAtTheCall() {
        assertThrows(NullPointerException.class, () -> waitUntil(null, ReturnWhen.ALL_COMPLETED));
        assertThrows(NullPointerException.class, () -> waitUntil(List.<Future<?>>of(), null));
        assertThrows(IllegalArgumentException.class, () -> awaitAll(List.<Future<?>>of(), Double.NaN));
    }

    @Test
    void recipe_runsAgain() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(2, "a"));
                    var wait = awaitAll(List.of(a), 1);
                    assertEquals(List.of(a), await(wait).pending());
                    assertEquals(List.of(a), await(wait).done());
                    assertEquals(2, Turns.now());
                    await(async(() -> {}));
                },
                Turns.virtual());
    }
}
