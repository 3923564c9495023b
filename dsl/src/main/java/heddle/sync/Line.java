package heddle.sync;

import heddle.api.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for one thing, in the order in which they came. Some of them may be done already, woken or cancelled, and
 * not have left yet: they leave in their own step.
 */
final class Line {

    private final Home home;
    private @Nullable Waiter<?> first;
    private @Nullable Waiter<?> last;
    /** All before it are done. Whoever is woken is the first that isn't, so it need never go back. */
    private @Nullable Waiter<?> pending;

    private int size;

    Line(Home home) {
        this.home = home;
    }

    int size() {
        return size;
    }

    /**
     * Puts {@code waiter} at the end.
     *
     * @param what what it waits for: its toString is for messages
     * @return what its task shall wait for: it is done when the waiter is woken
     */
    Promise<@Nullable Void> join(Waiter<?> waiter, Object what) {
        Promise<@Nullable Void> promise = home.enter().createFuture(what);
        waiter.promise = promise;
        waiter.line = this;
        waiter.ahead = last;
        if (last == null) {
            first = waiter;
        } else {
            last.behind = waiter;
        }
        last = waiter;
        if (pending == null) {
            pending = waiter;
        }
        size++;
        return promise;
    }

    /** Takes {@code waiter} out, wherever it stands; nothing happens if it isn't in this line any more. */
    void leave(Waiter<?> waiter) {
        if (waiter.line != this) {
            return;
        }
        Waiter<?> ahead = waiter.ahead;
        Waiter<?> behind = waiter.behind;
        if (ahead == null) {
            first = behind;
        } else {
            ahead.behind = behind;
        }
        if (behind == null) {
            last = ahead;
        } else {
            behind.ahead = ahead;
        }
        if (pending == waiter) {
            pending = behind;
        }
        waiter.line = null;
        waiter.ahead = null;
        waiter.behind = null;
        size--;
    }

    /** Whether all who are still here were cancelled. */
    boolean allCancelled() {
        for (Waiter<?> each = first; each != null; each = each.behind) {
            if (!each.isCancelled()) {
                return false;
            }
        }
        return true;
    }

    /** Wakes the very first, unless it is done already. */
    void wakeFirst() {
        if (first != null && !first.isDone()) {
            wake(first);
        }
    }

    /** Wakes the first that isn't done; false if there is none. */
    boolean wakeNext() {
        Waiter<?> next = pending;
        while (next != null && next.isDone()) {
            next = next.behind;
        }
        pending = next;
        return next != null && wake(next);
    }

    /** As {@link #wakeNext()}, and takes it out of the line, as well as those before it, who are cancelled. */
    boolean wakeNextOut() {
        while (first != null) {
            Waiter<?> next = first;
            leave(next);
            if (!next.isDone()) {
                return wake(next);
            }
        }
        return false;
    }

    private boolean wake(Waiter<?> waiter) {
        Promise<@Nullable Void> promise = waiter.promise;
        if (promise == null || home.isClosed()) {
            return false;
        }
        promise.setResult(null);
        return true;
    }
}
