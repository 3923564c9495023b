package heddle.dsl;

import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.spi.Display;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Java's future of something that a loop does; waiting for it there would wait for ever, and is refused. */
final class LoopCompletable<T extends @Nullable Object> extends CompletableFuture<T> {

    private final EventLoop loop;
    /** Whether it was made by one of CompletableFuture's own methods, whose other half may be anything. */
    private final boolean derived;

    LoopCompletable(EventLoop loop) {
        this(loop, false);
    }

    private LoopCompletable(EventLoop loop, boolean derived) {
        this.loop = loop;
        this.derived = derived;
    }

    /** Whether {@code other} is the one that completes it. */
    boolean isDueFrom(EventLoop other) {
        return loop == other && !derived;
    }

    private void checkMayWait() {
        if (!isDone() && LoopBinding.current() == loop) {
            throw new IllegalStateException("waiting here for what this event loop is to do would stop it for ever:"
                    + " await fromCompletionStage(…) of it, or the coroutine itself (docs/codes.md#waits-for-itself)");
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        checkMayWait();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkMayWait();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        checkMayWait();
        return super.join();
    }

    /** What depends on it waits for the loop as well. */
    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new LoopCompletable<>(loop, true);
    }

    @Override
    public String toString() {
        if (!isDone()) {
            return "CompletableFuture pending";
        }
        if (isCancelled()) {
            return "CompletableFuture cancelled";
        }
        try {
            return "CompletableFuture done: " + Display.of(super.join());
        } catch (CompletionException e) {
            return "CompletableFuture failed: " + Display.of(e.getCause() == null ? e : e.getCause());
        }
    }
}
