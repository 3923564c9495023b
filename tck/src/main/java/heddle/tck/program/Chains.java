package heddle.tck.program;

import static heddle.dsl.Heddle.chain;

import heddle.api.Awaitable;
import heddle.dsl.Chain;
import heddle.dsl.TaskGroup;
import heddle.dsl.Timeout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs as fluent chains: every statement is a step, every block a chain that a step awaits. */
final class Chains {

    private final Interpreter interpreter;
    private final Me me;

    private Chains(Interpreter interpreter, Me me) {
        this.interpreter = interpreter;
        this.me = me;
    }

    /** A fresh coroutine object of a body. */
    static Chain<@Nullable Object> body(Interpreter interpreter, String name) {
        List<Statement> statements = interpreter.program.body(name);
        return body(interpreter.run, name, me -> new Chains(interpreter, me).block(statements));
    }

    /** What a body is as a chain. */
    interface Body {
        Chain<@Nullable Object> of(Me me);
    }

    /** A fresh coroutine object that says when it begins and how it ends. */
    static Chain<@Nullable Object> body(ProgramRun run, String name, Body body) {
        return chain((@Nullable Object) null).await(() -> begun(run, name, new Me(run), body));
    }

    private static Chain<@Nullable Object> begun(ProgramRun run, String name, Me me, Body body) {
        run.trace.line("start " + name);
        return Outcome.of(body.of(me)).then(outcome -> {
            Throwable error = outcome.error();
            if (error != null) {
                run.trace.line("raise " + name + " " + Normal.exception(error));
                throw Throwing.raise(error);
            }
            run.trace.line("return " + name + " " + Normal.value(me.returned));
            return me.returned;
        });
    }

    private Chain<@Nullable Object> block(List<Statement> statements) {
        Chain<@Nullable Object> chain = me.block();
        for (Statement s : statements) {
            chain = switch (s.op().kind()) {
                case AWAIT -> chain.await(() -> me.awaiting(s.key(), () -> awaited(s)));
                case CONTROL -> control(chain, s);
                default -> chain.tap(unused -> interpreter.actions.act(s, me));
            };
        }
        return chain;
    }

    private Awaitable<? extends @Nullable Object> awaited(Statement s) throws Exception {
        return s.op() == Op.AS_COMPLETED ? interpreter.items(s).asChain() : interpreter.awaits.of(s, me);
    }

    private Chain<@Nullable Object> control(Chain<@Nullable Object> chain, Statement s) {
        return switch (s.op()) {
            case TRY -> chain.await(() -> me.tries(block(s.block("body")), catches(s), block(s.block("finally"))));
            case REPEAT -> chain.await(() -> me.repeat(s.integer("n"), block(s.block("body"))));
            case IF -> chain.await(() -> block(s.block(me.lastIs(s.value("is")) ? "then" : "else")));
            case RAISE -> chain.tap(unused -> s.raise(me));
            case RETURN -> chain.tap(unused -> me.returns(me.value(s, "value")));
            case WITH, IN_TIMEOUT, IN_GROUP -> chain.await(() -> me.around(s.key(), () -> inside(s)));
            default -> throw new AssertionError(s.op());
        };
    }

    private List<Me.Catch> catches(Statement s) {
        return s.handlers().stream()
                .map(handler -> me.on(handler.kinds(), block(handler.body())))
                .toList();
    }

    private Chain<?> inside(Statement s) throws Unset {
        Object thing = interpreter.run.names.of(s);
        Chain<@Nullable Object> body = me.block().await(() -> {
            if (s.op() == Op.WITH) {
                me.entered(s.key());
            }
            return block(s.block("body"));
        });
        return switch (s.op()) {
            case IN_TIMEOUT -> ((Timeout) thing).around(body);
            case IN_GROUP -> ((TaskGroup) thing).around(body);
            default -> Holder.of(thing).around(body);
        };
    }
}
