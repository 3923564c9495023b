package heddle.view;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.LoopObserver;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.Display;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches a loop and remembers the last things that happened on it. It holds no task that is done, and no more events than it
 * was made for. Thread rule: for whoever speaks for the loop.
 */
public final class Recorder implements AutoCloseable {

    private static final int LONGEST_TEXT = 40;

    private final EventLoop loop;
    private final int most;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    /** The tasks that aren't done. */
    private final IdentityHashMap<Task<?>, Lane> lanes = new IdentityHashMap<>();
    /** The names of all that the events are about. */
    private final Map<Integer, String> names = new TreeMap<>();
    /** Who waits for what. */
    private final IdentityHashMap<Future<?>, List<Lane>> waiters = new IdentityHashMap<>();

    private final Watch watch = new Watch();
    private int lanesMade;
    private long added;
    private long turn;
    private int current = Event.LOOP;

    /** What is known of a task. */
    private static final class Lane {
        final int number;

        @Nullable
        Future<?> awaits;
        /** The loop's time at the end of its last step. */
        double since;

        Lane(int number, double since) {
            this.number = number;
            this.since = since;
        }
    }

    private Recorder(EventLoop loop, int most) {
        this.loop = loop;
        this.most = most;
        names.put(Event.LOOP, "loop");
    }

    /**
     * Begins to watch a loop.
     *
     * @param loop the loop; never null
     * @param most how many events to remember, at least 1
     * @return the recorder, which watches until it is closed
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public static Recorder watch(EventLoop loop, int most) {
        Objects.requireNonNull(loop, "loop");
        if (most < 1) {
            throw new IllegalArgumentException("a recorder remembers at least 1 event, not " + most);
        }
        Recorder recorder = new Recorder(loop, most);
        loop.addObserver(recorder.watch);
        return recorder;
    }

    /**
     * What happened last.
     *
     * @return a snapshot, never null
     */
    public Timeline timeline() {
        return new Timeline(new ArrayList<>(events), new TreeMap<>(names));
    }

    /**
     * For how long a task has been waiting, or ready.
     *
     * @param task the task; never null
     * @return seconds of the loop's time since its last step ended; NaN if it never made one while this watched
     */
    public double secondsSinceLastStep(Task<?> task) {
        Lane lane = lanes.get(Objects.requireNonNull(task, "task"));
        return lane == null ? Double.NaN : loop.time() - lane.since;
    }

    /** Ends the watching; what is remembered stays. */
    @Override
    public void close() {
        loop.removeObserver(watch);
    }

    @Override
    public String toString() {
        return "Recorder of " + loop + ", " + added + (added == 1 ? " event" : " events");
    }

    // ---- watching

    /** What the loop calls. */
    private final class Watch implements LoopObserver {
        @Override
        public void turnBegins() {
            turn++;
        }

        @Override
        public void taskCreated(Task<?> task) {
            Lane lane = new Lane(++lanesMade, loop.time());
            lanes.put(task, lane);
            names.put(lane.number, Display.escape(task.name(), LONGEST_TEXT));
            add(Event.Kind.CREATED, lane.number, current, "");
        }

        @Override
        public void stepBegins(Task<?> task) {
            Lane lane = laneOf(task);
            stopWaiting(lane);
            names.put(lane.number, Display.escape(task.name(), LONGEST_TEXT));
            current = lane.number;
            add(Event.Kind.RUNS, lane.number, lane.number, "");
        }

        @Override
        public void stepEnds(Task<?> task, @Nullable Suspension suspension) {
            current = Event.LOOP;
            Lane lane = laneOf(task);
            lane.since = loop.time();
            if (suspension == Pause.YIELD) {
                add(Event.Kind.YIELDS, lane.number, lane.number, "");
            } else if (suspension instanceof Future<?> future) {
                add(Event.Kind.WAITS, lane.number, lane.number, what(future));
                if (!future.done()) {
                    lane.awaits = future;
                    waiters.computeIfAbsent(future, f -> new ArrayList<>(1)).add(lane);
                }
            }
        }

        @Override
        public void cancelRequested(Task<?> task, @Nullable String message) {
            add(Event.Kind.CANCEL, laneOf(task).number, current, message == null ? "" : message);
        }

        @Override
        public void callbackBegins(Handle handle) {
            current = Event.LOOP;
            add(Event.Kind.RUNS, Event.LOOP, Event.LOOP, "");
        }

        @Override
        public void callbackEnds(Handle handle) {
            add(Event.Kind.ENDS, Event.LOOP, Event.LOOP, "");
        }

        @Override
        public void done(Future<?> future) {
            int by = current;
            if (future instanceof Task<?> task) {
                Lane lane = laneOf(task);
                by = lane.number;
                stopWaiting(lane);
                add(Event.Kind.ENDS, by, by, outcome(task));
                lanes.remove(task);
            }
            List<Lane> woken = waiters.remove(future);
            if (woken != null) {
                for (Lane each : woken) {
                    each.awaits = null;
                    add(Event.Kind.WOKEN, each.number, by, what(future));
                }
            }
        }
    }

    private Lane laneOf(Task<?> task) {
        Lane lane = lanes.get(task);
        if (lane == null) { // it was there before this began to watch
            lane = new Lane(++lanesMade, loop.time());
            if (!task.done()) {
                lanes.put(task, lane);
            }
            names.put(lane.number, Display.escape(task.name(), LONGEST_TEXT));
        }
        return lane;
    }

    private void stopWaiting(Lane lane) {
        Future<?> awaited = lane.awaits;
        if (awaited != null) {
            lane.awaits = null;
            List<Lane> others = waiters.get(awaited);
            if (others != null && others.remove(lane) && others.isEmpty()) {
                waiters.remove(awaited);
            }
        }
    }

    private void add(Event.Kind kind, int lane, int from, String text) {
        if (events.size() == most) {
            events.removeFirst();
        }
        events.add(new Event(turn, loop.time(), kind, lane, from, Display.escape(text, LONGEST_TEXT)));
        if (++added % most == 0) {
            forgetNames();
        }
    }

    /** Drops the names that no event and no task has any more. */
    private void forgetNames() {
        Set<Integer> used = new HashSet<>();
        used.add(Event.LOOP);
        lanes.values().forEach(lane -> used.add(lane.number));
        for (Event each : events) {
            used.add(each.lane());
            used.add(each.from());
        }
        names.keySet().retainAll(used);
    }

    private static String what(Future<?> future) {
        if (future instanceof Task<?> task) {
            return task.name();
        }
        Object what = future.what();
        return what == null ? "Future" : Display.text(what);
    }

    /** How it ended, in the words of the task itself: to ask for its exception would count as seeing it. */
    private static String outcome(Task<?> task) {
        String text = task.toString();
        for (String word : List.of(" done: ", " failed: ", " cancelled")) {
            int at = text.indexOf(word, Math.min(task.name().length(), text.length()));
            if (at >= 0) {
                return text.substring(at + 1);
            }
        }
        return "done";
    }
}
