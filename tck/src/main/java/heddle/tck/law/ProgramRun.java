package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Program} on a loop, turn by turn, and writes down what happens in which turn. */
final class ProgramRun {

    private static final int TURNS = 40;

    private final Program program;
    private final EventLoop loop;
    private final TestClock clock;
    private final List<String> trace = new ArrayList<>();
    private final List<Promise<@Nullable Object>> futures = new ArrayList<>();
    private final List<Task<@Nullable Object>> tasks = new ArrayList<>();
    private final List<Handle> handles = new ArrayList<>();
    private int turn;

    private ProgramRun(Program program, EventLoop loop, TestClock clock) {
        this.program = program;
        this.loop = loop;
        this.clock = clock;
    }

    /** The trace of a program on a loop with that clock. */
    static List<String> trace(Program program, EventLoop loop, TestClock clock) {
        return new ProgramRun(program, loop, clock).run();
    }

    private List<String> run() {
        loop.setExceptionHandler((where, report) -> say("reported " + report.kind() + " " + exception(report)));
        for (int i = 0; i < program.futures(); i++) {
            futures.add(loop.createFuture());
            if (i < program.done()) {
                futures.get(i).setResult("value of " + i);
            }
        }
        loop.callSoon(this::tick);
        callback(0, "main");
        while (turn < TURNS) {
            loop.runForever();
        }
        futures.forEach(future -> say("in the end " + outcome(future)));
        tasks.forEach(task -> say("in the end " + outcome(task) + ", " + task.cancelling() + " requests"));
        return trace;
    }

    private static String exception(ErrorReport report) {
        Throwable exception = report.exception();
        return exception == null ? "" : words(exception);
    }

    private static String outcome(Future<?> future) {
        return future.done() ? outcome(future::result) : "pending";
    }

    private static String outcome(Callable<?> action) {
        try {
            return String.valueOf(action.call());
        } catch (Throwable e) {
            return words(e);
        }
    }

    /** An error in words; those of the engine's own are its own. */
    private static String words(Throwable error) {
        return error instanceof IllegalStateException ? "IllegalStateException" : Trial.words(error);
    }

    /** Counts turns, and lets a millisecond pass in each. */
    private void tick() {
        clock.advance(0.001);
        if (++turn < TURNS) {
            loop.callSoon(this::tick);
        } else {
            loop.stop();
        }
    }

    private void say(String line) {
        trace.add("turn " + turn + ": " + line);
    }

    private void callback(int script, String name) {
        handles.add(loop.callSoon(() -> runCallback(script, name)));
    }

    private void runCallback(int script, String name) {
        say(name + " begins");
        for (Program.Op op : program.scripts().get(script).ops()) {
            perform(op, script, name);
        }
        say(name + " ends");
    }

    /** A script as a task. */
    private Body body(int number, String name) {
        Program.Script script = program.scripts().get(number);
        List<Body.Piece> pieces = new ArrayList<>();
        List<Future<?>> awaited = new ArrayList<>();
        int[] swallowed = {0};
        for (Program.Op op : script.ops()) {
            pieces.add(() -> {
                awaited.forEach(future -> say(name + " got " + outcome(future::result)));
                awaited.clear();
                Suspension suspension = perform(op, number, name);
                if (suspension instanceof Future<?> future) {
                    awaited.add(future);
                }
                return suspension;
            });
        }
        return Body.of(pieces).returning(name + "'s value").catching(error -> {
            awaited.clear();
            say(name + " raised " + words(error));
            if (swallowed[0]++ < script.swallows()) {
                return null;
            }
            throw error;
        });
    }

    /** Does one thing, and answers what to wait for. */
    private @Nullable Suspension perform(Program.Op op, int script, String name) {
        int argument = op.argument();
        Promise<@Nullable Object> future = futures.get(argument % futures.size());
        switch (op.verb()) {
            case CALL_SOON -> start(script, argument, false);
            case CREATE_TASK -> start(script, argument, true);
            case CALL_LATER -> later(script, argument);
            case CANCEL_HANDLE -> handles.get(argument % handles.size()).cancel();
            case STOP -> loop.stop();
            case THROW -> throw new IllegalArgumentException("thrown by " + name);
            case THROW_CANCELLED -> throw new CancelledError("thrown by " + name);
            case SET_RESULT -> attempt(name, () -> future.setResult("value " + argument));
            case SET_EXCEPTION -> attempt(name, () -> future.setException(new Exception("problem " + argument)));
            case ADD_CALLBACK -> future.addDoneCallback(new Named(argument % 2));
            case REMOVE_CALLBACK -> say(name + " removed " + future.removeDoneCallback(new Named(argument % 2)));
            case CANCEL_FUTURE -> say(name + " cancelled: " + future.cancel("by " + name));
            case CANCEL_TASK, UNCANCEL -> change(op, name);
            case CANCEL_SELF -> cancelSelf(name);
            case YIELD -> {
                return Bodies.YIELD;
            }
            case AWAIT_FUTURE -> {
                return future;
            }
            case AWAIT_TASK -> {
                return tasks.isEmpty() ? null : tasks.get(argument % tasks.size());
            }
        }
        return null;
    }

    private void attempt(String name, Runnable completion) {
        try {
            completion.run();
            say(name + " completed");
        } catch (InvalidStateException e) {
            say(name + " was refused");
        }
    }

    private void cancelSelf(String name) {
        Task<?> self = loop.currentTask();
        if (self != null) {
            say(name + " asked itself: " + self.cancel("by itself"));
        }
    }

    private void change(Program.Op op, String name) {
        if (!tasks.isEmpty()) {
            Task<@Nullable Object> task = tasks.get(op.argument() % tasks.size());
            say(name
                    + (op.verb() == Program.Verb.UNCANCEL
                            ? " left " + task.uncancel()
                            : " asked: " + task.cancel("by " + name)));
        }
    }

    /** Starts a later script than the one that asks; the last one starts none. */
    private void start(int script, int argument, boolean asTask) {
        int left = program.scripts().size() - script - 1;
        if (left > 0) {
            int chosen = script + 1 + argument % left;
            if (asTask) {
                String name = "task " + tasks.size() + " (script " + chosen + ")";
                tasks.add(loop.createTask(body(chosen, name)));
            } else {
                callback(chosen, "callback " + handles.size() + " (script " + chosen + ")");
            }
        }
    }

    private void later(int script, int argument) {
        int left = program.scripts().size() - script - 1;
        if (left > 0) {
            int chosen = script + 1 + argument % left;
            String name = "timer " + handles.size() + " (script " + chosen + ")";
            // half-way between two turns, so that rounding decides nothing
            handles.add(loop.callLater((Math.floorDiv(argument, 2) - 0.5) / 1e3, () -> runCallback(chosen, name)));
        }
    }

    /** A done-callback that is equal to others of its number. */
    private final class Named implements ThrowingConsumer<Future<@Nullable Object>> {
        private final int number;

        Named(int number) {
            this.number = number;
        }

        @Override
        public void accept(Future<@Nullable Object> done) {
            say("done-callback " + number + " of " + futures.indexOf(done));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Named named && named.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }
}
