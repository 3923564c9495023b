package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A future that isn't of the engine's making, in front of one that is: a task waits for any, as in asyncio.
 *
 * @param inner the engine's
 */
public record OtherMake(Future<@Nullable Object> inner) implements Future<@Nullable Object> {

    /** The engine's future, or another in front of it. */
    public static Future<@Nullable Object> drawn(Choices c, Future<@Nullable Object> future) {
        return c.flag("of another make") ? new OtherMake(future) : future;
    }

    @Override
    public boolean done() {
        return inner.done();
    }

    @Override
    public boolean cancelled() {
        return inner.cancelled();
    }

    @Override
    public @Nullable Object result() throws Exception {
        return inner.result();
    }

    @Override
    public @Nullable Throwable exception() {
        return inner.exception();
    }

    @Override
    public boolean cancel(@Nullable String message) {
        return inner.cancel(message);
    }

    @Override
    public boolean cancel(@Nullable String message, CancelledError.Origin origin) {
        return inner.cancel(message, origin);
    }

    @Override
    public void addDoneCallback(ThrowingConsumer<? super Future<@Nullable Object>> callback) {
        inner.addDoneCallback(done -> callback.accept(this));
    }

    @Override
    public void addDoneCallback(ThrowingConsumer<? super Future<@Nullable Object>> callback, Context context) {
        inner.addDoneCallback(done -> callback.accept(this), context);
    }

    @Override
    public int removeDoneCallback(ThrowingConsumer<? super Future<@Nullable Object>> callback) {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public EventLoop loop() {
        return inner.loop();
    }

    @Override
    public Coroutine<@Nullable Object> coroutine() {
        return Body.of(() -> this).coroutine();
    }
}
