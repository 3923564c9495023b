package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.spi.EngineOptions;
import heddle.engine.nio.NioEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobsTest {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT.withVirtualTime());

    @Test
    void runInExecutor_onVirtualTime_doesNotJumpPastTheJob() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Future<String> job = loop.runInExecutor(null, () -> {
            go.await();
            return "worked";
        });
        loop.callLater(3600, () -> {});
        loop.callSoon(go::countDown);
        assertEquals("worked", loop.runUntilComplete(job));
        assertEquals(0.0, loop.time());
    }

    @Test
    void runInExecutor_rejected_failsTheFutureAndLeavesNoHold() {
        Future<String> job = loop.runInExecutor(
                work -> {
                    throw new RejectedExecutionException("full");
                },
                () -> "never");
        assertThrows(RejectedExecutionException.class, () -> loop.runUntilComplete(job));
        assertThrows(heddle.api.DeadlockError.class, () -> loop.runUntilComplete(loop.createFuture()));
    }

    @Test
    void cancel_beforeTheJobBegins_keepsItFromRunning() {
        List<Runnable> queued = new ArrayList<>();
        boolean[] ran = new boolean[1];
        Future<Boolean> job = loop.runInExecutor(queued::add, () -> ran[0] = true);
        job.cancel("no");
        queued.forEach(Runnable::run);
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(job));
        assertFalse(ran[0]);
    }

    @Test
    void complete_afterTheLoopClosed_isDropped() {
        List<Runnable> queued = new ArrayList<>();
        Future<String> job = loop.runInExecutor(queued::add, () -> "late");
        loop.close();
        queued.forEach(Runnable::run);
        assertFalse(job.done());
    }

    @Test
    void shutdownDefaultExecutor_withAJob_waitsForItAndRefusesTheNext() throws Exception {
        boolean[] ran = new boolean[1];
        loop.runInExecutor(null, () -> ran[0] = true);
        loop.runUntilComplete(loop.shutdownDefaultExecutor());
        assertTrue(ran[0]);
        assertThrows(IllegalStateException.class, () -> loop.runInExecutor(null, () -> 1));
        assertEquals(2, loop.runUntilComplete(loop.<Integer>runInExecutor(Runnable::run, () -> 2)));
    }

    @Test
    void runInExecutor_jobFails_passesItsExceptionOn() {
        Future<String> job = loop.runInExecutor(null, () -> {
            throw new java.io.IOException("broken");
        });
        assertThrows(java.io.IOException.class, () -> loop.runUntilComplete(job));
    }
}
