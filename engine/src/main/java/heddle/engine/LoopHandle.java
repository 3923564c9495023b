package heddle.engine;

import heddle.api.Context;
import heddle.api.ErrorReport;
import heddle.api.Handle;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.Display;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled callback, which is what the ready ring holds of it. It has three references and nothing else, for there may be
 * millions of them.
 */
class LoopHandle extends Ready implements Handle {

    private static final VarHandle CALLBACK;

    /** Takes the place of a callback that was cancelled: what that holds may be large, and a timer stays queued for a while. */
    private static final ThrowingRunnable CANCELLED = new Nothing();

    static {
        try {
            CALLBACK = MethodHandles.lookup().findVarHandle(LoopHandle.class, "callback", ThrowingRunnable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final AbstractEventLoop loop;
    private final Context context;
    /** Null once it ran. Written by whoever speaks for the loop; any thread may ask whether it is cancelled. */
    private @Nullable ThrowingRunnable callback;

    LoopHandle(AbstractEventLoop loop, ThrowingRunnable callback, Context context) {
        this.loop = loop;
        this.callback = callback;
        this.context = context;
    }

    @Override
    public void cancel() {
        loop.checkThread("cancel");
        CALLBACK.setRelease(this, CANCELLED);
    }

    @Override
    public final boolean cancelled() {
        return (ThrowingRunnable) CALLBACK.getAcquire(this) == CANCELLED;
    }

    @Override
    final void run() {
        ThrowingRunnable work = callback;
        if (work == null || work == CANCELLED) {
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

    /** What it will call; null once it ran or was cancelled. */
    final @Nullable ThrowingRunnable callback() {
        ThrowingRunnable work = callback;
        return work == CANCELLED ? null : work;
    }

    @Override
    public String toString() {
        ThrowingRunnable work = callback;
        return "Handle " + (work == CANCELLED ? "cancelled" : work == null ? "done" : Display.of(work));
    }

    private static final class Nothing implements ThrowingRunnable {
        @Override
        public void run() {}
    }
}
