package heddle.programs;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** A loop that stands still says so, with the lock, and who holds it over an await. */
class WatchdogTest {

    private static final EngineOptions DEBUG = EngineOptions.DEFAULT.withDebug(true);
    private static final int JDK = Runtime.version().feature();

    private final BlockingQueue<ErrorReport> reports = new LinkedBlockingQueue<>();

    private static boolean onContinuation() {
        return "continuation".equals(System.getProperty("heddle.test.carrier"));
    }

    private void collectReports() {
        EventLoop.running().setExceptionHandler((loop, report) -> {
            if (report.message().startsWith("The event loop stands still")) {
                reports.add(report);
            }
        });
    }

    private static void holdOverAnAwait(ReentrantLock lock) throws Exception {
        lock.lock();
        try {
            await(sleep(0.001));
        } finally {
            lock.unlock();
        }
    }

    private static void contend(ReentrantLock lock) throws InterruptedException {
        lock.lockInterruptibly();
    }

    @Test
    void reentrantLockHeldOverAnAwait_namesTheBody() throws Exception {
        assumeTrue(!onContinuation(), "all bodies are one thread there, which has the lock already");
        ReentrantLock lock = new ReentrantLock();
        String[] message = new String[1];
        run(
                () -> {
                    collectReports();
                    Task<?> holder = createTask(async(() -> holdOverAnAwait(lock)), "holder");
                    await(sleep(0));
                    Thread me = Thread.currentThread();
                    Thread rescuer = new Thread(() -> {
                        try {
                            message[0] = reports.take().message();
                        } catch (InterruptedException e) {
                            message[0] = "interrupted";
                        }
                        me.interrupt();
                    });
                    rescuer.start();
                    try {
                        contend(lock);
                    } catch (InterruptedException e) {
                        // let go by the rescuer
                    }
                    rescuer.join();
                    await(holder);
                },
                DEBUG);
        assertSays(message[0], "The event loop stands still: Task-1 is blocked at ");
        assertSays(message[0], "WatchdogTest.contend(WatchdogTest.java:");
        assertSays(message[0], isVirtual() ? ", while these wait: holder at " : " of holder, which waits at ");
        assertSays(message[0], "WatchdogTest.holdOverAnAwait(WatchdogTest.java:");
    }

    private static boolean isVirtual() {
        return JDK >= 24 && System.getProperty("heddle.carrier") == null && !onContinuation();
    }

    private static void assertSays(String message, String text) {
        assertTrue(message.contains(text), message);
    }

    private static void holdMonitorOverAnAwait(Object lock, Promise<?> never) throws Exception {
        synchronized (lock) {
            await(never);
        }
    }

    private void enter(Object lock) {
        synchronized (lock) {
            reports.clear(); // never comes here
        }
    }

    /** A monitor can't be given up from outside: the program is left behind, on threads that don't keep the JVM alive. */
    @Test
    void monitorHeldOverAnAwait_namesTheBody() throws Exception {
        assumeTrue(JDK >= 24 || !onContinuation(), "a continuation that holds a monitor is pinned there");
        Object lock = new Object();
        Thread program = new Thread(() -> {
            try {
                run(
                        () -> {
                            collectReports();
                            Promise<?> never = EventLoop.running().createFuture();
                            createTask(async(() -> holdMonitorOverAnAwait(lock, never)), "holder");
                            await(sleep(0));
                            enter(lock);
                        },
                        DEBUG);
            } catch (Exception e) {
                reports.add(new ErrorReport(ErrorReport.Kind.CALLBACK, "ended", e, null, null));
            }
        });
        program.setDaemon(true);
        program.start();
        ErrorReport report = reports.take();
        assertEquals(ErrorReport.Kind.SLOW, report.kind(), report::toString);
        assertSays(report.message(), "The event loop stands still: Task-1 is blocked at ");
        assertSays(report.message(), "WatchdogTest.enter(WatchdogTest.java:");
        if (onContinuation()) { // which has no thread that the JVM could tell of
            assertSays(report.message(), JDK >= 25 ? " by java.lang.Object@" : "");
            assertSays(report.message(), ", while these wait: holder");
        } else if (!isVirtual() || JDK >= 25) {
            assertSays(report.message(), " by java.lang.Object@");
            assertSays(report.message(), " of holder, which waits at ");
            assertSays(report.message(), "WatchdogTest.holdMonitorOverAnAwait(WatchdogTest.java:");
        }
    }

    @Test
    void codeThatWaitsForAnotherThread_isReportedOnce() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        String[] message = new String[1];
        run(
                () -> {
                    EventLoop.running().setExceptionHandler((loop, report) -> {
                        if (report.message().startsWith("The event loop stands still")) {
                            message[0] = report.message();
                            reported.countDown();
                        }
                    });
                    reported.await();
                },
                DEBUG);
        assertSays(message[0], "docs/codes.md#blocked");
    }
}
