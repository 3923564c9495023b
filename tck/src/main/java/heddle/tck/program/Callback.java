package heddle.tck.program;

import heddle.api.Future;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A callback of a program: of a handle, or of a future. */
final class Callback implements ThrowingRunnable, ThrowingConsumer<Future<?>> {

    private final ProgramRun run;
    private final String name;

    Callback(ProgramRun run, String name) {
        this.run = run;
        this.name = name;
    }

    @Override
    public void run() {
        called("");
    }

    @Override
    public void accept(Future<?> done) {
        called(done.cancelled() ? " cancelled" : " finished");
    }

    private void called(@Nullable String state) {
        run.trace.line("callback " + name + state);
        Frame frame = new Frame();
        for (Statement s : run.program.callback(name)) {
            if (s.op() == Op.RAISE) {
                throw Throwing.raise(s.failure().make());
            }
            run.actions.act(s, frame);
        }
    }
}
