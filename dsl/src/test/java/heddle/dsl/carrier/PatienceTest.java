package heddle.dsl.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.LoopBinding;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final Patience patience = new Patience();
    private final ThreadStrand paused = strand(() -> {});

    private final CountDownLatch runs = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ThreadStrand running = strand(() -> {
        runs.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    });
    private final Thread resumer = new Thread(() -> running.resume(LoopBinding.here()), "resumer");

    private static ThreadStrand strand(Runnable code) {
        return new ThreadStrand(code, false, body -> new Thread(body, "strand"));
    }

    @BeforeEach
    void begin() throws InterruptedException {
        resumer.start();
        runs.await();
    }

    @AfterEach
    void end() throws InterruptedException {
        end.countDown();
        resumer.join();
    }

    private void missTimes(int times) {
        for (int i = 0; i < times; i++) {
            assertFalse(patience.sees(running));
        }
    }

    /** How often it doesn't look at a strand that it would see. */
    private int rests() {
        int rests = 0;
        while (!patience.sees(paused)) {
            rests++;
        }
        return rests;
    }

    @Test
    void threeMisses_areFollowedByARestOfAThousand() {
        missTimes(2);
        assertEquals(0, rests());
        missTimes(3);
        assertEquals(1_000, rests());
    }

    @Test
    void hit_resetsTheMisses() {
        for (int i = 0; i < 5; i++) {
            missTimes(2);
            assertTrue(patience.sees(paused));
        }
        assertEquals(0, rests());
    }

    @Test
    void missAfterARest_isFollowedByTheNext() {
        missTimes(3 + 1_000 + 1);
        assertEquals(1_000, rests());
        missTimes(2);
        assertEquals(0, rests());
    }
}
