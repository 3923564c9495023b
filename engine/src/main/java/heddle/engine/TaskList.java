package heddle.engine;

import heddle.api.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that aren't done, in the order of creation; it keeps them alive. The links are fields of the tasks.
 *
 * <p>Written on the loop's thread. {@link #snapshot()} is for any thread: a removed task is its own neighbour, so a reader
 * that stands on one sees that, and begins again.
 */
final class TaskList {

    private static final int TRIES = 100;

    private @Nullable LoopTask<?> oldest;
    private @Nullable LoopTask<?> newest;

    void add(LoopTask<?> task) {
        LoopTask<?> last = newest;
        task.older = last;
        newest = task;
        if (last == null) {
            oldest = task;
        } else {
            last.newer = task;
        }
    }

    void remove(LoopTask<?> task) {
        LoopTask<?> older = task.older;
        LoopTask<?> newer = task.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        task.older = null;
        task.newer = task;
    }

    List<Task<?>> snapshot() {
        List<Task<?>> all = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            all.clear();
            LoopTask<?> task = oldest;
            while (task != null && task.newer != task) {
                if (!task.done()) {
                    all.add(task);
                }
                task = task.newer;
            }
            if (task == null) {
                break;
            }
        }
        return all;
    }
}
