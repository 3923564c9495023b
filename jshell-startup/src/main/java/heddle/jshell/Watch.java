package heddle.jshell;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.Display;
import heddle.dsl.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sees what a user should hear of before the next prompt: failures that nobody has seen yet, and a loop that is blocked. */
final class Watch implements LoopObserver {

    /** How long one step may take before it is called blocking. */
    private static final long BLOCKED_NANOS = 500_000_000;

    private static final int LONGEST = 100;

    private final Session session;
    private final EventLoop loop;
    private final SnippetLines lines;
    private final BooleanSupplier stopped;
    /** Counts turns; written on the loop. Of the JVM's one session at a time, so that it is seen from everywhere. */
    private static volatile long turns;

    // Used on the loop only: failures, and the turn after which each is shown.
    private final List<Failed> failures = new ArrayList<>();

    // Used by the thread that looks.
    private long turnSeen = -1;
    private long since;
    private boolean told;

    private record Failed(Future<?> future, long turn) {}

    private Watch(Session session, SnippetLines lines, BooleanSupplier stopped) {
        this.session = session;
        this.lines = lines;
        this.stopped = stopped;
        this.loop = session.loop();
    }

    static Watch over(Session session, SnippetLines lines, BooleanSupplier stopped) throws Exception {
        Watch watch = new Watch(session, lines, stopped);
        session.onLoop(() -> {
            session.loop().addObserver(watch);
            return null;
        });
        return watch;
    }

    /** How many turns there were: it stands still while a step doesn't end. */
    static long turns() {
        return turns;
    }

    Session session() {
        return session;
    }

    // ---- a blocked loop

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void turnBegins() {
        turns++;
    }

    /** A step that a second Ctrl-C ended has left its thread interrupted, which nobody else shall hear of. */
    @Override
    public void stepEnds(Task<?> task, @Nullable Suspension suspension) {
        if (suspension == null && stopped.getAsBoolean()) {
            boolean unused = Thread.interrupted();
        }
    }

    /** Says so, once, when the loop has been in the same step for too long. Called now and then, by one thread. */
    void look() {
        long turn = turns;
        Task<?> task = loop.currentTask();
        long now = System.nanoTime();
        if (turn != turnSeen || task == null) {
            turnSeen = turn;
            since = now;
            told = false;
        } else if (!told && now - since >= BLOCKED_NANOS) {
            told = true;
            Steps.Step step = Steps.running();
            print(Display.escape(task.name(), 30) + " blocks the event loop" + place(step)
                    + ": await instead, or use toThread(…) (docs/codes.md#blocked)");
        }
    }

    private String place(Steps.@Nullable Step step) {
        return step == null ? "" : " in " + lines.place(step.frame());
    }

    // ---- failures

    @Override
    public void done(Future<?> future) {
        if (future.unretrieved() != null) {
            failures.add(new Failed(future, turns));
        }
    }

    /** Shows, once each, the failures that nobody has seen yet, where everybody who waits has had the time to. */
    void showFailures() {
        List<String> lines = new ArrayList<>();
        try {
            session.onLoop(() -> lines.addAll(take()));
        } catch (Exception e) {
            return; // the session is over
        }
        lines.forEach(Watch::print);
    }

    private List<String> take() {
        List<String> lines = new ArrayList<>();
        for (Iterator<Failed> each = failures.iterator(); each.hasNext(); ) {
            Failed failed = each.next();
            Throwable failure = failed.future.unretrieved();
            if (failure == null) {
                each.remove();
            } else if (turns > failed.turn + 1) { // its waiters have had their turn
                each.remove();
                lines.add(line(failed.future));
            }
        }
        return lines;
    }

    private static String line(Future<?> future) {
        return Display.escape(future.toString(), LONGEST) + "; nobody has seen it yet: await it (docs/codes.md#unseen)";
    }

    private static void print(String line) {
        System.out.println("[heddle] " + line);
    }
}
