package heddle.engine;

import heddle.api.CancelledError;
import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.spi.Display;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A future that is completed by hand. */
class LoopPromise<T extends @Nullable Object> extends LoopFuture<T> implements Promise<T> {

    private final @Nullable Object what;
    private @Nullable Cancellation cancellation;

    LoopPromise(AbstractEventLoop loop, @Nullable Object what) {
        super(loop);
        this.what = what;
    }

    @Override
    public final void setResult(T result) {
        checkPending("setResult");
        succeed(result);
    }

    @Override
    public final void setException(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        checkPending("setException");
        fail(exception);
    }

    private void checkPending(String method) {
        loop.checkThread(method);
        if (done()) {
            throw new InvalidStateException(method + " on a future that is done already: " + this
                    + "; it is completed once, so ask done() first");
        }
    }

    @Override
    public final void onCancel(Cancellation cancellation) {
        Objects.requireNonNull(cancellation, "cancellation");
        loop.checkThread("onCancel");
        this.cancellation = cancellation;
    }

    @Override
    boolean takeCancel(@Nullable String message, CancelledError.@Nullable Origin origin) {
        if (cancellation != null) {
            return passOn(cancellation, message, origin);
        }
        becomeCancelled(new Cancelled(message, origin));
        return true;
    }

    /** What the cancellation cancels in its turn, has the same origin. */
    private boolean passOn(
            Cancellation cancellation, @Nullable String message, CancelledError.@Nullable Origin origin) {
        CancelledError.Origin before = loop.passingOn;
        loop.passingOn = origin;
        try {
            return cancellation.cancel(message);
        } finally {
            loop.passingOn = before;
        }
    }

    @Override
    public final @Nullable Object what() {
        return what;
    }

    @Override
    final String label() {
        return what == null ? "Future" : Display.escape(Display.text(what), 30);
    }

    @Override
    public final String toString() {
        return label() + " " + showOutcome();
    }
}
