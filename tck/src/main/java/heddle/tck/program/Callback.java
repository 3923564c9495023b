package heddle.tck.program;

import heddle.api.Future;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingRunnable;

/** A callback of a program: of a handle, or of a future. */
public final class Callback implements ThrowingRunnable, ThrowingConsumer<Future<?>> {

    private final ProgramRun run;
    private final String name;
    private final ThrowingConsumer<Me> body;

    Callback(ProgramRun run, String name, ThrowingConsumer<Me> body) {
        this.run = run;
        this.name = name;
        this.body = body;
    }

    @Override
    public void run() throws Exception {
        called("");
    }

    @Override
    public void accept(Future<?> done) throws Exception {
        called(done.cancelled() ? " cancelled" : " finished");
    }

    private void called(String state) throws Exception {
        run.trace.line("callback " + name + state);
        body.accept(new Me(run));
    }
}
