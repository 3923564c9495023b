package heddle.tck.law;

import heddle.api.EventLoop;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelProvider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The laws about whole programs: an engine runs them as the reference model does, event by event. */
final class ProgramLaws {

    private static final Map<String, List<Program.Verb>> VERBS =
            Map.of("LOOP-15", Program.OF_LOOPS, "TASK-22", Program.OF_TASKS, "CANCEL-24", Program.OF_CANCELS);

    private ProgramLaws() {}

    @Law(value = "LOOP-15", factor = 20)
    static void callbacksRunAsInTheModel(Trial t, Choices c) {
        compare(t, "LOOP-15", c);
    }

    @Law(value = "TASK-22", factor = 20)
    static void tasksRunAsInTheModel(Trial t, Choices c) {
        compare(t, "TASK-22", c);
    }

    @Law(value = "CANCEL-24", factor = 20)
    static void cancelsRunAsInTheModel(Trial t, Choices c) {
        compare(t, "CANCEL-24", c);
    }

    /** What a law of these draws; null for another law. */
    static @Nullable Program program(String rule, Choices c) {
        List<Program.Verb> verbs = VERBS.get(rule);
        return verbs == null ? null : Program.draw(c, verbs);
    }

    private static void compare(Trial t, String rule, Choices c) {
        Program program = Objects.requireNonNull(program(rule, c));
        TestClock clock = new TestClock();
        EventLoop model = new ModelProvider().newEventLoop(EngineOptions.DEFAULT.withTimeSource(clock));
        List<String> expected = ProgramRun.trace(program, model, clock);
        ProgramRun.trace(program, t.loop(), t.clock()).forEach(t::say);
        t.expect(expected, "the trace of this " + program + "\n");
    }
}
