package heddle.api.spi;

import heddle.api.Future;
import heddle.api.Task;
import heddle.api.WaitsFor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows who waits for whom. Its methods are for whoever speaks for the loop. */
public final class Waits {

    private Waits() {}

    /**
     * The pending futures that one depends on directly: what a task awaits, and what that stands for.
     *
     * @param future a future; never null
     * @return those futures; empty if it is done, or nobody is known who will complete it
     */
    public static List<Future<?>> next(Future<?> future) {
        if (Objects.requireNonNull(future, "future").done()) {
            return List.of();
        }
        List<Future<?>> pending = new ArrayList<>();
        if (future instanceof Task<?> task) {
            addPending(pending, task.waitingOn());
        } else if (future.what() instanceof WaitsFor known) {
            known.waitsFor().forEach(each -> addPending(pending, each));
        }
        return pending;
    }

    private static void addPending(List<Future<?>> to, @Nullable Future<?> future) {
        if (future != null && !future.done()) {
            to.add(future);
        }
    }

    /**
     * A cycle of waiting that a future is part of or leads into, and that nothing inside it can end.
     *
     * @param from a future; never null
     * @return the tasks of the cycle, in the order of waiting; empty if there is none
     */
    public static List<Task<?>> cycle(Future<?> from) {
        return cycle(List.of(Objects.requireNonNull(from, "from")));
    }

    /**
     * A cycle of waiting that one of several futures is part of or leads into, and that nothing inside it can end.
     *
     * @param from the futures, in the order in which to look; none is null
     * @return the tasks of the first cycle found, in the order of waiting; empty if there is none
     */
    public static List<Task<?>> cycle(List<? extends Future<?>> from) {
        Objects.requireNonNull(from, "from");
        Set<Future<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Task<?>> tasks = new ArrayList<>();
        for (Future<?> start : from) {
            for (Future<?> each : search(start, seen)) {
                if (each instanceof Task<?> task) {
                    tasks.add(task);
                }
            }
            if (!tasks.isEmpty()) {
                break;
            }
        }
        return tasks;
    }

    /** Depth first with a stack of its own: chains of waiting may be as long as there are tasks. */
    private static List<Future<?>> search(Future<?> from, Set<Future<?>> seen) {
        if (!seen.add(from)) {
            return List.of();
        }
        List<Future<?>> path = new ArrayList<>();
        List<List<Future<?>>> open = new ArrayList<>();
        Set<Future<?>> onPath = Collections.newSetFromMap(new IdentityHashMap<>());
        onPath.add(from);
        path.add(from);
        open.add(needed(from));
        while (!path.isEmpty()) {
            List<Future<?>> last = open.get(open.size() - 1);
            if (last.isEmpty()) {
                open.remove(open.size() - 1);
                onPath.remove(path.remove(path.size() - 1));
                continue;
            }
            Future<?> next = last.remove(0);
            if (onPath.contains(next)) {
                return path.subList(indexOf(path, next), path.size());
            }
            if (seen.add(next)) {
                onPath.add(next);
                path.add(next);
                open.add(needed(next));
            }
        }
        return List.of();
    }

    private static List<Future<?>> needed(Future<?> future) {
        boolean all = !(future.what() instanceof WaitsFor known) || known.needsAll();
        return all ? new ArrayList<>(next(future)) : new ArrayList<>();
    }

    private static int indexOf(List<Future<?>> path, Future<?> future) {
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i) == future) {
                return i;
            }
        }
        throw new AssertionError("what is on the path has a place on it");
    }
}
