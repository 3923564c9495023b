package heddle.engine;

import heddle.api.Future;
import heddle.api.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into words who waits for whom when nothing will ever happen again. */
final class Deadlocks {

    private static final int LISTED = 20;

    private Deadlocks() {}

    static String describe(List<Task<?>> tasks) {
        StringBuilder text = new StringBuilder("deadlock: nothing is ready, and no timer, I/O, job or hold will wake ")
                .append(tasks.size())
                .append(tasks.size() == 1 ? " task" : " tasks");
        List<Task<?>> cycle = cycle(tasks);
        if (!cycle.isEmpty()) {
            text.append("; cycle: ");
            for (Task<?> task : cycle) {
                text.append(task.name()).append(" -> ");
            }
            text.append(cycle.get(0).name());
        }
        for (int i = 0; i < Math.min(tasks.size(), LISTED); i++) {
            text.append(System.lineSeparator()).append("  ").append(tasks.get(i));
        }
        if (tasks.size() > LISTED) {
            text.append(System.lineSeparator())
                    .append("  and ")
                    .append(tasks.size() - LISTED)
                    .append(" more");
        }
        return text.append(" (docs/codes.md#deadlock)").toString();
    }

    /** The tasks of one cycle of waiting, in order; empty if there is none. */
    private static List<Task<?>> cycle(List<Task<?>> tasks) {
        for (Task<?> start : tasks) {
            List<Task<?>> path = new ArrayList<>();
            Task<?> at = start;
            while (at != null && !path.contains(at) && path.size() <= LISTED) {
                path.add(at);
                at = awaitedTask(at);
            }
            if (at != null && path.contains(at)) {
                return path.subList(path.indexOf(at), path.size());
            }
        }
        return List.of();
    }

    private static @Nullable Task<?> awaitedTask(Task<?> task) {
        Future<?> awaited = task.waitingOn();
        return awaited instanceof Task<?> other ? other : null;
    }
}
