package heddle.view;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Task;
import heddle.api.TimerHandle;
import heddle.api.WaitsFor;
import heddle.api.spi.Deadline;
import heddle.api.spi.Display;
import heddle.api.spi.Inspectable;
import heddle.api.spi.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Says in a sentence what a task waits for, through all that stands between it and what will wake it. */
public final class Why {

    /** Further than that, a sentence explains nothing. */
    private static final int DEEPEST = 12;

    private static final int WIDEST = 3;
    private static final String READY = " is ready: its next step is due";

    private final IdentityHashMap<Future<?>, Deadline> deadlines;
    /** What led to where the sentence is. */
    private final Set<Future<?>> path = Collections.newSetFromMap(new IdentityHashMap<>());

    private Why(IdentityHashMap<Future<?>, Deadline> deadlines) {
        this.deadlines = deadlines;
    }

    /**
     * What a future or task waits for. For whoever speaks for its loop.
     *
     * @param future the future or task; never null
     * @return a sentence; it says "deadlock" only for a cycle of tasks and owned locks that nothing can end
     */
    public static String of(Future<?> future) {
        Objects.requireNonNull(future, "future");
        if (future.done()) {
            return future + ".";
        }
        Future<?> awaited = future instanceof Task<?> task ? task.waitingOn() : future;
        if (awaited == null) {
            return name(future) + (future == future.loop().currentTask() ? " is running." : READY + ".");
        }
        Why why = new Why(deadlines(future.loop()));
        String sentence = why.describe(future) + ".";
        List<Task<?>> cycle = Waits.cycle(future);
        return cycle.isEmpty() || cycle.stream().anyMatch(why.deadlines::containsKey)
                ? sentence
                : sentence + " It is a deadlock: " + circle(cycle) + ".";
    }

    /** The timers that will end a task's wait; none if the loop doesn't show its timers. */
    private static IdentityHashMap<Future<?>, Deadline> deadlines(EventLoop loop) {
        IdentityHashMap<Future<?>, Deadline> found = new IdentityHashMap<>();
        if (loop instanceof Inspectable inspectable) {
            for (TimerHandle timer : inspectable.timers()) {
                if (inspectable.callback(timer) instanceof Deadline deadline) {
                    Task<?> task = deadline.ends();
                    if (task != null) {
                        found.putIfAbsent(task, deadline); // the first in time
                    }
                }
            }
        }
        return found;
    }

    private static String circle(List<Task<?>> cycle) {
        List<String> names = new ArrayList<>();
        cycle.forEach(each -> names.add(name(each)));
        names.add(names.get(0));
        return String.join(" waits for ", names);
    }

    /** What it is, and what that waits for in turn, to the end. */
    private String describe(Future<?> future) {
        if (!path.add(future)) {
            return name(future) + " again";
        }
        try {
            if (path.size() > DEEPEST) {
                return name(future) + ", and so on";
            }
            if (!(future instanceof Task<?> task)) {
                return name(future) + behind(future);
            }
            Future<?> awaited = task.waitingOn();
            if (awaited == null) {
                return name(task) + ", which" + READY;
            }
            Deadline deadline = deadlines.get(task);
            return name(task)
                    + (path.size() == 1 ? " waits for " : ", which waits for ")
                    + describe(awaited)
                    + (deadline == null ? "" : ", until the " + Display.escape(Display.text(deadline), 60));
        } finally {
            path.remove(future);
        }
    }

    /** What will complete a future that is no task. */
    private String behind(Future<?> future) {
        String waker = future.what() instanceof WaitsFor known ? known.wokenBy() : null;
        List<Future<?>> next = Waits.next(future);
        if (next.isEmpty()) {
            return waker == null ? ", and nobody known will wake it" : ", to be woken by " + waker;
        }
        List<String> parts = new ArrayList<>();
        for (Future<?> each : next.subList(0, Math.min(next.size(), WIDEST))) {
            parts.add(describe(each));
        }
        if (next.size() > WIDEST) {
            parts.add(next.size() - WIDEST + " more");
        }
        String others = next.size() == 1 ? " of " + parts.get(0) : " (" + String.join("; ", parts) + ")";
        return others + (waker == null ? "" : ", or to be woken by " + waker);
    }

    private static String name(Future<?> future) {
        if (future instanceof Task<?> task) {
            return Display.escape(task.name(), 30);
        }
        Object what = future.what();
        return what == null ? "a future" : Display.escape(Display.text(what), 60);
    }
}
