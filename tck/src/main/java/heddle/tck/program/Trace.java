package heddle.tck.program;

import heddle.api.EventLoop;
import heddle.api.LoopObserver;
import heddle.api.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the lines of a trace: {@code TIME TURN TASK EVENT}. */
final class Trace implements LoopObserver {

    private static final int MOST_LINES = 2_000;
    private static final int MOST_TURNS = 20_000;

    /** The program does more than any that was recorded; it leaves the loop at once. */
    static final class Endless extends VirtualMachineError {
        private static final long serialVersionUID = 1;

        Endless(String message) {
            super(message);
        }
    }

    private final EventLoop loop;
    private final List<String> lines = new ArrayList<>();
    private int turn;
    private boolean ended;
    private volatile boolean muted;

    Trace(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void turnBegins() {
        turn++;
    }

    /** Adds a line, unless it is muted. */
    void line(String event) {
        if (!muted) {
            always(event);
        }
    }

    /** Adds a line. */
    void always(String event) {
        if (lines.size() > MOST_LINES || turn > MOST_TURNS) {
            throw new Endless(lines.size() + " lines in " + turn + " turns");
        }
        Task<?> task = currentTask();
        lines.add(Normal.number(loop.time()) + " " + (ended ? "-" : turn) + " " + (task == null ? "-" : task.name())
                + " " + event);
    }

    @Nullable
    Task<?> currentTask() {
        return loop.isRunning() ? loop.currentTask() : null;
    }

    /** What coroutines do from now on, they do because they are being closed: it doesn't count. */
    void mute() {
        muted = true;
    }

    void unmute() {
        muted = false;
    }

    boolean muted() {
        return muted;
    }

    /** The run is over: what follows belongs to no turn. */
    void end() {
        ended = true;
    }

    List<String> lines() {
        return lines;
    }
}
