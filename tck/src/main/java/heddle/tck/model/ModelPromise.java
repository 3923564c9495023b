package heddle.tck.model;

import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.spi.Display;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future that others complete.
 *
 * @param <T> the type of the result
 */
public class ModelPromise<T extends @Nullable Object> extends ModelFuture<T> implements Promise<T> {

    private final @Nullable Object what;
    private @Nullable Cancellation cancellation;

    /** One that says in messages what it stands for, unless {@code what} is null. */
    protected ModelPromise(ModelLoop loop, @Nullable Object what) {
        super(loop);
        this.what = what;
    }

    @Override
    public void setResult(T result) {
        loop.checkThread("Promise.setResult");
        checkPending();
        finish(result);
    }

    @Override
    public void setException(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        loop.checkThread("Promise.setException");
        checkPending();
        fail(exception);
    }

    /** Refuses a second completion. */
    protected void checkPending() {
        if (done()) {
            throw new InvalidStateException(this + " is done already");
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        loop.checkThread("Future.cancel");
        retrieved();
        if (done()) {
            return false;
        }
        Cancellation instead = cancellation;
        if (instead != null) {
            return instead.cancel(message);
        }
        cancelNow(message);
        return true;
    }

    @Override
    public void onCancel(Cancellation cancellation) {
        loop.checkThread("Promise.onCancel");
        this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
    }

    @Override
    public String toString() {
        return (what == null ? "Future" : Display.of(what)) + " " + standing();
    }
}
