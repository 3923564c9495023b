package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.ExceptionGroup;
import heddle.api.Future;
import heddle.api.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks of a group that haven't ended, in the order in which they were made, and what went wrong in the group. */
final class Children {

    private final Set<Future<?>> running = new LinkedHashSet<>();
    private final List<Throwable> failures = new ArrayList<>();
    /** A failure of the JVM; it goes on alone. */
    private @Nullable Throwable fatal;
    /** What the group's exit waits for: the end of the last task. */
    private @Nullable Promise<@Nullable Void> last;

    void add(Future<?> task) {
        running.add(task);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    List<Future<?>> left() {
        return List.copyOf(running);
    }

    int size() {
        return running.size();
    }

    int failures() {
        return failures.size();
    }

    /** Takes note of a task's end; answers its failure if it has one, and a cancellation is none. */
    @Nullable
    Throwable ended(Future<?> task) {
        running.remove(task);
        if (last != null && running.isEmpty() && !last.done()) {
            last.setResult(null);
        }
        Throwable failure = task.cancelled() ? null : task.exception();
        if (failure != null) {
            failures.add(failure);
            noteFatal(failure);
        }
        return failure;
    }

    /** The group's own code failed, after all tasks that have failed. */
    void codeFailed(Throwable failure) {
        failures.add(failure);
    }

    void noteFatal(Throwable failure) {
        if (fatal == null && Throwables.isFatal(failure)) {
            fatal = failure;
        }
    }

    void throwIfFatal() throws Throwable {
        if (fatal != null) {
            throw fatal;
        }
    }

    ExceptionGroup asGroup() {
        return new ExceptionGroup("unhandled errors in a TaskGroup", failures);
    }

    /**
     * Cancels those that are left.
     *
     * @param origin who asked for it; null for the caller
     */
    void cancel(CancelledError.@Nullable Origin origin) {
        for (Future<?> task : left()) {
            if (!task.done()) {
                Throwables.cancel(task, origin);
            }
        }
    }

    /** Something to wait for until the last of them has ended. */
    Promise<@Nullable Void> awaitLast(EventLoop loop, Object group) {
        Promise<@Nullable Void> pending = loop.createFuture(group);
        last = pending;
        return pending;
    }

    void stopWaiting() {
        last = null;
    }
}
