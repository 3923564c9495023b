package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.engine.nio.NioEngine;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LostFailuresTest {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT.withVirtualTime());
    private final List<String> reports = new ArrayList<>();

    @BeforeEach
    void collectReports() {
        loop.setExceptionHandler((l, report) -> reports.add(report.kind() + " " + report.message() + " "
                + (report.exception() == null ? "" : report.exception().getMessage())));
    }

    private void runOneTurn() {
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    @Test
    void failure_futureUnreachable_isReportedOnceOnTheLoop() throws Exception {
        WeakReference<Task<?>> gone = failingTask();
        runOneTurn();
        awaitCollected(gone);
        // the cleaner posts the report: run until it arrives
        for (int i = 0; i < 500 && reports.isEmpty(); i++) {
            System.gc();
            runOneTurn();
        }
        loop.close();
        assertEquals(List.of("LOST Exception was never retrieved: Task-1 lost"), reports);
    }

    @Test
    void unretrieved_tellsWithoutRetrieving() {
        Promise<String> promise = loop.createFuture();
        assertNull(promise.unretrieved());
        var failure = new IOException("lost");
        promise.setException(failure);
        assertSame(failure, promise.unretrieved());
        assertSame(failure, promise.unretrieved());
        loop.close();
        assertEquals(List.of("LOST Exception was never retrieved: Future lost"), reports);
    }

    @Test
    void unretrieved_isNullOnceSomebodyHasSeenIt() {
        Promise<String> promise = loop.createFuture();
        promise.setException(new IOException("seen"));
        promise.exception();
        assertNull(promise.unretrieved());
        Promise<String> done = loop.createFuture();
        done.setResult("fine");
        assertNull(done.unretrieved());
        Promise<String> cancelled = loop.createFuture();
        cancelled.cancel();
        assertNull(cancelled.unretrieved());
        loop.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void unretrieved_isKnownToObservers() {
        var seen = new ArrayList<Throwable>();
        loop.addObserver(new LoopObserver() {
            @Override
            public void done(Future<?> future) {
                seen.add(future.unretrieved());
            }
        });
        var failure = new IOException("watched");
        Promise<String> promise = loop.createFuture();
        promise.setException(failure);
        promise.exception();
        loop.close();
        assertEquals(List.of(failure), seen);
    }

    private WeakReference<Task<?>> failingTask() {
        return new WeakReference<>(loop.createTask(Steps.of(() -> {
            throw new IOException("lost");
        })));
    }

    private static void awaitCollected(WeakReference<?> reference) {
        for (int i = 0; i < 200 && reference.get() != null; i++) {
            System.gc();
        }
        assertEquals(null, reference.get());
    }

    @Test
    void failure_loopClosed_isReportedOnceAndNotAgainWhenUnreachable() throws Exception {
        WeakReference<Task<?>> gone = failingTask();
        runOneTurn();
        loop.close();
        awaitCollected(gone);
        System.gc();
        assertEquals(List.of("LOST Exception was never retrieved: Task-1 lost"), reports);
    }

    @Test
    void failure_inTurnOneAndAwaitedASecondLater_isNotReported() throws Exception {
        Task<?> failing = loop.createTask(Steps.of(() -> {
            throw new IOException("late");
        }));
        Promise<String> later = loop.createFuture();
        loop.callLater(1, () -> later.setResult("now"));
        loop.runUntilComplete(later);
        System.gc();
        assertThrows(IOException.class, () -> loop.runUntilComplete(failing));
        loop.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void failure_retrievedInAnyWay_isNotReported() throws Exception {
        Promise<String> byException = loop.createFuture();
        byException.setException(new IOException("1"));
        Promise<String> byResult = loop.createFuture();
        byResult.setException(new IOException("2"));
        Promise<String> byCancel = loop.createFuture();
        byCancel.setException(new IOException("3"));
        assertEquals("1", byException.exception().getMessage());
        assertThrows(IOException.class, byResult::result);
        assertEquals(false, byCancel.cancel());
        loop.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void close_pendingTask_isReportedOnceAndItsCoroutineClosed() throws Exception {
        Promise<String> never = loop.createFuture("never");
        Steps<String> body = Steps.of(() -> never);
        loop.createTask(body, "left-over");
        runOneTurn();
        loop.close();
        loop.close();
        assertEquals(List.of("PENDING Task was destroyed but it is pending: left-over waiting on never "), reports);
        assertEquals(true, body.closed);
    }

    @Test
    void handlerThatThrows_anyReport_doesNotStopTheLoop() throws Exception {
        List<ErrorReport.Kind> seen = new ArrayList<>();
        loop.setExceptionHandler((l, report) -> {
            seen.add(report.kind());
            throw new IOException("handler");
        });
        loop.callSoon(() -> {
            throw new IOException("callback");
        });
        assertEquals("done", loop.runUntilComplete(Steps.of(() -> Pause.YIELD)));
        assertEquals(List.of(ErrorReport.Kind.CALLBACK), seen);
    }
}
