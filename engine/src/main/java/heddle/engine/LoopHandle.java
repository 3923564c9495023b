package heddle.engine;

import heddle.api.Context;
import heddle.api.ErrorReport;
import heddle.api.Handle;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.Display;
import org.jspecify.annotations.Nullable;

/** A scheduled callback, which is what the ready ring holds of it. */
class LoopHandle implements Handle, Runnable {

    final AbstractEventLoop loop;
    private final Context context;
    private @Nullable ThrowingRunnable callback;
    private volatile boolean cancelled;

    LoopHandle(AbstractEventLoop loop, ThrowingRunnable callback, Context context) {
        this.loop = loop;
        this.callback = callback;
        this.context = context;
    }

    @Override
    public void cancel() {
        loop.checkThread("cancel");
        cancelled = true;
        callback = null; // what it holds may be large, and a cancelled timer stays queued for a while
    }

    @Override
    public final boolean cancelled() {
        return cancelled;
    }

    @Override
    public final void run() {
        ThrowingRunnable work = callback;
        if (work == null) {
            return;
        }
        callback = null;
        Observers observers = loop.observers;
        if (observers != null) {
            observers.callbackBegins(this);
        }
        loop.binding.swapContext(context);
        try {
            work.run();
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            loop.callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.CALLBACK, "Exception in callback " + Display.of(work), e, null, this));
        }
        if (observers != null) {
            observers.callbackEnds(this);
        }
    }

    @Override
    public String toString() {
        ThrowingRunnable work = callback;
        return "Handle " + (cancelled ? "cancelled" : work == null ? "done" : Display.of(work));
    }
}
