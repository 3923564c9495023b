package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.ThrowingConsumer;
import heddle.api.WaitsFor;
import heddle.api.spi.Display;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A future between somebody who may be cancelled and a task that must not be; asyncio's shield (asyncio-rules 130 to 133).
 * This object is the done-callback of the inner future.
 */
final class Shield<T extends @Nullable Object> implements ThrowingConsumer<Future<T>> {

    private final Promise<T> outer;

    private Shield(Promise<T> outer) {
        this.outer = outer;
    }

    /** The outer future; of something done, that thing itself. */
    static <R extends @Nullable Object> Future<R> start(@Nullable EventLoop running, Awaitable<? extends R> awaitable) {
        EventLoop loop = Members.loopOf(running, List.of(awaitable));
        Future<R> inner = Members.ensureFuture(loop, awaitable);
        if (inner.done()) {
            return inner;
        }
        Promise<R> outer = loop.createFuture(new WaitsFor() {
            @Override
            public List<? extends Future<?>> waitsFor() {
                return List.of(inner);
            }

            @Override
            public String toString() {
                return "shield of " + Display.text(inner);
            }
        });
        Shield<R> shield = new Shield<>(outer);
        inner.addDoneCallback(shield);
        outer.addDoneCallback(done -> {
            if (!inner.done()) {
                inner.removeDoneCallback(shield);
            }
        });
        return outer;
    }

    /** The inner future is done. */
    @Override
    public void accept(Future<T> inner) throws Exception {
        if (outer.cancelled()) {
            if (!inner.cancelled()) {
                inner.exception(); // it counts as seen
            }
        } else if (inner.cancelled()) {
            outer.cancel(
                    null, new CancelledError.Origin("shield, whose " + Display.of(inner) + " was cancelled", null));
        } else {
            Throwable failure = inner.exception();
            if (failure != null) {
                outer.setException(failure);
            } else {
                outer.setResult(inner.result());
            }
        }
    }
}
