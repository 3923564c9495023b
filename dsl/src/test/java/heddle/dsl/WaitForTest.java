package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.shield;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.ContextVar;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** asyncio-rules 114 to 119, 60 and 62 for wait_for. */
class WaitForTest {

    private static final ContextVar<String> VAR = ContextVar.of("var");

    private final List<Object> seen = new ArrayList<>();

    /** Notes what becomes of it, and answers a cancel with {@code answer}. */
    private Chain<String> sleeper(Chain<String> answer) {
        return async(() -> {
            seen.add("begun");
            try {
                await(sleep(10));
                return "slept";
            } catch (CancelledError e) {
                seen.add("cancelled at " + Turns.now());
                return await(answer);
            }
        });
    }

    private static Chain<String> cancelledAfter(double seconds) {
        return sleep(seconds).then(() -> {
            throw new CancelledError();
        });
    }

    @Test
    void rule114_noTime_doneGivesItsResult() throws Exception {
        run(
                () -> {
                    Promise<String> a = EventLoop.running().createFuture();
                    a.setResult("a");
                    assertEquals("a", await(waitFor(a, 0)));
                    assertEquals("a", await(waitFor(a, -1)));
                    Promise<String> b = EventLoop.running().createFuture();
                    b.setException(new IOException("b"));
                    assertThrows(IOException.class, () -> await(waitFor(b, 0)));
                },
                Turns.virtual());
    }

    @Test
    void rule114_noTime_freshCoroutineNeverBegins() throws Exception {
        run(
                () -> {
                    var e = assertThrows(TimeoutException.class, () -> await(waitFor(sleeper(chain("x")), 0)));
                    assertInstanceOf(CancelledError.class, e.getCause());
                    assertEquals(List.of(), seen);
                    assertEquals("Task-3", createTask(chain(1)).name(), "it was made into Task-2");
                },
                Turns.virtual());
    }

    @Test
    void rule114_noTime_waitsForTheEndOfWhatItCancels() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleeper(cancelledAfter(2)));
                    await(sleep(1));
                    var e = assertThrows(TimeoutException.class, () -> await(waitFor(a, 0)));
                    assertEquals(3, Turns.now());
                    assertTrue(a.cancelled());
                    assertEquals("timed out after 0s", e.getMessage());
                    Task<String> b = createTask(sleeper(sleep(2, "kept")));
                    await(sleep(1));
                    assertEquals("kept", await(waitFor(b, 0)));
                },
                Turns.virtual());
    }

    @Test
    void rule114_noTime_cancelledWhileWaiting_leavesTheOther() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleeper(sleep(5, "late")));
                    await(sleep(1));
                    Task<String> waiting = createTask(waitFor(a, 0));
                    await(sleep(1));
                    waiting.cancel("enough");
                    assertEquals(
                            "enough",
                            assertThrows(CancelledError.class, () -> await(waiting))
                                    .getMessage());
                    assertEquals("late", await(a));
                },
                Turns.virtual());
    }

    @Test
    void rule115_timeout_waitsForTheCleanUp() throws Exception {
        run(
                () -> {
                    assertThrows(TimeoutException.class, () -> await(waitFor(sleeper(cancelledAfter(3)), 2)));
                    assertEquals(5, Turns.now());
                    assertEquals(List.of("begun", "cancelled at 2.0"), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule116_swallowedCancel_givesTheValue() throws Exception {
        run(
                () -> {
                    assertEquals("v", await(waitFor(sleeper(chain("v")), 2)));
                    Chain<String> failing = chain("").then(() -> {
                        throw new IOException("x");
                    });
                    assertThrows(IOException.class, () -> await(waitFor(sleeper(failing), 2)));
                },
                Turns.virtual());
    }

    @Test
    void rule117_timeoutException_isCausedByTheCancellation() throws Exception {
        run(
                () -> {
                    var e = assertThrows(TimeoutException.class, () -> await(waitFor(sleep(5), 1.5)));
                    assertInstanceOf(CancelledError.class, e.getCause());
                    assertEquals("timed out after 1.5s", e.getMessage());
                    assertEquals(0, Heddle.currentTask().cancelling());
                },
                Turns.virtual());
    }

    @Test
    void rule118_writesToTheContext_stayInTheCallersTask() throws Exception {
        run(
                () -> {
                    VAR.set("outside");
                    await(waitFor(async(() -> VAR.set("inside")), 5));
                    assertEquals("inside", VAR.get());
                    await(waitFor(chain(1).tap(x -> VAR.set("chain")), 5));
                    assertEquals("chain", VAR.get());
                },
                Turns.virtual());
    }

    @Test
    void rule119_doneAndCancelledInOneTurn_cancelWins() throws Exception {
        run(
                () -> {
                    Promise<String> a = EventLoop.running().createFuture();
                    Task<String> waiting = createTask(waitFor(a, 5));
                    await(sleep(1));
                    a.setResult("v");
                    waiting.cancel();
                    assertThrows(CancelledError.class, () -> await(waiting));
                },
                Turns.virtual());
    }

    @Test
    void rule60_coroutine_costsNoTurns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    turns.mark();
                    assertEquals("a", await(waitFor(chain("a"), 5)));
                    assertEquals("b", await(waitFor(async(() -> "b"), Double.POSITIVE_INFINITY)));
                    assertEquals(0, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void rule62_wakeUp_costs1Turn() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    Promise<String> a = EventLoop.running().createFuture();
                    EventLoop.running().callLater(1, () -> {
                        a.setResult("a");
                        turns.mark();
                    });
                    assertEquals("a", await(waitFor(a, 5)));
                    assertEquals(1, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void shielded_goesOn() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(sleep(3, "a"));
                    assertThrows(TimeoutException.class, () -> await(waitFor(shield(a), Duration.ofSeconds(1))));
                    assertEquals("a", await(a));
                },
                Turns.virtual());
    }

    @Test
    void asChain_timesOutAndRecovers() throws Exception {
        assertEquals(
                "gave up at 2.0",
                run(
                        waitFor(sleep(9, "x"), 2).recover(TimeoutException.class, e -> "gave up at " + Turns.now()),
                        Turns.virtual()));
    }

    @Test
    void recipe_runsAgain_withItsWholeTime() throws Exception {
        run(
                () -> {
                    var twice = waitFor(sleep(2, "v"), 3);
                    assertEquals("v", await(twice));
                    assertEquals("v", await(twice));
                    assertEquals(4, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void nullAndNaN_areRefusedAtTheCall() {
        assertThrows(NullPointerException.class, () -> waitFor(null, 1));
        assertThrows(NullPointerException.class, () -> waitFor(sleep(1), (Duration) null));
        assertThrows(IllegalArgumentException.class, () -> waitFor(sleep(1), Double.NaN));
    }
}
