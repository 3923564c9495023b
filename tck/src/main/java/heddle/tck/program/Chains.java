package heddle.tck.program;

import static heddle.dsl.Heddle.chain;

import heddle.dsl.AsCompleted;
import heddle.dsl.Chain;
import heddle.dsl.StopAsyncIteration;
import heddle.dsl.TaskGroup;
import heddle.dsl.Timeout;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs as fluent chains: every statement is a step, every block a chain that a step awaits. */
final class Chains {

    private final ProgramRun run;
    private final Steps steps;

    Chains(ProgramRun run) {
        this.run = run;
        steps = new Steps(run.trace);
    }

    private static Chain<@Nullable Object> start() {
        return chain((@Nullable Object) null);
    }

    /** A fresh coroutine object of a body. */
    Chain<@Nullable Object> body(String name) {
        return start().await(() -> begun(name, new Frame()));
    }

    private Chain<@Nullable Object> begun(String name, Frame frame) {
        run.trace.line("start " + name);
        return Outcome.of(block(run.program.body(name), frame)).then(outcome -> {
            Throwable error = outcome.error();
            if (error != null) {
                run.trace.line("raise " + name + " " + Normal.exception(error));
                throw Throwing.raise(error);
            }
            run.trace.line("return " + name + " " + Normal.value(frame.returned));
            return frame.returned;
        });
    }

    private Chain<@Nullable Object> block(List<Statement> statements, Frame frame) {
        Chain<@Nullable Object> chain = start();
        for (Statement s : statements) {
            chain = switch (s.op().kind()) {
                case AWAIT -> chain.await(() -> awaiting(s, frame));
                case CONTROL -> control(chain, s, frame);
                default -> chain.tap(unused -> run.actions.act(s, frame));
            };
        }
        return chain;
    }

    private Chain<@Nullable Object> awaiting(Statement s, Frame frame) {
        if (run.trace.muted()) {
            return start();
        }
        Chain<?> waiting = start().await(() -> s.op() == Op.AS_COMPLETED ? asCompleted(s) : run.awaits.of(s, frame));
        return Outcome.of(waiting).then(outcome -> {
            steps.ended(s, frame, outcome);
            return null;
        });
    }

    private Chain<? extends @Nullable Object> asCompleted(Statement s) throws Unset {
        AsCompleted<@Nullable Object> items = run.awaits.asCompleted(s);
        return s.text("mode").equals("async") ? futures(items, s, 0) : items(items.iterator(), s, 0);
    }

    private Chain<Integer> items(Iterator<Chain<@Nullable Object>> items, Statement s, int count) {
        if (!Steps.wantsMore(s, count) || !items.hasNext()) {
            return chain(count);
        }
        return Outcome.of(items.next()).await(outcome -> {
            steps.item(s, outcome);
            return items(items, s, count + 1);
        });
    }

    private Chain<Integer> futures(AsCompleted<@Nullable Object> items, Statement s, int count) {
        if (!Steps.wantsMore(s, count)) {
            return chain(count);
        }
        return Outcome.of(items.next()).await(outcome -> {
            if (outcome.error() instanceof StopAsyncIteration) {
                return chain(count);
            }
            run.trace.line("item " + run.names.label(outcome.get()));
            return futures(items, s, count + 1);
        });
    }

    private Chain<@Nullable Object> control(Chain<@Nullable Object> chain, Statement s, Frame frame) {
        return switch (s.op()) {
            case TRY -> chain.await(() -> tried(s, frame));
            case REPEAT -> {
                Chain<@Nullable Object> repeated = chain;
                for (int i = 0; i < s.integer("n"); i++) {
                    repeated = repeated.await(() -> block(s.block("body"), frame));
                }
                yield repeated;
            }
            case IF -> chain.await(() -> block(steps.branch(s, frame), frame));
            case RAISE ->
                chain.then(() -> {
                    throw steps.raise(s, frame);
                });
            case RETURN -> chain.then(() -> frame.returned = frame.value(s, "value"));
            case WITH, IN_TIMEOUT, IN_GROUP -> chain.await(() -> inside(s, frame));
            default -> throw new AssertionError(s.op());
        };
    }

    private Chain<@Nullable Object> inside(Statement s, Frame frame) {
        Object thing = run.names.find(s.of().toString());
        if (thing == null) {
            run.trace.line(s.key() + " unset");
            return start();
        }
        Chain<@Nullable Object> body = start().await(() -> {
            steps.entered(s);
            return block(s.block("body"), frame);
        });
        Chain<?> whole = switch (s.op()) {
            case IN_TIMEOUT -> ((Timeout) thing).around(body);
            case IN_GROUP -> ((TaskGroup) thing).around(body);
            default -> Holder.of(thing).around(body);
        };
        return Outcome.of(whole).then(outcome -> {
            steps.left(s, frame, outcome);
            return null;
        });
    }

    private Chain<@Nullable Object> tried(Statement s, Frame frame) {
        return Outcome.of(block(s.block("body"), frame))
                .<@Nullable Object>await(outcome -> {
                    Throwable error = outcome.error();
                    return error == null ? start() : handled(s, frame, error);
                })
                .eventually(() -> block(s.block("finally"), frame));
    }

    private Chain<@Nullable Object> handled(Statement s, Frame frame, Throwable error) {
        List<Statement> handler = steps.handler(s, error);
        Throwable outer = steps.caught(frame, error);
        return block(handler, frame).eventually(() -> {
            frame.caught = outer;
        });
    }
}
