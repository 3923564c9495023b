package heddle.tck.program;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.dsl.Heddle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The actions on futures and tasks. */
final class FutureActions {

    private final Interpreter interpreter;
    private final ProgramRun run;
    private final Names names;
    private final EventLoop loop;

    FutureActions(Interpreter interpreter) {
        this.interpreter = interpreter;
        run = interpreter.run;
        names = run.names;
        loop = run.loop;
    }

    @Nullable
    Object perform(Statement s, Me me) throws Exception {
        switch (s.op()) {
            case FUTURE -> names.bind(s, loop.createFuture());
            case FOREIGN -> names.bind(s, run.newLoop().createFuture());
            case SET_RESULT -> promise(s).setResult(me.value(s, "value"));
            case SET_EXCEPTION -> promise(s).setException(s.failure().make());
            case CANCEL -> {
                Future<?> future = looksAt(s);
                return s.has("message") ? future.cancel(s.text("message")) : future.cancel();
            }
            case UNCANCEL -> {
                return names.task(s).uncancel();
            }
            case CANCELLING -> {
                return names.task(s).cancelling();
            }
            case DONE -> {
                return names.future(s).done();
            }
            case CANCELLED -> {
                return names.future(s).cancelled();
            }
            case RESULT -> {
                return looksAt(s).result();
            }
            case EXCEPTION -> {
                return looksAt(s).exception();
            }
            case GET_NAME -> {
                return names.task(s).name();
            }
            case SET_NAME -> names.task(s).setName(s.text("name"));
            case ADD_CALLBACK ->
                addCallback(names.future(s), interpreter.callback(s.text("callback")), names.context(s));
            case REMOVE_CALLBACK -> {
                return names.future(s).removeDoneCallback(interpreter.callback(s.text("callback")));
            }
            case GATHER -> {
                List<Awaitable<@Nullable Object>> members = interpreter.awaits.present(s);
                if (s.flag("return_exceptions")) {
                    names.bind(s, Heddle.gatherReturningExceptions(members));
                } else {
                    names.bind(s, Heddle.gather(members));
                }
            }
            case SHIELD -> names.bind(s, Heddle.shield(interpreter.awaits.of(s.of())));
            default -> throw new AssertionError(s.op());
        }
        return null;
    }

    private static void addCallback(Future<?> future, Callback callback, @Nullable Context context) {
        if (context == null) {
            future.addDoneCallback(callback);
        } else {
            future.addDoneCallback(callback, context);
        }
    }

    /** The future, whose failure counts as seen now. */
    private Future<?> looksAt(Statement s) throws Unset {
        Future<?> future = names.future(s);
        run.looksAt(future);
        return future;
    }

    @SuppressWarnings("unchecked") // any value is right for the futures of a program
    private Promise<@Nullable Object> promise(Statement s) throws Unset {
        return (Promise<@Nullable Object>) names.future(s);
    }
}
