package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Suspension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Interprets a {@link Program}. */
final class ProgramRun extends Scripted {

    private final Program program;

    ProgramRun(Program program) {
        super(program.done());
        this.program = program;
    }

    /** The trace of a program on a loop with that clock. */
    static List<String> trace(Program program, EventLoop loop, TestClock clock) {
        return new ProgramRun(program).run(loop, clock);
    }

    @Override
    protected void main(String me) {
        callback(0, me);
    }

    private void callback(int script, String me) {
        for (Program.Op op : program.scripts().get(script).ops()) {
            perform(op, script, me);
        }
    }

    /** A script as a task. */
    private Body body(int number, String me) {
        Program.Script script = program.scripts().get(number);
        List<Body.Piece> pieces = new ArrayList<>();
        List<Future<?>> awaited = new ArrayList<>();
        int[] swallows = {script.swallows()};
        for (Program.Op op : script.ops()) {
            pieces.add(() -> {
                awaited.forEach(future -> got(me, future));
                awaited.clear();
                Suspension suspension = perform(op, number, me);
                if (suspension instanceof Future<?> future) {
                    awaited.add(future);
                }
                return suspension;
            });
        }
        return Body.of(pieces).returning(me + "'s value").catching(error -> {
            awaited.clear();
            raised(me, error, swallows);
            return null;
        });
    }

    /** Does one thing, and answers what to wait for. */
    private @Nullable Suspension perform(Program.Op op, int script, String me) {
        int argument = op.argument();
        Promise<@Nullable Object> future = future(argument);
        int other = program.started(script, argument);
        switch (op.verb()) {
            case CALL_SOON -> {
                if (other > 0) {
                    soon(other, name -> callback(other, name));
                }
            }
            case CREATE_TASK -> {
                if (other > 0) {
                    task(other, name -> body(other, name));
                }
            }
            case CALL_LATER -> {
                if (other > 0) {
                    later(Program.delay(argument), other, name -> callback(other, name));
                }
            }
            case CANCEL_HANDLE -> cancelHandle(argument);
            case STOP -> loop().stop();
            case THROW -> throw new IllegalArgumentException("thrown by " + me);
            case THROW_CANCELLED -> throw new CancelledError("thrown by " + me);
            case SET_RESULT -> attempt(me, () -> future.setResult("value " + argument));
            case SET_EXCEPTION -> attempt(me, () -> future.setException(new Exception("problem " + argument)));
            case ADD_CALLBACK -> future.addDoneCallback(callback(argument % 2));
            case REMOVE_CALLBACK -> say(me + " removed " + future.removeDoneCallback(callback(argument % 2)));
            case CANCEL_FUTURE -> say(me + " cancelled: " + future.cancel("by " + me));
            case CANCEL_TASK -> cancelTask(me, argument);
            case CANCEL_SELF -> cancelSelf(me);
            case UNCANCEL -> uncancel(me, argument);
            case YIELD -> {
                return YIELD;
            }
            case AWAIT_FUTURE -> {
                return future;
            }
            case AWAIT_TASK -> {
                return task(argument);
            }
        }
        return null;
    }
}
