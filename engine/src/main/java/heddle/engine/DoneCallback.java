package heddle.engine;

import heddle.api.Context;
import heddle.api.ErrorReport;
import heddle.api.Future;
import heddle.api.ThrowingConsumer;
import heddle.api.spi.Display;
import org.jspecify.annotations.Nullable;

/** A callback that waits for a future, then for its turn. */
final class DoneCallback<T extends @Nullable Object> extends Ready {

    private final LoopFuture<T> future;
    final ThrowingConsumer<? super Future<T>> callback;
    private final Context context;

    DoneCallback(LoopFuture<T> future, ThrowingConsumer<? super Future<T>> callback, Context context) {
        this.future = future;
        this.callback = callback;
        this.context = context;
    }

    @Override
    void run() {
        future.loop.binding.swapContext(context);
        call(future, callback);
    }

    /** Calls {@code callback}, and reports what it throws. */
    static <T extends @Nullable Object> void call(LoopFuture<T> future, ThrowingConsumer<? super Future<T>> callback) {
        try {
            callback.accept(future);
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            future.loop.callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.CALLBACK,
                    "Exception in done-callback " + Display.of(callback) + " of " + future.label(),
                    e,
                    future,
                    null));
        }
    }
}
