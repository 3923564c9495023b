package heddle.sync;

import heddle.api.Promise;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** A run that waits in a {@link Line}; it is its own link in it. */
abstract class Waiter<T extends @Nullable Object> extends Run<T> {

    /** The line it stands in, and its neighbours; the line's. */
    @Nullable
    Line line;

    @Nullable
    Waiter<?> ahead;

    @Nullable
    Waiter<?> behind;

    /** What its task waits for, since it last joined a line; the line's. */
    @Nullable
    Promise<@Nullable Void> promise;

    /** It was woken, and goes on. */
    abstract Suspension woken() throws Throwable;

    @Override
    final Suspension resume() throws Throwable {
        Promise<@Nullable Void> waited = promise;
        if (waited != null) {
            try {
                waited.result();
            } catch (Throwable e) {
                return interrupted(e);
            }
        }
        return woken();
    }

    final boolean isDone() {
        return promise == null || promise.done();
    }

    final boolean isCancelled() {
        return promise != null && promise.cancelled();
    }

    /** Whether somebody woke it; what it was woken for is its own, or must be passed on. */
    final boolean isWoken() {
        return isDone() && !isCancelled();
    }
}
