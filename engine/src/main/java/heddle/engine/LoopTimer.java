package heddle.engine;

import heddle.api.Context;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;

/** A callback that is scheduled for a time. */
final class LoopTimer extends LoopHandle implements TimerHandle {

    /** When it is due, in nanoseconds of the loop's clock; {@link Long#MAX_VALUE} for never. */
    final long deadline;
    /** Its place among the timers of the same deadline; the heap's. */
    long sequence;
    /** Whether the heap holds it; the heap's. */
    boolean queued;

    LoopTimer(AbstractEventLoop loop, long deadline, ThrowingRunnable callback, Context context) {
        super(loop, callback, context);
        this.deadline = deadline;
    }

    boolean before(LoopTimer other) {
        return deadline < other.deadline || (deadline == other.deadline && sequence < other.sequence);
    }

    @Override
    public void cancel() {
        boolean before = cancelled();
        super.cancel();
        if (!before && queued) {
            loop.timers.cancelled();
        }
    }

    @Override
    public double when() {
        return Times.seconds(deadline);
    }

    @Override
    public String toString() {
        return super.toString() + " at " + Times.show(deadline);
    }
}
