package heddle.tck.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A small generated program: scripts that run as callbacks or tasks, and start one another. The first one is the main
 * callback. A script starts later ones only, so every program ends.
 *
 * @param scripts the scripts, at least one
 * @param done how many of the futures that they share have a result before the first script runs
 */
record Program(List<Script> scripts, int done) {

    /** What an operation does; its argument says to which script, future, task or handle. */
    enum Verb {
        /** Schedules a script as a callback. */
        CALL_SOON,
        /** Schedules a script as a timer. */
        CALL_LATER,
        /** Cancels one of the handles made so far. */
        CANCEL_HANDLE,
        /** Stops the loop; it is run again at once. */
        STOP,
        /** Throws an exception. */
        THROW,
        /** Makes a task of a script. */
        CREATE_TASK,
        /** Pauses a task for one turn. */
        YIELD,
        /** Waits for a future. */
        AWAIT_FUTURE,
        /** Waits for one of the tasks made so far. */
        AWAIT_TASK,
        /** Gives a future a result. */
        SET_RESULT,
        /** Gives a future an exception. */
        SET_EXCEPTION,
        /** Adds a done-callback to a future. */
        ADD_CALLBACK,
        /** Removes done-callbacks from a future. */
        REMOVE_CALLBACK,
        /** Cancels a future. */
        CANCEL_FUTURE,
        /** Cancels one of the tasks made so far. */
        CANCEL_TASK,
        /** Cancels the task that does so; elsewhere nothing. */
        CANCEL_SELF,
        /** Takes back a request to cancel one of the tasks made so far. */
        UNCANCEL,
        /** Throws a CancelledError of one's own. */
        THROW_CANCELLED
    }

    /** The verbs that need no task. */
    static final List<Verb> OF_LOOPS =
            List.of(Verb.CALL_SOON, Verb.CALL_LATER, Verb.CANCEL_HANDLE, Verb.STOP, Verb.THROW);

    /** All but those that cancel futures and tasks, the more telling ones more often. */
    static final List<Verb> OF_TASKS = List.of(
            Verb.CREATE_TASK,
            Verb.YIELD,
            Verb.AWAIT_FUTURE,
            Verb.AWAIT_TASK,
            Verb.SET_RESULT,
            Verb.CALL_SOON,
            Verb.CREATE_TASK,
            Verb.ADD_CALLBACK,
            Verb.SET_EXCEPTION,
            Verb.REMOVE_CALLBACK,
            Verb.THROW,
            Verb.CALL_LATER,
            Verb.CANCEL_HANDLE,
            Verb.STOP);

    /** Those that cancel, and what can be cancelled, the more telling ones more often. */
    static final List<Verb> OF_CANCELS = List.of(
            Verb.CREATE_TASK,
            Verb.YIELD,
            Verb.AWAIT_FUTURE,
            Verb.AWAIT_TASK,
            Verb.CANCEL_TASK,
            Verb.CALL_SOON,
            Verb.CREATE_TASK,
            Verb.CANCEL_SELF,
            Verb.AWAIT_FUTURE,
            Verb.UNCANCEL,
            Verb.SET_RESULT,
            Verb.SET_EXCEPTION,
            Verb.CANCEL_FUTURE,
            Verb.THROW,
            Verb.THROW_CANCELLED,
            Verb.ADD_CALLBACK);

    /** One operation. */
    record Op(Verb verb, int argument) {
        @Override
        public String toString() {
            return verb.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + argument;
        }
    }

    /** Operations one after another, and how many errors raised in between are swallowed. */
    record Script(List<Op> ops, int swallows) {}

    /** Which script one starts: a later one; 0 if there is none. */
    int started(int script, int argument) {
        int left = scripts.size() - script - 1;
        return left == 0 ? 0 : script + 1 + argument % left;
    }

    /** A timer's delay in milliseconds, half-way between two turns, so that rounding decides nothing. */
    static double delay(int argument) {
        return Math.floorDiv(argument, 2) - 0.5;
    }

    /** Draws a program of these verbs. */
    static Program draw(Choices c, List<Verb> verbs) {
        List<Script> scripts = new ArrayList<>();
        int done = verbs.contains(Verb.AWAIT_FUTURE) ? c.between("done futures", 0, 2) : 0;
        int count = c.between("scripts", 1, 5);
        for (int i = 0; i < count; i++) {
            List<Op> ops = new ArrayList<>();
            for (int left = c.between("operations", i == 0 ? 2 : 1, 5); left > 0; left--) {
                boolean first = i == 0 && ops.isEmpty() && verbs.contains(Verb.CREATE_TASK);
                Verb verb = first ? Verb.CREATE_TASK : c.oneOf("verb", verbs); // there is a task to look at
                ops.add(new Op(verb, c.between("argument", 0, 7)));
            }
            scripts.add(new Script(ops, verbs.contains(Verb.CANCEL_TASK) ? c.between("swallows", 0, 2) : 0));
        }
        return new Program(scripts, done);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("program");
        if (done > 0) {
            text.append(" with ").append(done).append(" done futures");
        }
        for (int i = 0; i < scripts.size(); i++) {
            Script script = scripts.get(i);
            text.append("\n  script ").append(i).append(": ").append(script.ops());
            if (script.swallows() > 0) {
                text.append(", swallows ").append(script.swallows());
            }
        }
        return text.toString();
    }
}
