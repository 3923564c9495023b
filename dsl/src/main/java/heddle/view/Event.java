package heddle.view;

import heddle.api.spi.Display;
import java.util.Objects;

/**
 * One thing that happened on a loop.
 *
 * @param turn the loop's turn, counted from 1 at the moment at which the recorder was added
 * @param seconds the loop's time
 * @param kind what happened
 * @param lane to whom: the lane of a task, or {@link #LOOP}
 * @param from who did it, where that is another one: whoever created, woke or cancelled it; else the lane itself
 * @param text what it waits for, ended with, was told; may be empty
 */
public record Event(long turn, double seconds, Kind kind, int lane, int from, String text) {

    /** The lane of the loop's own callbacks: timers, posts, done-callbacks. */
    public static final int LOOP = 0;

    /** What can happen. */
    public enum Kind {
        /** A task was created. */
        CREATED,
        /** A task's step, or the loop's callback, begins. */
        RUNS,
        /** The step ended, and the task waits for what the text says. */
        WAITS,
        /** The step ended, and the task lets the others run. */
        YIELDS,
        /** What the task waits for is done: its next step is due. */
        WOKEN,
        /** The task was asked to cancel. */
        CANCEL,
        /** The task is done, or the loop's callback has returned. */
        ENDS
    }

    /**
     * An event.
     *
     * @param turn the loop's turn, counted from 1 at the moment at which the recorder was added
     * @param seconds the loop's time
     * @param kind what happened
     * @param lane to whom: the lane of a task, or {@link #LOOP}
     * @param from who did it, where that is another one: whoever created, woke or cancelled it; else the lane itself
     * @param text what it waits for, ended with, was told; may be empty
     * @throws NullPointerException if the kind or the text is null
     */
    public Event {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return "turn " + turn + ": lane " + lane + " " + kind + (from == lane ? "" : " by lane " + from)
                + (text.isEmpty() ? "" : " " + Display.escape(text, 60));
    }
}
