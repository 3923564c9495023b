package heddle.tck.program;

import heddle.api.Awaitable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a program as it stands. */
final class Interpreter implements Code {

    final ProgramRun run;
    final Program program;
    final Actions actions;
    final Awaits awaits;
    private final Form form;
    private final Map<String, Callback> callbacks = new HashMap<>();

    Interpreter(ProgramRun run, Program program, Form form) {
        this.run = run;
        this.program = program;
        this.form = form;
        actions = new Actions(this);
        awaits = new Awaits(this);
    }

    @Override
    public Awaitable<@Nullable Object> main() {
        return body("main");
    }

    @Override
    public void drive(Me me) {
        program.drive().forEach(s -> actions.act(s, me));
    }

    Awaitable<@Nullable Object> body(String name) {
        return form.body(this, name);
    }

    /** The function of a callback: always the same object, so that it can be removed. */
    Callback callback(String name) {
        return callbacks.computeIfAbsent(name, unused -> new Callback(run, name, me -> called(name, me)));
    }

    private void called(String name, Me me) {
        for (Statement s : program.callback(name)) {
            if (s.op() == Op.RAISE) {
                throw Throwing.raise(s.failure().make());
            }
            actions.act(s, me);
        }
    }

    Items items(Statement s) {
        return new Items(
                run,
                () -> awaits.asCompleted(s),
                s.has("limit") ? s.integer("limit") : Integer.MAX_VALUE,
                s.text("mode").equals("async"),
                s.flag("catch"));
    }
}
