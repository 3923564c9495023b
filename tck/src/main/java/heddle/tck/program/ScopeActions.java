package heddle.tck.program;

import heddle.dsl.Heddle;
import heddle.dsl.TaskGroup;
import heddle.dsl.Timeout;
import org.jspecify.annotations.Nullable;

/** The actions on timeouts and groups. */
final class ScopeActions {

    private final Interpreter interpreter;
    private final ProgramRun run;
    private final Names names;

    ScopeActions(Interpreter interpreter) {
        this.interpreter = interpreter;
        run = interpreter.run;
        names = run.names;
    }

    @Nullable
    Object perform(Statement s) throws Exception {
        switch (s.op()) {
            case NEW_TIMEOUT ->
                names.bind(
                        s,
                        s.has("when") ? Heddle.timeoutAt(s.seconds("when")) : Heddle.timeoutAfter(s.seconds("delay")));
            case RESCHEDULE -> {
                Timeout timeout = (Timeout) names.of(s);
                timeout.reschedule(s.has("delay") ? run.loop.time() + s.number("delay") : s.seconds("when"));
            }
            case EXPIRED -> {
                return ((Timeout) names.of(s)).expired();
            }
            case WHEN -> {
                return ((Timeout) names.of(s)).when();
            }
            case NEW_GROUP -> names.bind(s, Heddle.taskGroup());
            case GROUP_SPAWN -> {
                TaskGroup group = (TaskGroup) names.of(s);
                return names.bind(s, group.createTask(interpreter.body(s.text("body")), (String) s.value("name")))
                        .name();
            }
            default -> throw new AssertionError(s.op());
        }
        return null;
    }
}
