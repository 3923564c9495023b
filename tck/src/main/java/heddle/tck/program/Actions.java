package heddle.tck.program;

import heddle.api.Context;
import heddle.api.EventLoop;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous statements, the same in every form of a program. They never throw: an error is written in the trace, and
 * the program goes on. Here are those on the loop, on names and variables.
 */
final class Actions {

    private final Interpreter interpreter;
    private final ProgramRun run;
    private final Names names;
    private final EventLoop loop;
    private final FutureActions futures;
    private final SyncActions syncs;
    private final ScopeActions scopes;

    Actions(Interpreter interpreter) {
        this.interpreter = interpreter;
        run = interpreter.run;
        names = run.names;
        loop = run.loop;
        futures = new FutureActions(interpreter);
        syncs = new SyncActions(run);
        scopes = new ScopeActions(interpreter);
    }

    /** Executes one, and writes its line. */
    void act(Statement s, Me me) {
        me.act(s.key(), () -> perform(s, me));
    }

    private @Nullable Object perform(Statement s, Me me) throws Exception {
        return switch (s.op().kind()) {
            case LOOP -> onLoop(s, me);
            case FUTURE -> futures.perform(s, me);
            case SYNC -> syncs.perform(s, me);
            case SCOPE -> scopes.perform(s);
            case DRIVE -> drive(s);
            default -> throw new AssertionError(s.op() + " is no action");
        };
    }

    private @Nullable Object onLoop(Statement s, Me me) throws Exception {
        switch (s.op()) {
            case LOG -> {
                return me.value(s, "text");
            }
            case SET_CELL -> names.setCell(s.text("cell"), s.value("value"));
            case TIME -> {
                return loop.time();
            }
            case RUNNING_LOOP -> {
                return LoopBinding.current() == loop;
            }
            case CURRENT_TASK -> {
                Task<?> task = run.trace.currentTask();
                return task == null ? null : task.name();
            }
            case ALL_TASKS -> {
                return loop.allTasks().stream().map(Task::name).toList();
            }
            case GET_VAR -> {
                return names.variable(s.text("var")).get();
            }
            case SET_VAR -> names.variable(s.text("var")).set(s.value("value"));
            case SAME -> {
                return Names.same(names.of(s), names.get(s.text("with")));
            }
            case COPY_CONTEXT -> names.bind(s, Context.copyCurrent());
            case CALL_SOON -> names.bind(s, callSoon(interpreter.callback(s.text("callback")), names.context(s)));
            case CALL_THREADSAFE -> names.bind(s, loop.callSoonThreadsafe(interpreter.callback(s.text("callback"))));
            case CALL_LATER ->
                names.bind(s, loop.callLater(s.number("delay"), interpreter.callback(s.text("callback"))));
            case CALL_AT -> names.bind(s, loop.callAt(s.number("when"), interpreter.callback(s.text("callback"))));
            case CANCEL_HANDLE -> ((Handle) names.of(s)).cancel();
            case HANDLE_CANCELLED -> {
                return ((Handle) names.of(s)).cancelled();
            }
            case SPAWN -> {
                Task<?> task =
                        loop.createTask(interpreter.body(s.text("body")), (String) s.value("name"), names.context(s));
                return names.bind(s, task).name();
            }
            case CAUSE -> {
                return me.cause();
            }
            case STOP -> loop.stop();
            case CLOSE -> run.closeLoop();
            case RUN_NESTED -> {
                if (s.text("kind").equals("forever")) {
                    loop.runForever();
                    return null;
                }
                EventLoop nested = s.text("kind").equals("own") ? loop : run.newLoop();
                nested.runUntilComplete(nested.createFuture());
            }
            case HANDLER_RAISES -> run.handlerRaises(s.failure());
            case IS_RUNNING -> {
                return loop.isRunning();
            }
            case IS_CLOSED -> {
                return loop.isClosed();
            }
            default -> throw new AssertionError(s.op());
        }
        return null;
    }

    private Handle callSoon(ThrowingRunnable callback, @Nullable Context context) {
        return context == null ? loop.callSoon(callback) : loop.callSoon(callback, context);
    }

    private @Nullable Object drive(Statement s) throws Exception {
        return run.driving(() -> {
            if (s.op() == Op.RUN_FOREVER) {
                loop.runForever();
                return null;
            }
            return loop.runUntilComplete(interpreter.awaits.of(s.of()));
        });
    }
}
