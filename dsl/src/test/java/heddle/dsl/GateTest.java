package heddle.dsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {

    @Test
    void pass_noLoopThatMayClose_waitsWithoutLookingAgain() throws Exception {
        AtomicReference<Gate> gate = new AtomicReference<>();
        CountDownLatch passed = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            Gate own = new Gate();
            gate.set(own);
            try {
                own.pass(null, () -> {});
                passed.countDown();
            } catch (InterruptedException e) {
                // then it isn't passed
            }
        });
        waiter.setDaemon(true);
        waiter.start();
        while (gate.get() == null
                || (waiter.getState() != Thread.State.WAITING && waiter.getState() != Thread.State.TIMED_WAITING)) {
            assertTrue(waiter.isAlive());
            Thread.onSpinWait();
        }
        assertEquals(Thread.State.WAITING, waiter.getState(), "one that looks again after a time isn't idle");
        gate.get().open();
        assertTrue(passed.await(30, TimeUnit.SECONDS));
    }
}
