package heddle.view;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Task;
import heddle.dsl.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepperTest {

    private Session session;
    private EventLoop loop;
    private Stepper stepper;
    private final List<String> trace = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() {
        session = Session.start();
        loop = session.loop();
        stepper = session.stepper();
    }

    @AfterEach
    void end() {
        stepper.resume();
        session.close();
    }

    private void make(String name) {
        createTask(
                async(() -> {
                    trace.add(name + 1);
                    await(sleep(0));
                    trace.add(name + 2);
                    await(sleep(0));
                    trace.add(name + 3);
                }),
                name);
    }

    @Test
    void step_runsOneTurn_andShowsWhatIsNext() throws Exception {
        Moment idle = stepper.pause();
        assertEquals(List.of(), idle.ready());
        assertEquals(List.of(), idle.timers());
        stepper.speak(() -> {
            make("a");
            make("b");
            return null;
        });
        assertEquals(List.of("a ready", "b ready"), stepper.moment().ready());
        assertEquals(List.of(), trace);
        assertEquals(List.of("a ready", "b ready"), stepper.step().ready());
        assertEquals(List.of("a1", "b1"), trace);
        stepper.step();
        assertEquals(List.of("a1", "b1", "a2", "b2"), trace);
        stepper.step();
        assertEquals(List.of("a1", "b1", "a2", "b2", "a3", "b3"), trace);
        assertEquals(List.of(), stepper.moment().ready());
    }

    @Test
    void pause_showsTimers_andAStepWithNothingReadyWaitsForTheFirst() throws Exception {
        stepper.pause();
        stepper.speak(() -> {
            loop.callLater(3600, () -> trace.add("never"));
            loop.callLater(0.01, () -> trace.add("soon"));
            return null;
        });
        Moment moment = stepper.moment();
        assertEquals(2, moment.timers().size());
        assertTrue(moment.draw().contains("ready: nothing"), moment.draw());
        while (trace.isEmpty()) {
            stepper.step();
        }
        assertEquals(List.of("soon"), trace);
        assertEquals(1, stepper.moment().timers().size());
    }

    @Test
    void resume_goesOn_andRunsWhatWasGiven() throws Exception {
        stepper.pause();
        stepper.speak(() -> {
            make("a");
            stepper.resume();
            return null;
        });
        session.onLoop(() -> null);
        session.onLoop(() -> null);
        session.onLoop(() -> null);
        assertEquals(List.of("a1", "a2", "a3"), trace);
        assertFalse(stepper.isPaused());
        assertThrows(IllegalStateException.class, stepper::step);
        assertThrows(IllegalStateException.class, stepper::moment);
        stepper.pause();
        assertTrue(stepper.isPaused());
    }

    @Test
    void onTheLoopsThread_itIsRefused() throws Exception {
        for (String method : List.of("pause", "step", "moment", "speak")) {
            var e = assertThrows(
                    IllegalStateException.class,
                    () -> session.onLoop(() -> {
                        switch (method) {
                            case "pause" -> stepper.pause();
                            case "step" -> stepper.step();
                            case "moment" -> stepper.moment();
                            default -> stepper.speak(() -> "");
                        }
                        return null;
                    }));
            assertTrue(e.getMessage().startsWith(method + "() on the loop's own thread"), e.getMessage());
        }
    }

    @Test
    void whoSpeaks_mayStepAndUseWhatIsTheLoops() throws Exception {
        stepper.pause();
        List<String> seen = stepper.speak(() -> {
            make("a");
            List<String> before = List.copyOf(trace);
            stepper.step();
            assertEquals(List.of(), before);
            Task<?> task = loop.allTasks().get(0);
            task.cancel("enough");
            stepper.step();
            assertEquals("a cancelled: \"enough\"", task.toString());
            var e = assertThrows(IllegalStateException.class, () -> await(sleep(1)));
            assertTrue(e.getMessage().contains("await"), e.getMessage());
            return List.copyOf(trace);
        });
        assertEquals(List.of("a1"), seen);
    }

    @Test
    void pauseAfter_letsTheTaskAndItsListenersEnd() throws Exception {
        session.onLoop(() -> {
            Task<?> task = createTask(async(() -> {
                trace.add("begin");
                stepper.pauseAfter(loop.currentTask());
                createTask(sleep(0), "next");
                trace.add("end");
            }));
            task.addDoneCallback(done -> trace.add("told"));
            return null;
        });
        session.onLoop(() -> null); // a callback behind, or code while it stands: it comes through either way
        while (!stepper.isPaused()) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("next ready"), stepper.moment().ready());
        assertEquals(List.of("begin", "end", "told"), trace);
    }

    @Test
    void closedMeanwhile_nobodyWaitsForEver() throws Exception {
        stepper.pause();
        stepper.resume();
        session.close();
        assertThrows(IllegalStateException.class, stepper::pause);
    }

    @Test
    void pauseAfter_fromThenOnWhatComesIsRunWhereItStands() throws Exception {
        for (int i = 0; i < 200; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            loop.callSoonThreadsafe(() -> createTask(async(() -> {
                stepper.pauseAfter(loop.currentTask());
                begun.countDown();
            })));
            begun.await();
            assertEquals("through", session.onLoop(() -> "through"));
            stepper.resume();
        }
    }
}
