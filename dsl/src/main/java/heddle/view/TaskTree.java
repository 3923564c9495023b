package heddle.view;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Task;
import heddle.api.spi.Display;
import heddle.api.spi.Waits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a loop as a tree: below a task are those it waits for, directly or through a gather, a group, a shield or a
 * lock. Each line says what the task is called, what it does, for how long, and where in its code. It is a picture of one
 * moment. Thread rule: it is made by whoever speaks for the loop, and read by anybody.
 */
public final class TaskTree {

    private final List<String> lines = new ArrayList<>();
    private final IdentityHashMap<Task<?>, List<Task<?>>> awaited = new IdentityHashMap<>();
    private final Set<Task<?>> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    private final @Nullable Recorder recorder;

    private TaskTree(@Nullable Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * The tree of now.
     *
     * @param loop the loop; never null
     * @param recorder what tells for how long they wait; null to leave that out
     * @return the tree
     */
    public static TaskTree of(EventLoop loop, @Nullable Recorder recorder) {
        Objects.requireNonNull(loop, "loop");
        TaskTree tree = new TaskTree(recorder);
        tree.draw(loop.allTasks());
        return tree;
    }

    /**
     * Its lines, from the top.
     *
     * @return the lines; empty if there is no task
     */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }

    private void draw(List<Task<?>> tasks) {
        Set<Task<?>> below = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Task<?> task : tasks) {
            List<Task<?>> others = awaitedBy(task);
            awaited.put(task, others);
            below.addAll(others);
        }
        for (Task<?> task : tasks) {
            if (!below.contains(task)) {
                drawAll(task);
            }
        }
        for (Task<?> task : tasks) { // those that only others of a cycle wait for
            if (!shown.contains(task)) {
                drawAll(task);
            }
        }
    }

    /** The tasks that have to act before this one goes on, in order; not through other tasks. */
    private static List<Task<?>> awaitedBy(Task<?> task) {
        Map<Task<?>, Boolean> found = new LinkedHashMap<>();
        Set<Future<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Future<?>> open = new ArrayDeque<>(Waits.next(task));
        while (!open.isEmpty()) {
            Future<?> next = open.removeFirst();
            if (next instanceof Task<?> other) {
                found.putIfAbsent(other, true);
            } else if (seen.add(next)) {
                open.addAll(Waits.next(next));
            }
        }
        return new ArrayList<>(found.keySet());
    }

    /** A place in the tree that is still to be drawn. */
    private record Place(Task<?> task, String before, String below) {}

    /** With a stack of its own: tasks may wait for each other as deep as they like. */
    private void drawAll(Task<?> root) {
        Deque<Place> open = new ArrayDeque<>();
        open.push(new Place(root, "", ""));
        while (!open.isEmpty()) {
            Place place = open.pop();
            if (!shown.add(place.task)) {
                lines.add(place.before + Display.escape(place.task.name(), 30) + " (above)");
                continue;
            }
            lines.add(place.before + describe(place.task));
            List<Task<?>> others = awaited.getOrDefault(place.task, List.of());
            for (int i = others.size() - 1; i >= 0; i--) {
                boolean last = i == others.size() - 1;
                open.push(new Place(
                        others.get(i), place.below + (last ? "└─ " : "├─ "), place.below + (last ? "   " : "│  ")));
            }
        }
    }

    private String describe(Task<?> task) {
        StringBuilder line = new StringBuilder(task.toString());
        double seconds = recorder == null ? Double.NaN : recorder.secondsSinceLastStep(task);
        if (!Double.isNaN(seconds) && task.waitingOn() != null) {
            line.append(" for ").append(duration(seconds));
        }
        List<StackTraceElement> stack = task.stack();
        if (!stack.isEmpty()) {
            line.append(", at ").append(place(stack.get(0)));
        }
        return line.toString();
    }

    static String duration(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.1fs" : "%.0fs", seconds);
    }

    /** Where that is, in the words of the one who wrote it: a lambda belongs to its method, a snippet's class to nobody. */
    static String place(StackTraceElement frame) {
        String method = frame.getMethodName();
        if (method.startsWith("lambda$")) {
            method = method.substring("lambda$".length(), method.lastIndexOf('$'));
        }
        String type = frame.getClassName();
        if (type.startsWith("REPL.")) {
            return method.startsWith("do_it") ? "a snippet" : method; // its lines are those of a class around it
        }
        String name = type.substring(type.lastIndexOf('.') + 1) + "." + method;
        return frame.getFileName() == null || frame.getLineNumber() <= 0
                ? name
                : name + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }
}
