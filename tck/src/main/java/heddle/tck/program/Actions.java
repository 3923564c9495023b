package heddle.tck.program;

import heddle.api.Context;
import heddle.api.CoroutineExit;
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

    private final ProgramRun run;
    private final Names names;
    private final EventLoop loop;
    private final FutureActions futures;
    private final SyncActions syncs;
    private final ScopeActions scopes;

    Actions(ProgramRun run) {
        this.run = run;
        names = run.names;
        loop = run.loop;
        futures = new FutureActions(run);
        syncs = new SyncActions(run);
        scopes = new ScopeActions(run);
    }

    /** Executes one, and writes its line. */
    void act(Statement s, Frame frame) {
        if (run.trace.muted()) {
            return;
        }
        try {
            Object value = perform(s, frame);
            frame.last = value;
            run.trace.line(s.key() + " = " + Normal.value(value));
        } catch (Unset e) {
            frame.last = null;
            run.trace.line(s.key() + " unset");
        } catch (CoroutineExit | Trace.Endless e) {
            throw e;
        } catch (Throwable e) {
            frame.last = null;
            run.trace.line(s.key() + " ! " + Normal.exception(e));
        }
    }

    private @Nullable Object perform(Statement s, Frame frame) throws Exception {
        return switch (s.op().kind()) {
            case LOOP -> onLoop(s, frame);
            case FUTURE -> futures.perform(s, frame);
            case SYNC -> syncs.perform(s, frame);
            case SCOPE -> scopes.perform(s);
            case DRIVE -> drive(s);
            default -> throw new AssertionError(s.op() + " is no action");
        };
    }

    private @Nullable Object onLoop(Statement s, Frame frame) throws Exception {
        switch (s.op()) {
            case LOG -> {
                return frame.value(s, "text");
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
            case CALL_SOON -> names.bind(s, callSoon(run.callback(s.text("callback")), names.context(s)));
            case CALL_THREADSAFE -> names.bind(s, loop.callSoonThreadsafe(run.callback(s.text("callback"))));
            case CALL_LATER -> names.bind(s, loop.callLater(s.number("delay"), run.callback(s.text("callback"))));
            case CALL_AT -> names.bind(s, loop.callAt(s.number("when"), run.callback(s.text("callback"))));
            case CANCEL_HANDLE -> ((Handle) names.of(s)).cancel();
            case HANDLE_CANCELLED -> {
                return ((Handle) names.of(s)).cancelled();
            }
            case SPAWN -> {
                Task<?> task = loop.createTask(run.body(s.text("body")), (String) s.value("name"), names.context(s));
                return names.bind(s, task).name();
            }
            case CAUSE -> {
                Throwable caught = frame.caught;
                return caught == null ? null : caught.getCause();
            }
            case STOP -> loop.stop();
            case CLOSE -> close();
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

    private void close() {
        try {
            loop.close();
        } finally {
            run.trace.unmute();
        }
    }

    private @Nullable Object drive(Statement s) throws Exception {
        try {
            if (s.op() == Op.RUN_FOREVER) {
                loop.runForever();
                return null;
            }
            return loop.runUntilComplete(run.awaits.of(s.of()));
        } catch (Throwable e) {
            run.tellDeadlock(e);
            throw e;
        }
    }
}
