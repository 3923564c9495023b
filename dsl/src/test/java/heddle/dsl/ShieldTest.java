package heddle.dsl;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.shield;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
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

/** asyncio-rules 130 to 133, 57 and 62 for shield. */
class ShieldTest {

    @Test
    void rule130_done_isItself() throws Exception {
        run(
                () -> {
                    Task<String> a = createTask(chain("a"));
                    await(a);
                    assertSame(a, ChainFuture.unwrap(shield(a)));
                    ChainFuture<List<String>> b = gather(List.of());
                    assertSame(b, shield(b));
                },
                Turns.virtual());
    }

    @Test
    void rule131_callerCancelled_innerRunsOn() throws Exception {
        run(
                () -> {
                    Task<String> inner = createTask(sleep(5, "v"));
                    Task<String> caller = createTask(chain("").await(() -> shield(inner)));
                    await(sleep(1));
                    caller.cancel("out");
                    assertEquals(
                            "out",
                            assertThrows(CancelledError.class, () -> await(caller))
                                    .getMessage());
                    assertEquals(0, inner.cancelling());
                    assertEquals("v", await(inner));
                },
                Turns.virtual());
    }

    @Test
    void rule132_innerCancelled_outerIsCancelled() throws Exception {
        run(
                () -> {
                    Task<String> inner = createTask(sleep(5, "v"));
                    ChainFuture<String> outer = shield(inner);
                    await(sleep(1));
                    inner.cancel("in");
                    assertEquals(
                            null,
                            assertThrows(CancelledError.class, () -> await(outer))
                                    .getMessage());
                    assertTrue(outer.cancelled());
                },
                Turns.virtual());
    }

    @Test
    void rule133_innerFailsInTheTurnOfTheCancel_isSilent() throws Exception {
        List<ErrorReport> reports = new ArrayList<>();
        run(
                () -> {
                    EventLoop.running().setExceptionHandler((loop, report) -> reports.add(report));
                    Promise<String> inner = EventLoop.running().createFuture();
                    ChainFuture<String> outer = shield(inner);
                    inner.setException(new IOException("seen by the shield"));
                    outer.cancel();
                    await(sleep(1));
                },
                Turns.virtual());
        assertEquals(List.of(), reports);
    }

    @Test
    void rule133_innerFailsLater_isLost() throws Exception {
        List<ErrorReport> reports = new ArrayList<>();
        run(
                () -> {
                    EventLoop.running().setExceptionHandler((loop, report) -> reports.add(report));
                    Promise<String> inner = EventLoop.running().createFuture();
                    shield(inner).cancel();
                    await(sleep(1));
                    inner.setException(new IOException("nobody sees it"));
                },
                Turns.virtual());
        assertEquals(1, reports.size());
        assertEquals(ErrorReport.Kind.LOST, reports.get(0).kind());
    }

    @Test
    void failure_isThrownAsItIs() throws Exception {
        run(
                () -> {
                    IOException failure = new IOException("x");
                    ChainFuture<String> outer = shield(sleep(1).then(() -> {
                        throw failure;
                    }));
                    assertSame(failure, assertThrows(IOException.class, () -> await(outer)));
                },
                Turns.virtual());
    }

    @Test
    void rule57_freshCoroutine_costs3Turns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    turns.mark();
                    assertEquals("a", await(shield(chain("a"))));
                    assertEquals(3, turns.sinceMark());
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
                    assertEquals("a", await(shield(a)));
                    assertEquals(2, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void future_hasTheVerbsOfAChain() throws Exception {
        assertEquals("A", run(chain("").await(() -> shield(sleep(1, "a")).then(String::toUpperCase)), Turns.virtual()));
    }

    @Test
    void nullAndNoLoop_areRefused() {
        assertThrows(NullPointerException.class, () -> shield(null));
        assertThrows(IllegalStateException.class, () -> shield(sleep(1)));
    }
}
