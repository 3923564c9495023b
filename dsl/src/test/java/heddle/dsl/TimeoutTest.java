package heddle.dsl;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.currentTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.timeout;
import static heddle.dsl.Heddle.timeoutAfter;
import static heddle.dsl.Heddle.timeoutAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** asyncio-rules 117, 120 to 129, 61 and 62 for timeout, in direct style and as chains. */
class TimeoutTest {

    private final List<Object> seen = new ArrayList<>();

    @Test
    void body_inTime_givesItsValue() throws Exception {
        run(
                () -> {
                    assertEquals("v", timeout(2, () -> await(sleep(1, "v"))));
                    assertEquals("v", await(sleep(1, "v").timeout(2)));
                    assertEquals("v", await(timeout(2, t -> sleep(1, "v"))));
                    assertNull(timeout(2, () -> null));
                    assertEquals(3, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void rule117_bodyTooSlow_timesOutCausedByTheCancellation() throws Exception {
        run(
                () -> {
                    var e = assertThrows(TimeoutException.class, () -> timeout(1, () -> await(sleep(5))));
                    assertInstanceOf(CancelledError.class, e.getCause());
                    assertEquals("timed out after 1s", e.getMessage());
                    var f = assertThrows(TimeoutException.class, () -> await(sleep(5).timeout(1)));
                    assertInstanceOf(CancelledError.class, f.getCause());
                    assertEquals(2, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void rule120_misuse_isRefused() throws Exception {
        run(
                () -> {
                    Timeout t = timeoutAfter(5);
                    assertEquals("Timeout created", t.toString());
                    var early = assertThrows(InvalidStateException.class, () -> t.reschedule(3));
                    assertTrue(early.getMessage().startsWith("Timeout has not been entered"), early.getMessage());
                    t.run(() -> {
                        assertEquals("Timeout active until 5s", t.toString());
                        var again = assertThrows(InvalidStateException.class, () -> t.run(() -> seen.add("ran")));
                        assertTrue(again.getMessage().startsWith("Timeout has already been entered"));
                    });
                    var late = assertThrows(InvalidStateException.class, () -> t.reschedule(3));
                    assertTrue(late.getMessage().startsWith("Cannot change state of finished Timeout"));
                    assertThrows(InvalidStateException.class, () -> await(t.around(chain(1))));
                    assertEquals(List.of(), seen);
                },
                Turns.virtual());
    }

    @Test
    void rule120_expired_cannotBeRescheduled() throws Exception {
        run(
                () -> {
                    Timeout t = timeoutAfter(1);
                    assertThrows(
                            TimeoutException.class,
                            () -> t.run(() -> {
                                try {
                                    await(sleep(5));
                                } finally {
                                    var e = assertThrows(InvalidStateException.class, () -> t.reschedule(9));
                                    assertTrue(e.getMessage().startsWith("Cannot change state of expiring Timeout"));
                                }
                            }));
                    var e = assertThrows(InvalidStateException.class, () -> t.reschedule(9));
                    assertTrue(e.getMessage().startsWith("Cannot change state of expired Timeout"));
                },
                Turns.virtual());
    }

    @Test
    void rule120_outsideOfATask_isRefused() throws Exception {
        run(
                () -> {
                    EventLoop.running().callSoon(() -> {
                        assertThrows(IllegalStateException.class, () -> timeout(1, () -> seen.add("ran")));
                        seen.add("refused");
                    });
                    await(sleep(0));
                    assertEquals(List.of("refused"), seen);
                },
                Turns.virtual());
        assertThrows(IllegalStateException.class, () -> timeout(1, () -> seen.add("ran")));
        assertEquals(List.of("refused"), seen);
    }

    @Test
    void rule121_expiry_cancelsOnce() throws Exception {
        run(
                () -> {
                    Timeout t = timeoutAfter(1);
                    assertThrows(
                            TimeoutException.class,
                            () -> t.run(() -> {
                                try {
                                    await(sleep(5));
                                } finally {
                                    seen.add(currentTask().cancelling());
                                    seen.add(t.expired());
                                }
                            }));
                    assertEquals(List.of(1, true), seen);
                    assertTrue(t.expired());
                },
                Turns.virtual());
    }

    @Test
    void rule122_countIsRestored() throws Exception {
        run(
                () -> {
                    Task<Integer> a = createTask(async(() -> {
                        try {
                            await(sleep(9));
                        } catch (CancelledError e) {
                            seen.add("swallowed");
                        }
                        assertThrows(TimeoutException.class, () -> timeout(1, () -> await(sleep(5))));
                        return currentTask().cancelling();
                    }));
                    await(sleep(0));
                    a.cancel();
                    assertEquals(1, await(a));
                },
                Turns.virtual());
    }

    @Test
    void rule123_cancelFromOutsideAsWell_wins() throws Exception {
        run(
                () -> {
                    for (Chain<?> body : List.of(async(() -> timeout(1, () -> await(sleep(5)))), sleep(5).timeout(1))) {
                        Task<?> a = createTask(body);
                        await(sleep(0));
                        EventLoop.running().callLater(1, () -> a.cancel("outside"));
                        assertThrows(CancelledError.class, () -> await(a));
                        assertEquals(1, a.cancelling());
                    }
                },
                Turns.virtual());
    }

    @Test
    void rule124_swallowedCancel_isNoTimeout() throws Exception {
        run(
                () -> {
                    Timeout t = timeoutAfter(1);
                    assertEquals("kept", t.run(() -> {
                        try {
                            await(sleep(5));
                        } catch (CancelledError e) {
                            seen.add("swallowed");
                        }
                        return "kept";
                    }));
                    assertTrue(t.expired());
                    assertEquals(0, currentTask().cancelling());
                },
                Turns.virtual());
    }

    @Test
    void rule125_otherError_goesOn_withTheTimeoutBesideIt() throws Exception {
        run(
                () -> {
                    IOException x = new IOException("x");
                    assertSame(
                            x,
                            assertThrows(
                                    IOException.class,
                                    () -> timeout(1, () -> {
                                        try {
                                            await(sleep(5));
                                        } finally {
                                            throwIt(x);
                                        }
                                    })));
                    assertInstanceOf(TimeoutException.class, x.getSuppressed()[0]);
                    IOException early = new IOException("early");
                    assertThrows(IOException.class, () -> timeout(1, () -> throwIt(early)));
                    assertEquals(0, early.getSuppressed().length);
                },
                Turns.virtual());
    }

    private static void throwIt(IOException x) throws IOException {
        throw x;
    }

    @Test
    void rule126_noTime_runsToTheFirstRealAwait() throws Exception {
        run(
                () -> {
                    assertEquals("v", timeout(0, () -> await(chain("v"))));
                    assertEquals("v", timeout(-1, () -> "v"));
                    assertThrows(
                            TimeoutException.class,
                            () -> timeout(0, () -> {
                                seen.add("begun");
                                await(sleep(5));
                                seen.add("never");
                            }));
                    assertThrows(
                            TimeoutException.class,
                            () -> await(timeoutAt(-3).around(sleep(0).then(() -> seen.add("never")))));
                    assertEquals(List.of("begun"), seen);
                    assertEquals(0, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void rule127_nested_outerFires() throws Exception {
        run(
                () -> {
                    Timeout outer = timeoutAfter(1);
                    Timeout inner = timeoutAfter(3);
                    assertThrows(
                            TimeoutException.class,
                            () -> outer.run(() -> {
                                assertThrows(CancelledError.class, () -> inner.run(() -> await(sleep(5))));
                                seen.add("between");
                                throw new CancelledError();
                            }));
                    assertTrue(outer.expired());
                    assertFalse(inner.expired());
                },
                Turns.virtual());
    }

    @Test
    void rule127_nestedWithOneDeadline_outerRaises() throws Exception {
        run(
                () -> {
                    Timeout outer = timeoutAt(1);
                    Timeout inner = timeoutAt(1);
                    assertThrows(
                            TimeoutException.class,
                            () -> outer.run(() -> {
                                try {
                                    inner.run(() -> await(sleep(5)));
                                } catch (CancelledError e) {
                                    seen.add("cancelled");
                                    throw e;
                                }
                            }));
                    assertTrue(outer.expired() && inner.expired());
                    assertEquals(List.of("cancelled"), seen);
                    assertEquals(0, currentTask().cancelling());
                },
                Turns.virtual());
    }

    @Test
    void rule128_rescheduled_countsFromThenOn() throws Exception {
        run(
                () -> {
                    Timeout t = timeoutAfter(1);
                    assertEquals(1.0, t.when());
                    assertThrows(
                            TimeoutException.class,
                            () -> t.run(() -> {
                                t.reschedule(3);
                                assertEquals(3.0, t.when());
                                await(sleep(2));
                                await(sleep(5));
                            }));
                    assertEquals(3, Turns.now());
                    Timeout never = timeoutAfter(1);
                    never.run(() -> {
                        never.reschedule(null);
                        assertNull(never.when());
                        await(sleep(5));
                    });
                    assertEquals(8, Turns.now());
                    assertFalse(never.expired());
                    Timeout past = timeoutAfter(9);
                    assertThrows(
                            TimeoutException.class,
                            () -> past.run(() -> {
                                past.reschedule(8);
                                await(sleep(5));
                            }));
                    assertEquals(8, Turns.now());
                },
                Turns.virtual());
    }

    @Test
    void rule128_chain_reschedulesToo() throws Exception {
        assertEquals(
                "v",
                run(timeout(1, t -> chain("v").tap(v -> t.reschedule(9)).await(v -> sleep(5, v))), Turns.virtual()));
    }

    @Test
    void rule129_wokenBeforeTheAlarm_valueWins() throws Exception {
        run(
                () -> {
                    Promise<String> a = EventLoop.running().createFuture();
                    Timeout t = timeoutAfter(5);
                    EventLoop.running().callLater(1, () -> {
                        a.setResult("v");
                        t.reschedule(0); // the alarm is behind the wake-up, in one turn
                    });
                    assertEquals("v", t.run(() -> await(a)));
                    assertFalse(t.expired());
                },
                Turns.virtual());
    }

    @Test
    void rule79_alarmBeforeTheWakeUp_timesOut() throws Exception {
        run(
                () -> {
                    Promise<String> a = EventLoop.running().createFuture();
                    EventLoop.running().callLater(1, () -> a.setResult("lost"));
                    assertThrows(TimeoutException.class, () -> timeout(1, () -> await(a)));
                },
                Turns.virtual());
    }

    @Test
    void rule61_withoutExpiry_costsNoTurns() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    turns.mark();
                    timeout(1, () -> seen.add("x"));
                    await(chain("x").timeout(1));
                    assertEquals(0, turns.sinceMark());
                },
                Turns.virtual());
    }

    @Test
    void rule62_wakeUp_costs1Turn() throws Exception {
        run(
                () -> {
                    var turns = Turns.counted();
                    for (boolean direct : List.of(true, false)) {
                        Promise<String> a = EventLoop.running().createFuture();
                        EventLoop.running().callLater(1, () -> {
                            a.setResult("a");
                            turns.mark();
                        });
                        assertEquals("a", direct ? timeout(5, () -> await(a)) : await(chain(a).timeout(5)));
                        assertEquals(1, turns.sinceMark());
                    }
                },
                Turns.virtual());
    }

    @Test
    void overloads_resolve() throws Exception {
        run(
                () -> {
                    timeout(1, () -> {});
                    timeout(1, () -> {
                        await(sleep(0));
                    });
                    String v = timeout(1, () -> {
                        return "v";
                    });
                    assertThrows(
                            IOException.class,
                            () -> timeout(1, () -> {
                                throw new IOException(v);
                            }));
                    timeout(1, this::note);
                    int length = timeout(1, "abc"::length);
                    assertEquals(3, length);
                    assertEquals(List.of("noted"), seen);
                },
                Turns.virtual());
    }

    private void note() {
        seen.add("noted");
    }

    @Test
    void nullAndNaN_areRefusedAtTheCall() {
        assertThrows(NullPointerException.class, () -> timeout(1, (ThrowingRunnable) null));
        assertThrows(IllegalArgumentException.class, () -> sleep(1).timeout(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> timeoutAt(Double.NaN));
        assertThrows(NullPointerException.class, () -> timeoutAt(1).around(null));
    }
}
