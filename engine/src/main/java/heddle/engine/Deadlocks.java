package heddle.engine;

import heddle.api.Task;
import heddle.api.spi.Waits;
import java.util.List;

/** Puts into words who waits for whom when nothing will ever happen again. */
final class Deadlocks {

    private static final int LISTED = 20;

    private Deadlocks() {}

    static String describe(List<Task<?>> tasks) {
        StringBuilder text = new StringBuilder("deadlock: nothing is ready, and no timer, I/O, job or hold will wake ")
                .append(tasks.size())
                .append(tasks.size() == 1 ? " task" : " tasks");
        List<Task<?>> cycle = Waits.cycle(tasks);
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
}
