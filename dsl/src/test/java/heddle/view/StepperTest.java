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
import heddle.dsl.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
        stepper = Stepper.of(loop);
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
        stepper.execute(() -> {
            make("a");
            make("b");
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
        stepper.execute(() -> {
            loop.callLater(3600, () -> trace.add("never"));
            loop.callLater(0.01, () -> trace.add("soon"));
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
        stepper.execute(() -> make("a"));
        CompletableFuture<Void> done = new CompletableFuture<>();
        stepper.execute(() -> loop.callLater(0, () -> done.complete(null)));
        stepper.resume();
        done.join();
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
        for (String method : List.of("pause", "step", "resume", "moment")) {
            var e = assertThrows(
                    IllegalStateException.class,
                    () -> session.onLoop(() -> {
                        switch (method) {
                            case "pause" -> stepper.pause();
                            case "step" -> stepper.step();
                            case "resume" -> stepper.resume();
                            default -> stepper.moment();
                        }
                        return null;
                    }));
            assertTrue(e.getMessage().startsWith(method + "() on the loop's own thread"), e.getMessage());
        }
    }
}
