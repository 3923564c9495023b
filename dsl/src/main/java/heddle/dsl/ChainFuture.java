package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.ThrowingConsumer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future that has the verbs of a chain, so that {@code gather(a, b).then(…)} works: the verbs make chains that wait for
 * it. Threads, nulls and errors are those of {@link Future}.
 *
 * @param <T> the type of the result, which may be null
 */
public final class ChainFuture<T extends @Nullable Object> implements Future<T>, Chainable<T> {

    private final Future<T> future;

    private ChainFuture(Future<T> future) {
        this.future = future;
    }

    /** {@code future} with a chain's verbs; itself if it has them. */
    static <R extends @Nullable Object> ChainFuture<R> of(Future<R> future) {
        return future instanceof ChainFuture<R> given ? given : new ChainFuture<>(future);
    }

    /** The engine's own future, for which tasks wait. */
    @SuppressWarnings("unchecked")
    static <R extends @Nullable Object> Future<R> unwrap(Future<R> given) {
        return given instanceof ChainFuture<?> wrapped ? (Future<R>) wrapped.future : given;
    }

    /**
     * The engine's own future that this is a handle of: what tasks {@linkplain heddle.api.Task#waitingOn() wait on}, and
     * what observers and reports speak of.
     *
     * @return never null, and always the same
     */
    public Future<T> future() {
        return future;
    }

    @Override
    public boolean done() {
        return future.done();
    }

    @Override
    public boolean cancelled() {
        return future.cancelled();
    }

    @Override
    public T result() throws Exception {
        return future.result();
    }

    @Override
    public @Nullable Throwable exception() {
        return future.exception();
    }

    @Override
    public @Nullable Throwable unretrieved() {
        return future.unretrieved();
    }

    @Override
    public boolean cancel(@Nullable String message) {
        return future.cancel(message);
    }

    @Override
    public boolean cancel(@Nullable String message, CancelledError.Origin origin) {
        return future.cancel(message, origin);
    }

    @Override
    public @Nullable String cancelMessage() {
        return future.cancelMessage();
    }

    @Override
    public void addDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
        future.addDoneCallback(told(callback));
    }

    @Override
    public void addDoneCallback(ThrowingConsumer<? super Future<T>> callback, Context context) {
        future.addDoneCallback(told(callback), context);
    }

    @Override
    public int removeDoneCallback(ThrowingConsumer<? super Future<T>> callback) {
        return future.removeDoneCallback(told(callback));
    }

    private Told<T> told(ThrowingConsumer<? super Future<T>> callback) {
        return new Told<>(this, Objects.requireNonNull(callback, "callback"));
    }

    /** Gives a callback the future it was added to; equal to another that does the same. */
    private record Told<T extends @Nullable Object>(ChainFuture<T> to, ThrowingConsumer<? super Future<T>> callback)
            implements ThrowingConsumer<Future<T>> {
        @Override
        public void accept(Future<T> done) throws Exception {
            callback.accept(to);
        }
    }

    @Override
    public EventLoop loop() {
        return future.loop();
    }

    @Override
    public Coroutine<T> coroutine() {
        return future.coroutine();
    }

    @Override
    public String toString() {
        return future.toString();
    }
}
