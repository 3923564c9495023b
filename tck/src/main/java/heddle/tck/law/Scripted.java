package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.InvalidStateException;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a program of scripts is made of: it runs on a loop, turn by turn, and writes down what happens in which turn. The kit
 * interprets programs with it; a program that it prints, to be tried out by hand, extends it too.
 */
public abstract class Scripted {

    /** Ends a step for one turn. */
    protected static final Suspension YIELD = Pause.YIELD;

    private static final int TURNS = 40;
    private static final int FUTURES = 3;

    private final List<String> trace = new ArrayList<>();
    private final List<Promise<@Nullable Object>> futures = new ArrayList<>();
    private final List<Task<@Nullable Object>> tasks = new ArrayList<>();
    private final List<Handle> handles = new ArrayList<>();
    private @Nullable EventLoop loop;
    private @Nullable TestClock clock;
    private final int done;
    private int turn;

    /** A script that runs as a callback; it is given its name. */
    @FunctionalInterface
    public interface Script {
        /** Runs it. */
        void run(String me) throws Exception;
    }

    /** For subclasses: some of the futures have a result from the beginning. */
    protected Scripted(int done) {
        this.done = done;
    }

    /** The first script, which is a callback. */
    protected abstract void main(String me) throws Exception;

    /** Runs on a loop with that clock, and answers the trace. */
    final List<String> run(EventLoop on, TestClock itsClock) {
        loop = on;
        clock = itsClock;
        on.setExceptionHandler((where, report) -> say("reported " + report.kind() + " " + exception(report)));
        for (int i = 0; i < FUTURES; i++) {
            futures.add(on.createFuture());
            if (i < done) {
                future(i).setResult("value of " + i);
            }
        }
        on.callSoon(this::tick);
        handles.add(on.callSoon(() -> call("main", this::main)));
        while (turn < TURNS) {
            on.runForever();
        }
        futures.forEach(future -> say("in the end " + outcome(future)));
        tasks.forEach(task -> say("in the end " + outcome(task) + ", " + task.cancelling() + " requests"));
        return trace;
    }

    /** Counts turns, and lets a millisecond pass in each. */
    private void tick() {
        if (clock != null) {
            clock.advance(0.001);
        }
        if (++turn < TURNS) {
            loop().callSoon(this::tick);
        } else {
            loop().stop();
        }
    }

    /** The loop. */
    protected final EventLoop loop() {
        if (loop == null) {
            throw new IllegalStateException("it doesn't run");
        }
        return loop;
    }

    /** Writes a line. */
    protected final void say(String line) {
        trace.add("turn " + turn + ": " + line);
    }

    // ---- callbacks

    private void call(String name, Script script) throws Exception {
        say(name + " begins");
        script.run(name);
        say(name + " ends");
    }

    /** Schedules a script as a callback. */
    protected final void soon(int number, Script script) {
        String name = "callback " + handles.size() + " (script " + number + ")";
        handles.add(loop().callSoon(() -> call(name, script)));
    }

    /** Schedules a script as a timer. */
    protected final void later(double milliseconds, int number, Script script) {
        String name = "timer " + handles.size() + " (script " + number + ")";
        handles.add(loop().callLater(milliseconds / 1e3, () -> call(name, script)));
    }

    /** Cancels one of the handles made so far. */
    protected final void cancelHandle(int which) {
        handles.get(which % handles.size()).cancel();
    }

    /** Throws an error. */
    protected static void fail(Throwable error) throws Exception {
        throw Bodies.<Exception>as(error);
    }

    // ---- futures

    /** One of the futures. */
    protected final Promise<@Nullable Object> future(int which) {
        return futures.get(which % futures.size());
    }

    /** Completes a future, and says whether that was accepted. */
    protected final void attempt(String me, Runnable completion) {
        try {
            completion.run();
            say(me + " completed");
        } catch (InvalidStateException e) {
            say(me + " was refused");
        }
    }

    /** A done-callback that is equal to others of its number. */
    protected final ThrowingConsumer<Future<@Nullable Object>> callback(int number) {
        return new Named(this, number);
    }

    private record Named(Scripted program, int number) implements ThrowingConsumer<Future<@Nullable Object>> {
        @Override
        public void accept(Future<@Nullable Object> done) {
            program.say("done-callback " + number + " of " + program.futures.indexOf(done));
        }
    }

    // ---- tasks

    /** Makes a task of a script; {@code code} is given its name. */
    protected final void task(int number, Function<String, Awaitable<@Nullable Object>> code) {
        tasks.add(loop().createTask(code.apply("task " + tasks.size() + " (script " + number + ")")));
    }

    /** One of the tasks made so far, or null if there is none. */
    protected final @Nullable Task<@Nullable Object> task(int which) {
        return tasks.isEmpty() ? null : tasks.get(which % tasks.size());
    }

    /** Cancels one of the tasks made so far. */
    protected final void cancelTask(String me, int which) {
        Task<@Nullable Object> task = task(which);
        if (task != null) {
            say(me + " asked: " + task.cancel("by " + me));
        }
    }

    /** Cancels the task that calls this; elsewhere does nothing. */
    protected final void cancelSelf(String me) {
        Task<?> self = loop().currentTask();
        if (self != null) {
            say(me + " asked itself: " + self.cancel("by itself"));
        }
    }

    /** Takes back a request to cancel one of the tasks made so far. */
    protected final void uncancel(String me, int which) {
        Task<@Nullable Object> task = task(which);
        if (task != null) {
            say(me + " left " + task.uncancel());
        }
    }

    /** Says what a task was woken with; nothing if it didn't wait. */
    protected final void got(String me, @Nullable Future<?> awaited) {
        if (awaited != null) {
            say(me + " got " + outcome(awaited::result));
        }
    }

    /** Says what was raised where a task waited, and throws it on, but for the first few: {@code swallows} of them. */
    protected final void raised(String me, Throwable error, int[] swallows) throws Exception {
        if (error instanceof CoroutineExit) {
            fail(error); // it is being closed
        }
        say(me + " raised " + words(error));
        if (swallows[0]-- <= 0) {
            fail(error);
        }
    }

    /** Awaiting this ends one step in that, whether it is done or not; null ends none. */
    protected static Awaitable<@Nullable Object> once(@Nullable Suspension suspension) {
        return new Once(suspension);
    }

    private record Once(@Nullable Suspension suspension) implements Awaitable<@Nullable Object> {
        @Override
        public Coroutine<@Nullable Object> coroutine() {
            return new Coroutine<@Nullable Object>() {
                private boolean waited;

                @Override
                public Suspension step() {
                    if (waited || suspension == null) {
                        return Pause.FINISHED;
                    }
                    waited = true;
                    return suspension;
                }

                @Override
                public Suspension raise(Throwable error) throws Throwable {
                    throw error;
                }

                @Override
                public @Nullable Object result() {
                    return null;
                }

                @Override
                public void close() {}
            };
        }
    }

    // ---- words

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
}
