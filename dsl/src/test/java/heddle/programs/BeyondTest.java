package heddle.programs;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.DeadlockError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Hold;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What Heddle does where asyncio is silent: lost failures, deadlocks, and who else may wake a loop. */
class BeyondTest {

    private final EngineOptions virtual = EngineOptions.DEFAULT.withVirtualTime();
    private final List<ErrorReport> reports = new ArrayList<>();

    private Task<Integer> failing() {
        return createTask(
                async(() -> {
                    throw new IOException("in turn 1");
                }),
                "failing");
    }

    private void collectReports() {
        EventLoop.running().setExceptionHandler((loop, report) -> reports.add(report));
    }

    @Test
    void failureThatIsAwaitedASecondLater_isNotLost() throws Exception {
        run(
                () -> {
                    collectReports();
                    Task<Integer> task = failing();
                    await(sleep(1));
                    assertTrue(task.done());
                    assertThrows(IOException.class, () -> await(task));
                },
                virtual);
        assertEquals(List.of(), reports);
    }

    @Test
    void failureThatNobodyAwaits_isReportedOnce() throws Exception {
        run(
                () -> {
                    collectReports();
                    Task<Integer> kept = failing();
                    await(sleep(1));
                    assertTrue(kept.done());
                    assertEquals(List.of(), reports, "somebody may still await it");
                },
                virtual);
        assertEquals(1, reports.size());
        assertEquals(ErrorReport.Kind.LOST, reports.get(0).kind());
        assertTrue(reports.get(0).message().contains("failing"), reports.get(0)::message);
    }

    @Test
    void tasksThatAwaitEachOther_areADeadlock_whichNamesThem() {
        DeadlockError e = assertThrows(
                DeadlockError.class,
                () -> run(
                        () -> {
                            Promise<Task<Object>> second = EventLoop.running().createFuture();
                            Task<Object> hen = createTask(async(() -> await(await(second))), "hen");
                            Task<Object> egg = createTask(async(() -> await(hen)), "egg");
                            second.setResult(egg);
                            await(hen);
                        },
                        virtual));
        assertTrue(e.getMessage().contains("hen") && e.getMessage().contains("egg"), e::getMessage);
    }

    @Test
    void loopThatIsHeld_isNotDeadlocked_andWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        assertEquals(
                "from outside",
                run(
                        () -> {
                            EventLoop loop = EventLoop.running();
                            Promise<String> answer = loop.createFuture();
                            Hold hold = loop.hold("somebody outside");
                            Thread outside = new Thread(() -> {
                                try {
                                    waiting.await();
                                    loop.callSoonThreadsafe(() -> answer.setResult("from outside"));
                                } catch (InterruptedException e) {
                                    loop.callSoonThreadsafe(() -> answer.setException(e));
                                } finally {
                                    hold.close();
                                }
                            });
                            outside.start();
                            loop.callSoon(waiting::countDown);
                            return await(answer);
                        },
                        virtual));
    }

    @Test
    void realTime_loopThatAForeignThreadWakes_isNeverCalledDeadlocked() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        assertEquals("woken", run(() -> {
            EventLoop loop = EventLoop.running();
            Promise<String> answer = loop.createFuture();
            Thread foreign = new Thread(() -> {
                try {
                    waiting.await();
                    loop.callSoonThreadsafe(() -> answer.setResult("woken"));
                } catch (InterruptedException e) {
                    loop.callSoonThreadsafe(() -> answer.setException(e));
                }
            });
            foreign.start();
            loop.callSoon(waiting::countDown);
            return await(answer);
        }));
    }
}
