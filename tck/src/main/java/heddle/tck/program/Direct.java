package heddle.tck.program;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;

import heddle.api.Awaitable;
import heddle.api.CoroutineExit;
import heddle.api.ThrowingRunnable;
import heddle.dsl.AsCompleted;
import heddle.dsl.Chain;
import heddle.dsl.StopAsyncIteration;
import heddle.dsl.TaskGroup;
import heddle.dsl.Timeout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs in direct style: statements are Java's own, and wait where they stand. */
final class Direct {

    private final ProgramRun run;
    private final Steps steps;

    Direct(ProgramRun run) {
        this.run = run;
        steps = new Steps(run.trace);
    }

    /** A fresh coroutine object of a body. */
    Chain<@Nullable Object> body(String name) {
        return async(() -> {
            run.trace.line("start " + name);
            Frame frame = new Frame();
            try {
                block(run.program.body(name), frame);
            } catch (CoroutineExit e) {
                throw e;
            } catch (Throwable e) {
                run.trace.line("raise " + name + " " + Normal.exception(e));
                throw e;
            }
            run.trace.line("return " + name + " " + Normal.value(frame.returned));
            return frame.returned;
        });
    }

    private void block(List<Statement> statements, Frame frame) throws Exception {
        for (Statement s : statements) {
            switch (s.op().kind()) {
                case AWAIT -> awaiting(s, frame);
                case CONTROL -> control(s, frame);
                default -> run.actions.act(s, frame);
            }
        }
    }

    private void awaiting(Statement s, Frame frame) {
        if (run.trace.muted()) {
            return;
        }
        Outcome outcome;
        try {
            outcome = new Outcome(s.op() == Op.AS_COMPLETED ? asCompleted(s) : await(run.awaits.of(s, frame)), null);
        } catch (CoroutineExit e) {
            throw e;
        } catch (Throwable e) {
            outcome = new Outcome(null, e);
        }
        steps.ended(s, frame, outcome);
    }

    private int asCompleted(Statement s) throws Exception {
        AsCompleted<@Nullable Object> items = run.awaits.asCompleted(s);
        int count = 0;
        if (s.text("mode").equals("async")) {
            try {
                while (Steps.wantsMore(s, count)) {
                    run.trace.line("item " + run.names.label(await(items.next())));
                    count++;
                }
            } catch (StopAsyncIteration e) {
                // that was all
            }
            return count;
        }
        for (Chain<@Nullable Object> item : items) {
            steps.item(s, outcomeOf(item));
            count++;
            if (!Steps.wantsMore(s, count)) {
                break;
            }
        }
        return count;
    }

    private static Outcome outcomeOf(Awaitable<? extends @Nullable Object> awaitable) {
        try {
            return new Outcome(await(awaitable), null);
        } catch (CoroutineExit e) {
            throw e;
        } catch (Throwable e) {
            return new Outcome(null, e);
        }
    }

    private void control(Statement s, Frame frame) throws Exception {
        switch (s.op()) {
            case TRY -> tried(s, frame);
            case REPEAT -> {
                for (int i = 0; i < s.integer("n"); i++) {
                    block(s.block("body"), frame);
                }
            }
            case IF -> block(steps.branch(s, frame), frame);
            case RAISE -> throw steps.raise(s, frame);
            case RETURN -> frame.returned = frame.value(s, "value");
            case WITH, IN_TIMEOUT, IN_GROUP -> inside(s, frame);
            default -> throw new AssertionError(s.op());
        }
    }

    private void inside(Statement s, Frame frame) {
        Object thing = run.names.find(s.of().toString());
        if (thing == null) {
            run.trace.line(s.key() + " unset");
            return;
        }
        ThrowingRunnable body = () -> {
            steps.entered(s);
            block(s.block("body"), frame);
        };
        Throwable error = null;
        try {
            switch (s.op()) {
                case IN_TIMEOUT -> ((Timeout) thing).run(body);
                case IN_GROUP -> ((TaskGroup) thing).run(body);
                default -> Holder.of(thing).run(body);
            }
        } catch (CoroutineExit e) {
            throw e;
        } catch (Throwable e) {
            error = e;
        }
        steps.left(s, frame, new Outcome(null, error));
    }

    private void tried(Statement s, Frame frame) throws Exception {
        try {
            block(s.block("body"), frame);
        } catch (CoroutineExit e) {
            throw e;
        } catch (Throwable e) {
            handled(s, frame, e);
        } finally {
            block(s.block("finally"), frame);
        }
    }

    private void handled(Statement s, Frame frame, Throwable error) throws Exception {
        List<Statement> handler = steps.handler(s, error);
        Throwable outer = steps.caught(frame, error);
        try {
            block(handler, frame);
        } finally {
            frame.caught = outer;
        }
    }
}
