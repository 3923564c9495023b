package heddle.engine.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.spi.EngineOptions;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a loop waits that has channels. */
@Timeout(60)
class WaitingTest {

    private static EventLoop loop(EngineOptions options) {
        return new NioEngine().newEventLoop(options);
    }

    @Test
    void idle_withConnections_takesOnlyAFewTurns() throws Exception {
        EventLoop loop = loop(EngineOptions.DEFAULT);
        Pair pair = Pair.on(loop);
        Future<Integer> read = pair.server().read(ByteBuffer.allocate(10));
        read.cancel();
        loop.runUntilComplete(pair.client().write(ByteBuffer.allocate(5))); // nobody reads it
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
        pair.close();
        loop.close();
    }

    @Test
    void callSoonThreadsafe_loopInTheSelector_wakesItEachTime() throws Exception {
        EventLoop loop = loop(EngineOptions.DEFAULT);
        Pair pair = Pair.on(loop);
        Future<Integer> read = pair.server().read(ByteBuffer.allocate(10));
        int rounds = 3_000;
        CountDownLatch[] turn = new CountDownLatch[rounds];
        for (int i = 0; i < rounds; i++) {
            turn[i] = new CountDownLatch(1);
        }
        Thread poster = new Thread(() -> {
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
        poster.setDaemon(true);
        poster.start();
        loop.runForever();
        assertEquals(0, turn[rounds - 1].getCount());
        read.cancel();
        pair.close();
        loop.close();
    }

    @Test
    void busyLoop_looksAtIo() throws Exception {
        EventLoop loop = loop(EngineOptions.DEFAULT);
        Pair pair = Pair.on(loop);
        Future<Integer> read = pair.server().read(ByteBuffer.allocate(10));
        pair.client().write(ByteBuffer.allocate(5));
        int[] turns = new int[1];
        keepBusy(loop, read, turns);
        assertEquals(5, loop.runUntilComplete(read));
        assertTrue(turns[0] < 1_000_000);
        pair.close();
        loop.close();
    }

    private static void keepBusy(EventLoop loop, Future<?> until, int[] turns) {
        turns[0]++;
        if (!until.done()) {
            loop.callSoon(() -> keepBusy(loop, until, turns));
        }
    }

    @Test
    void dueTimers_comeBehindIo() throws Exception {
        EventLoop loop = loop(EngineOptions.DEFAULT);
        Pair pair = Pair.on(loop);
        List<String> order = new ArrayList<>();
        loop.runUntilComplete(pair.client().write(ByteBuffer.allocate(5)));
        Future<Integer> read = pair.server().read(ByteBuffer.allocate(10));
        Promise<String> end = loop.createFuture();
        // the read ends in the turn in which the timer is due: its callback is in the queue before the timer's second
        // one
        read.addDoneCallback(done -> order.add("read"));
        loop.callLater(
                0,
                () -> loop.callSoon(() -> {
                    order.add("timer");
                    end.setResult("end");
                }));
        loop.runUntilComplete(end);
        assertEquals(List.of("read", "timer"), order);
        pair.close();
        loop.close();
    }

    @Test
    void virtualTime_pendingOperation_keepsItFromJumping() throws Exception {
        EventLoop loop = loop(EngineOptions.DEFAULT.withVirtualTime());
        Pair pair = Pair.on(loop);
        List<String> order = new ArrayList<>();
        Promise<String> end = loop.createFuture();
        loop.callLater(3600, () -> {
            order.add("an hour");
            end.setResult("end");
        });
        Future<Integer> read = pair.server().read(ByteBuffer.allocate(10));
        read.addDoneCallback(done -> order.add("read at " + loop.time()));
        CountDownLatch started = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            try {
                started.await();
                loop.callSoonThreadsafe(() -> pair.client().write(ByteBuffer.allocate(5)));
            } catch (InterruptedException e) {
                // the test is over
            }
        });
        writer.setDaemon(true);
        writer.start();
        loop.callSoon(started::countDown);
        loop.runUntilComplete(end);
        assertEquals(List.of("read at 0.0", "an hour"), order);
        pair.close();
        loop.close();
    }

    @Test
    void deadlock_pendingOperation_isNone_idleConnectionIs() throws Exception {
        EventLoop loop = loop(EngineOptions.DEFAULT.withDetectDeadlock(true));
        Pair pair = Pair.on(loop);
        Future<Integer> read = pair.server().read(ByteBuffer.allocate(10));
        Thread peer =
                new Thread(() -> loop.callSoonThreadsafe(() -> pair.client().write(ByteBuffer.allocate(1))));
        loop.callSoon(peer::start);
        assertEquals(1, loop.runUntilComplete(read));
        assertThrows(DeadlockError.class, () -> loop.runUntilComplete(loop.createFuture()));
        pair.close();
        loop.close();
    }

    @Test
    void loopClosed_closesItsSockets() throws Exception {
        EventLoop loop = loop(EngineOptions.DEFAULT);
        Pair pair = Pair.on(loop);
        pair.listener().accept();
        InetSocketAddress address = (InetSocketAddress) pair.listener().localAddress();
        loop.close();
        assertFalse(pair.listener().isOpen());
        assertThrows(IllegalStateException.class, () -> pair.client().read(ByteBuffer.allocate(1)));
        assertThrows(java.io.IOException.class, () -> new Socket(address.getAddress(), address.getPort()).close());
    }
}
