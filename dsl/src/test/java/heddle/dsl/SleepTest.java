package heddle.dsl;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Pause;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleepTest {

    private final EngineOptions virtual = EngineOptions.DEFAULT.withVirtualTime();

    @Test
    void zeroAndLess_yieldOnce() throws Throwable {
        for (Chain<?> sleep : new Chain<?>[] {
            sleep(0),
            sleep(-1),
            sleep(Double.NEGATIVE_INFINITY),
            sleep(Duration.ZERO),
            sleep(Duration.ofDays(-1)),
            sleep(-0.0)
        }) {
            Coroutine<?> run = sleep.coroutine();
            assertSame(Pause.YIELD, run.step());
            assertSame(Pause.FINISHED, run.step());
            assertNull(run.result());
        }
    }

    @Test
    void time_passes() throws Exception {
        run(
                () -> {
                    await(sleep(1.5));
                    assertEquals(1.5, EventLoop.running().time());
                    await(sleep(Duration.ofMillis(2500)));
                    assertEquals(4.0, EventLoop.running().time());
                    assertEquals("x", await(sleep(1, "x")));
                    assertEquals("y", await(sleep(Duration.ofDays(1000), "y")));
                },
                virtual);
    }

    @Test
    void forever_isForever() {
        assertThrows(DeadlockError.class, () -> run(sleep(Double.POSITIVE_INFINITY), virtual));
    }

    @Test
    void nan_isRefusedAtTheCall() {
        assertThrows(IllegalArgumentException.class, () -> sleep(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> sleep(Double.NaN, 1));
    }

    @Test
    void cancelled_itTakesItsTimerAlong() throws Exception {
        run(
                () -> {
                    Task<?> task = createTask(sleep(1000));
                    await(sleep(1));
                    task.cancel();
                    assertThrows(CancelledError.class, () -> await(task));
                    assertEquals("Task-2 cancelled", task.toString());
                    // with its timer there, this would be no deadlock before the timer's time
                    Task<?> stuck = createTask(sleep(Double.POSITIVE_INFINITY));
                    EventLoop.running().callLater(1, stuck::cancel);
                    assertThrows(CancelledError.class, () -> await(stuck));
                    assertEquals(2.0, EventLoop.running().time());
                },
                virtual);
    }

    @Test
    void outsideOfALoop_aTimedSleepFails() throws Throwable {
        assertThrows(IllegalStateException.class, () -> sleep(1).coroutine().step());
        assertSame(Pause.FINISHED, chain(1).coroutine().step());
    }

    @Test
    void toString_saysHowLong() {
        assertEquals("Chain sleep(1s)", sleep(1).toString());
        assertEquals("Chain sleep(0.25s)", sleep(0.25).toString());
        assertEquals("Chain sleep(0)", sleep(0).toString());
    }
}
