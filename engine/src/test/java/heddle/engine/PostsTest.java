package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.spi.EngineOptions;
import heddle.engine.nio.NioEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostsTest {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);

    @Test
    void callSoonThreadsafe_aMillionFromFourThreads_losesNoneAndKeepsEachThreadsOrder() throws Exception {
        int threads = 4;
        int each = 250_000;
        int[] seen = new int[threads];
        List<String> disorder = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        for (int t = 0; t < threads; t++) {
            int me = t;
            Thread poster = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < each; i++) {
                    int number = i;
                    loop.callSoonThreadsafe(() -> {
                        if (seen[me] != number) {
                            disorder.add(me + ":" + number);
                        }
                        seen[me]++;
                        int total = 0;
                        for (int count : seen) {
                            total += count;
                        }
                        if (total == threads * each) {
                            loop.stop();
                        }
                    });
                }
            });
            poster.setDaemon(true);
            poster.start();
        }
        go.countDown();
        loop.runForever();
        assertEquals(List.of(), disorder);
        for (int count : seen) {
            assertEquals(each, count);
        }
    }

    @Test
    void callSoonThreadsafe_sleepingLoop_wakesIt() throws Exception {
        // ping-pong, so that the loop is asleep, or just about to be, at each of ten thousand posts
        int rounds = 10_000;
        Thread[] partner = new Thread[1];
        CountDownLatch[] turn = new CountDownLatch[rounds];
        for (int i = 0; i < rounds; i++) {
            turn[i] = new CountDownLatch(1);
        }
        partner[0] = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                int round = i;
                loop.callSoonThreadsafe(() -> {
                    turn[round].countDown();
                    if (round == rounds - 1) {
                        loop.stop();
                    }
                });
                try {
                    if (!turn[i].await(30, TimeUnit.SECONDS)) {
                        return;
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        partner[0].setDaemon(true);
        partner[0].start();
        loop.runForever();
        assertEquals(0, turn[rounds - 1].getCount());
    }

    @Test
    void idle_wokenAFewTimes_takesOnlyAFewTurns() throws Exception {
        int[] turns = new int[1];
        loop.addObserver(new LoopObserver() {
            @Override
            public void turnBegins() {
                turns[0]++;
            }
        });
        Promise<String> end = loop.createFuture();
        loop.callLater(0.05, () -> end.setResult("end"));
        loop.runUntilComplete(end);
        assertTrue(turns[0] < 20, () -> turns[0] + " turns in 50 ms of idleness: it spins");
    }

    @Test
    void runForever_interruptedWhileIdle_goesOnWithoutSpinning() throws Exception {
        List<String> reports = new ArrayList<>();
        int[] turns = new int[1];
        loop.setExceptionHandler((l, report) -> reports.add(report.kind().name()));
        loop.addObserver(new LoopObserver() {
            @Override
            public void turnBegins() {
                turns[0]++;
            }
        });
        Thread me = Thread.currentThread();
        Thread interrupter = new Thread(me::interrupt);
        interrupter.setDaemon(true);
        interrupter.start();
        loop.callLater(0.05, loop::stop);
        loop.runForever();
        interrupter.join();
        Thread.interrupted();
        assertTrue(turns[0] < 20, () -> turns[0] + " turns: the interrupt flag makes it spin");
        assertTrue(reports.size() <= 1, () -> "reported more than once: " + reports);
    }

    @Test
    void runUntilComplete_interrupted_cancelsWhatItWaitsForOnce() throws Exception {
        Promise<String> never = loop.createFuture();
        Thread me = Thread.currentThread();
        loop.callLater(0.01, () -> new Thread(me::interrupt).start());
        var error = org.junit.jupiter.api.Assertions.assertThrows(
                heddle.api.CancelledError.class, () -> loop.runUntilComplete(never));
        assertEquals("interrupted", error.getMessage());
        assertEquals(false, Thread.currentThread().isInterrupted());
    }

    @Test
    void posts_severalBlocks_comeInOrder() {
        Posts posts = new Posts();
        List<Ready> given = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            assertTrue(posts.isEmpty());
            for (int i = 0; i < 600 + round; i++) {
                int number = i;
                Ready post = Ready.of(() -> assertTrue(number >= 0));
                given.add(post);
                posts.add(post);
                assertEquals(given.size(), posts.size());
            }
            for (Ready each : given) {
                assertFalse(posts.isEmpty());
                assertSame(each, posts.take());
            }
            assertEquals(0, posts.size());
            given.clear();
        }
        for (int i = 0; i < 1_000; i++) {
            posts.add(Ready.of(() -> {}));
        }
        posts.clear();
        assertTrue(posts.isEmpty());
    }
}
