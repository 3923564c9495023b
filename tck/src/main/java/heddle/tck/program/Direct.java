package heddle.tck.program;

import static heddle.dsl.Heddle.async;

import heddle.api.CoroutineExit;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingRunnable;
import heddle.dsl.Chain;
import heddle.dsl.TaskGroup;
import heddle.dsl.Timeout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs in direct style: statements are Java's own, and wait where they stand. */
final class Direct {

    private final Interpreter interpreter;
    private final Me me;

    private Direct(Interpreter interpreter, Me me) {
        this.interpreter = interpreter;
        this.me = me;
    }

    /** A fresh coroutine object of a body. */
    static Chain<@Nullable Object> body(Interpreter interpreter, String name) {
        List<Statement> statements = interpreter.program.body(name);
        return body(interpreter.run, name, me -> new Direct(interpreter, me).block(statements));
    }

    /** A fresh coroutine object that says when it begins and how it ends. */
    static Chain<@Nullable Object> body(ProgramRun run, String name, ThrowingConsumer<Me> body) {
        return async(() -> {
            run.trace.line("start " + name);
            Me me = new Me(run);
            try {
                body.accept(me);
            } catch (CoroutineExit e) {
                throw e;
            } catch (Throwable e) {
                run.trace.line("raise " + name + " " + Normal.exception(e));
                throw e;
            }
            run.trace.line("return " + name + " " + Normal.value(me.returned));
            return me.returned;
        });
    }

    private void block(List<Statement> statements) throws Exception {
        for (Statement s : statements) {
            switch (s.op().kind()) {
                case AWAIT -> awaiting(s);
                case CONTROL -> control(s);
                default -> interpreter.actions.act(s, me);
            }
        }
    }

    private void awaiting(Statement s) {
        if (s.op() == Op.AS_COMPLETED) {
            me.ended(s.key(), () -> interpreter.items(s).inDirectStyle());
        } else {
            me.await(s.key(), () -> interpreter.awaits.of(s, me));
        }
    }

    private void control(Statement s) throws Exception {
        switch (s.op()) {
            case TRY -> tried(s);
            case REPEAT -> {
                for (int i = 0; i < s.integer("n"); i++) {
                    block(s.block("body"));
                }
            }
            case IF -> block(s.block(me.lastIs(s.value("is")) ? "then" : "else"));
            case RAISE -> s.raise(me);
            case RETURN -> me.returns(me.value(s, "value"));
            case WITH, IN_TIMEOUT, IN_GROUP -> me.within(s.key(), () -> inside(s));
            default -> throw new AssertionError(s.op());
        }
    }

    private void inside(Statement s) throws Exception {
        Object thing = interpreter.run.names.of(s);
        ThrowingRunnable body = () -> {
            if (s.op() == Op.WITH) {
                me.entered(s.key());
            }
            block(s.block("body"));
        };
        switch (s.op()) {
            case IN_TIMEOUT -> ((Timeout) thing).run(body);
            case IN_GROUP -> ((TaskGroup) thing).run(body);
            default -> Holder.of(thing).run(body);
        }
    }

    private void tried(Statement s) throws Exception {
        try {
            block(s.block("body"));
        } catch (CoroutineExit e) {
            throw e;
        } catch (Throwable e) {
            handled(s, e);
        } finally {
            block(s.block("finally"));
        }
    }

    private void handled(Statement s, Throwable error) throws Exception {
        for (Handler handler : s.handlers()) {
            if (handler.takes(error)) {
                Throwable outer = me.caught(error);
                try {
                    block(handler.body());
                } finally {
                    me.handled(outer);
                }
                return;
            }
        }
        throw Throwing.raise(error);
    }
}
