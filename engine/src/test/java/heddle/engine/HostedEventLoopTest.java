package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostedEventLoopTest {

    private final ScheduledExecutorService host = Executors.newSingleThreadScheduledExecutor();
    private final Hosted loop = new Hosted(host);

    /** On the thread of a scheduled executor. */
    private static final class Hosted extends HostedEventLoop {
        private final ScheduledExecutorService host;

        Hosted(ScheduledExecutorService host) {
            super("an executor", EngineOptions.DEFAULT);
            this.host = host;
        }

        @Override
        protected void execute(Runnable turn) {
            host.execute(turn);
        }

        @Override
        protected void schedule(Runnable turn, long nanos) {
            host.schedule(turn, nanos, TimeUnit.NANOSECONDS);
        }

        void end() {
            host.execute(this::hostEnds);
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.THREADS);
        }
    }

    @AfterEach
    void endHost() {
        host.shutdownNow();
    }

    @Test
    void runUntilComplete_fromAnotherThread_submitsAndWaits() throws Exception {
        List<EventLoop> spokeFor = new ArrayList<>();
        String result = loop.runUntilComplete(Steps.of(
                () -> Pause.YIELD,
                () -> {
                    spokeFor.add(LoopBinding.current());
                    Promise<String> promise = loop.createFuture();
                    loop.callLater(0.01, () -> promise.setResult("later"));
                    return promise;
                },
                () -> Pause.YIELD));
        assertEquals("done", result);
        assertEquals(List.of(loop), spokeFor);
        assertTrue(loop.isRunning());
    }

    @Test
    void betweenTurns_otherThreadsAndTheHostsOwn_areRefused() throws Exception {
        assertThrows(IllegalStateException.class, () -> loop.callSoon(() -> {}));
        String refusal = host.submit(() -> assertThrows(IllegalStateException.class, () -> loop.callSoon(() -> {}))
                        .getMessage())
                .get();
        assertTrue(refusal.contains("callSoonThreadsafe"), refusal);
    }

    @Test
    void runForeverStopAndClose_areTheHostsBusiness() {
        assertThrows(UnsupportedOperationException.class, loop::runForever);
        assertThrows(UnsupportedOperationException.class, loop::stop);
        UnsupportedOperationException refusal = assertThrows(UnsupportedOperationException.class, loop::close);
        assertTrue(refusal.getMessage().contains("an executor"), refusal::getMessage);
    }

    @Test
    void runUntilComplete_onTheLoop_isRefused() throws Exception {
        List<String> messages = new ArrayList<>();
        loop.runUntilComplete(Steps.of(() -> {
            messages.add(assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(loop.createFuture()))
                    .getMessage());
            return Pause.YIELD;
        }));
        assertEquals(1, messages.size());
    }

    @Test
    void runUntilComplete_interrupted_cancelsWhatItWaitsFor() {
        Thread me = Thread.currentThread();
        loop.callSoonThreadsafe(me::interrupt);
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(Steps.of(loop::createFuture)));
    }

    @Test
    void hostEnds_whileSomebodyWaits_freesItAndClosesTheLoop() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread ender = new Thread(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                return;
            }
            loop.end();
        });
        ender.start();
        assertThrows(
                IllegalStateException.class,
                () -> loop.runUntilComplete(Steps.of(() -> {
                    begun.countDown();
                    return loop.createFuture();
                })));
        assertTrue(loop.isClosed());
        assertFalse(loop.isRunning());
    }
}
