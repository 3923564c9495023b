package heddle.tck.law;

import heddle.api.EventLoop;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelProvider;
import java.util.List;

/** The laws about whole programs: an engine runs them as the reference model does, event by event. */
final class ProgramLaws {

    private ProgramLaws() {}

    @Law(value = "LOOP-15", factor = 20)
    static void callbacksRunAsInTheModel(Trial t, Choices c) {
        compare(t, Program.draw(c, Program.OF_LOOPS));
    }

    @Law(value = "TASK-22", factor = 20)
    static void tasksRunAsInTheModel(Trial t, Choices c) {
        compare(t, Program.draw(c, Program.OF_TASKS));
    }

    @Law(value = "CANCEL-24", factor = 20)
    static void cancelsRunAsInTheModel(Trial t, Choices c) {
        compare(t, Program.draw(c, Program.OF_CANCELS));
    }

    private static void compare(Trial t, Program program) {
        TestClock clock = new TestClock();
        EventLoop model = new ModelProvider().newEventLoop(EngineOptions.DEFAULT.withTimeSource(clock));
        List<String> expected = ProgramRun.trace(program, model, clock);
        ProgramRun.trace(program, t.loop(), t.clock()).forEach(t::say);
        t.expect(expected, "the trace of this " + program + "\n");
    }
}
