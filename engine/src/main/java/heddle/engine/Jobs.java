package heddle.engine;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Future;
import heddle.api.Hold;
import heddle.api.spi.Outside;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Work that a loop gives to other threads. What comes back is posted; what comes back to a closed loop is dropped
 * (asyncio-rule 167).
 */
final class Jobs {

    private static final long IDLE_SECONDS = 10;

    private final AbstractEventLoop loop;
    private @Nullable ExecutorService executor;
    private boolean shutDown;

    Jobs(AbstractEventLoop loop) {
        this.loop = loop;
    }

    <T extends @Nullable Object> Future<T> submit(@Nullable Executor chosen, Callable<? extends T> job) {
        if (chosen == null && shutDown) {
            throw new IllegalStateException(
                    "the default executor was shut down: give an executor of your own (docs/codes.md#executor)");
        }
        Executor target = chosen != null ? chosen : defaultExecutor();
        Result<T> result = new Result<>(loop);
        try {
            target.execute(() -> perform(job, result));
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            result.hold.close();
            result.setException(e);
        }
        return result;
    }

    /** On the executor's thread. */
    private <T extends @Nullable Object> void perform(Callable<? extends T> job, Result<T> result) {
        if (result.done()) {
            return; // cancelled before it began
        }
        Runnable completion;
        try {
            T value = Context.empty().run(job::call); // on whichever thread, it has none of the caller's
            completion = () -> result.complete(value);
        } catch (Throwable e) {
            completion = () -> result.completeExceptionally(e);
        }
        // the hold ends after the post, so that the loop is never found with neither
        loop.post(Ready.of(completion));
        result.hold.close();
    }

    void setExecutor(ExecutorService executor) {
        this.executor = executor;
    }

    /** Takes no more jobs for the default executor; the future is done when those taken are. */
    Future<@Nullable Void> shutdown() {
        shutDown = true;
        Result<@Nullable Void> result = new Result<>(loop);
        ExecutorService ending = executor;
        if (ending == null) {
            result.hold.close();
            result.succeed(null);
            return result;
        }
        Thread waiter = new Thread(
                () -> perform(
                        () -> {
                            ending.shutdown();
                            ending.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                            return null;
                        },
                        result),
                "heddle-executor-shutdown");
        waiter.setDaemon(true);
        waiter.start();
        return result;
    }

    /** The loop is closed: takes no more, waits for none. */
    void close() {
        shutDown = true;
        if (executor != null) {
            executor.shutdown();
        }
    }

    private ExecutorService defaultExecutor() {
        ExecutorService own = executor;
        if (own == null) {
            int threads = Math.min(32, Runtime.getRuntime().availableProcessors() + 4); // as Python's
            AtomicInteger number = new AtomicInteger();
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                        Thread thread = new Thread(work, "heddle-executor-" + number.incrementAndGet());
                        thread.setDaemon(true);
                        return thread;
                    });
            pool.allowCoreThreadTimeOut(true);
            own = pool;
            executor = pool;
        }
        return own;
    }

    /** The future of a job. While it is pending the loop is held: the job will wake it. */
    private static final class Result<T extends @Nullable Object> extends LoopPromise<T> {
        private static final Outside JOB = new Outside("job", "another thread");

        private final Hold hold;

        Result(AbstractEventLoop loop) {
            super(loop, JOB);
            hold = loop.hold("a job on an executor");
        }

        @Override
        boolean takeCancel(@Nullable String message, CancelledError.@Nullable Origin origin) {
            hold.close();
            return super.takeCancel(message, origin);
        }

        void complete(T value) {
            if (!done()) {
                setResult(value);
            }
        }

        void completeExceptionally(Throwable e) {
            if (!done()) {
                setException(e);
            }
        }
    }
}
