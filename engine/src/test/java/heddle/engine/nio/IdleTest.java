package heddle.engine.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import heddle.api.spi.EngineOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that waits takes no turn but those that it is woken for: counted, so that it holds on a busy machine as well. */
@Timeout(60)
class IdleTest {

    private static final int WAKE_UPS = 200;
    private static final double HOUR = 3600;

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);

    @Test
    void idle_nothingButAFuture_takesTurnsForWakeUpsOnly() throws Exception {
        assertTurns();
    }

    @Test
    void idle_timerFarAway_takesTurnsForWakeUpsOnly() throws Exception {
        loop.callLater(HOUR, () -> {});
        assertTurns();
    }

    @Test
    void idle_listenerAndTimerFarAway_takesTurnsForWakeUpsOnly() throws Exception {
        loop.callLater(HOUR, () -> {});
        Listener listener = loop.network().listen(Pair.ANY, 5, true);
        Future<Connection> accepted = listener.accept();
        assertTurns();
        accepted.cancel();
        listener.close();
    }

    /** Posts one by one, each when the one before has run: a wake-up may make the loop look once more, and no more. */
    private void assertTurns() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        loop.addObserver(new LoopObserver() {
            @Override
            public void turnBegins() {
                turns.incrementAndGet();
            }
        });
        Promise<String> end = loop.createFuture();
        Thread waker = new Thread(() -> {
            for (int i = 0; i < WAKE_UPS && wake(); i++) {
                // the next one, when this one has run
            }
            loop.callSoonThreadsafe(() -> end.setResult("end"));
        });
        waker.setDaemon(true);
        waker.start();
        assertEquals("end", loop.runUntilComplete(end));
        int most = 2 * WAKE_UPS + 10;
        assertTrue(turns.get() <= most, () -> turns + " turns for " + WAKE_UPS + " wake-ups: it spins");
        assertTrue(turns.get() >= WAKE_UPS, () -> turns + " turns for " + WAKE_UPS + " wake-ups: who counts?");
    }

    private boolean wake() {
        CountDownLatch ran = new CountDownLatch(1);
        loop.callSoonThreadsafe(ran::countDown);
        try {
            return ran.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
