package heddle.tck.model;

import heddle.api.Future;
import heddle.api.Hold;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the model has to do with other threads: jobs, and holds of those who will call. */
public abstract class ModelJobs extends ModelTurns {

    private final Set<Hold> holds = ConcurrentHashMap.newKeySet();
    private @Nullable ExecutorService defaultExecutor;
    private boolean executorShutDown;

    ModelJobs(EngineOptions options) {
        super(options);
    }

    @Override
    public Hold hold(String why) {
        Objects.requireNonNull(why, "why");
        Hold hold = new Hold() {
            @Override
            public String why() {
                return why;
            }

            @Override
            public void close() {
                if (holds.remove(this)) {
                    clock.unpark(); // what it waits for has changed
                }
            }
        };
        holds.add(hold);
        return hold;
    }

    @Override
    protected boolean isHeld() {
        return !holds.isEmpty();
    }

    @Override
    protected String whoWaits() {
        List<Task<?>> waiting = allTasks();
        return waiting.isEmpty()
                ? "nothing will ever wake this loop"
                : waiting.stream()
                        .map(task -> task.name() + " waits for " + task.waitingOn())
                        .collect(Collectors.joining(", ", "nothing will ever wake this loop: ", ""));
    }

    @Override
    public <T extends @Nullable Object> Future<T> runInExecutor(
            @Nullable Executor executor, Callable<? extends T> job) {
        Objects.requireNonNull(job, "job");
        checkThread("EventLoop.runInExecutor");
        checkOpen();
        ModelJob<T> started = newJob(job);
        started.start(executor == null ? defaultExecutor() : executor);
        return started;
    }

    /** The jobs of this loop. */
    protected <T extends @Nullable Object> ModelJob<T> newJob(Callable<? extends T> job) {
        return new ModelJob<>((ModelLoop) this, job);
    }

    /** The default executor: made when it is first used. */
    protected ExecutorService defaultExecutor() {
        ExecutorService executor = defaultExecutor;
        if (executor == null) {
            executor = Executors.newCachedThreadPool(ModelJobs::daemon);
            defaultExecutor = executor;
            if (executorShutDown) {
                executor.shutdown();
            }
        }
        return executor;
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "model-job");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void setDefaultExecutor(ExecutorService executor) {
        Objects.requireNonNull(executor, "executor");
        checkThread("EventLoop.setDefaultExecutor");
        defaultExecutor = executor;
    }

    @Override
    public Future<@Nullable Void> shutdownDefaultExecutor() {
        checkThread("EventLoop.shutdownDefaultExecutor");
        checkOpen();
        executorShutDown = true;
        Promise<@Nullable Void> over = createFuture("shutdown of the executor");
        ExecutorService executor = defaultExecutor;
        if (executor == null) {
            succeed(over); // no job was ever taken
            return over;
        }
        executor.shutdown();
        Hold hold = hold("shutdown of the executor");
        daemon(() -> {
                    awaitEnd(executor);
                    postQuietly(() -> {
                        hold.close();
                        succeed(over);
                    });
                })
                .start();
        return over;
    }

    @SuppressWarnings("NullAway") // its type says Void, whose only value is null
    private static void succeed(Promise<@Nullable Void> promise) {
        if (!promise.done()) {
            promise.setResult(null);
        }
    }

    private static void awaitEnd(ExecutorService executor) {
        try {
            while (!executor.awaitTermination(1, TimeUnit.HOURS)) {
                // jobs may take as long as they like
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the default executor's threads go, without waiting for them. */
    protected void closeExecutor() {
        ExecutorService executor = defaultExecutor;
        defaultExecutor = null;
        if (executor != null) {
            executor.shutdown();
        }
    }

    /** Runs a callback of the loop's own on its thread, from any thread; a closed loop drops it. */
    protected abstract void postQuietly(ThrowingRunnable callback);
}
