package heddle.tck.model;

import heddle.api.Context;
import heddle.api.Hold;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A job on another thread, and the future of what it returns.
 *
 * @param <T> the type of the result
 */
public class ModelJob<T extends @Nullable Object> extends ModelPromise<T> {

    private final Callable<? extends T> job;
    private final AtomicBoolean begunOrCancelled = new AtomicBoolean();
    private final Hold hold;

    /** A job that isn't started yet. */
    protected ModelJob(ModelLoop loop, Callable<? extends T> job) {
        super(loop, "job");
        this.job = job;
        hold = loop.hold("a job");
    }

    /** Hands the job to {@code executor}. */
    protected void start(Executor executor) {
        try {
            executor.execute(this::run);
        } catch (Throwable e) {
            loop.escapeIfFatal(e);
            hold.close();
            fail(e);
        }
    }

    /** The job, on the executor's thread, without the caller's context. */
    protected void run() {
        if (!begin()) {
            return;
        }
        try {
            T result = Context.empty().run(job::call);
            post(() -> finish(result));
        } catch (Throwable e) {
            post(() -> fail(e));
        }
    }

    /** Whether the job may begin: it was neither begun nor cancelled. */
    protected boolean begin() {
        return begunOrCancelled.compareAndSet(false, true);
    }

    /** Completes it on its loop; too late, it does nothing. */
    protected void post(Runnable completion) {
        loop.postQuietly(() -> {
            hold.close();
            if (!done()) {
                completion.run();
            }
        });
    }

    @Override
    public boolean cancel(@Nullable String message) {
        boolean taken = super.cancel(message);
        if (taken && begin()) {
            hold.close();
        }
        return taken;
    }
}
