package heddle.tck.model;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A failure that nobody looked at yet. It knows its future weakly, so that it can outlive it: when the future is gone, or
 * its loop closed, the failure is reported, unless somebody looked at it before.
 */
public final class LostFailure {

    final Throwable exception;
    final String owner;
    final WeakReference<ModelFuture<?>> future;
    private final AtomicBoolean settled = new AtomicBoolean();

    LostFailure(Throwable exception, String owner, ModelFuture<?> future) {
        this.exception = exception;
        this.owner = owner;
        this.future = new WeakReference<>(future);
    }

    /** Somebody looked at it. */
    void retrieve() {
        settled.set(true);
    }

    /** Whether the caller is the one to report it. */
    boolean claim() {
        return settled.compareAndSet(false, true);
    }

    boolean isSettled() {
        return settled.get();
    }
}
