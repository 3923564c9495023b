package heddle.tck.model;

import heddle.api.Context;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.spi.Display;

/**
 * A callback with the context that it runs in, perhaps with a time. Those of users are shown to observers; the loop's own
 * (steps of tasks, done-callbacks) are not.
 */
public class ModelHandle implements TimerHandle {

    final ModelTurns loop;
    final ThrowingRunnable callback;
    final Context context;
    final boolean ofUser;

    /** The time in nanoseconds; {@link Long#MAX_VALUE} for never. */
    final long nanos;

    /** The how-manieth timer it is, so that equal times run in the order of scheduling. */
    final long sequence;

    private final double when;
    private volatile boolean cancelled;

    /** A callback without a time. */
    public ModelHandle(ModelTurns loop, ThrowingRunnable callback, Context context, boolean ofUser) {
        this(loop, callback, context, ofUser, Double.NaN, 0, 0);
    }

    /** A callback with a time. */
    ModelHandle(
            ModelTurns loop,
            ThrowingRunnable callback,
            Context context,
            boolean ofUser,
            double when,
            long nanos,
            long sequence) {
        this.loop = loop;
        this.callback = callback;
        this.context = context;
        this.ofUser = ofUser;
        this.when = when;
        this.nanos = nanos;
        this.sequence = sequence;
    }

    /** Whether it has a time. */
    public boolean isTimer() {
        return !Double.isNaN(when);
    }

    /** The time in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** The how-manieth timer it is. */
    public long sequence() {
        return sequence;
    }

    @Override
    public double when() {
        return when;
    }

    @Override
    public void cancel() {
        loop.checkThread("Handle.cancel");
        cancelled = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public String toString() {
        return (cancelled ? "cancelled callback " : "callback ") + Display.of(callback);
    }
}
