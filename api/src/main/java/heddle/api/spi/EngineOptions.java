package heddle.api.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a new loop shall be.
 *
 * @param timeSource its clock, which needs {@link Capability#VIRTUAL_TIME}; null for real time
 * @param debug whether it begins in debug mode
 * @param detectDeadlock whether it fails with {@link heddle.api.DeadlockError} rather than wait for ever, when it knows
 *     that nothing will wake it
 */
public record EngineOptions(@Nullable TimeSource timeSource, boolean debug, boolean detectDeadlock) {

    /** Real time, and no extras. */
    public static final EngineOptions DEFAULT = new EngineOptions(null, false, false);

    /**
     * These, with a clock.
     *
     * @param timeSource the clock; never null
     * @return new options
     */
    public EngineOptions withTimeSource(TimeSource timeSource) {
        return new EngineOptions(Objects.requireNonNull(timeSource, "timeSource"), debug, detectDeadlock);
    }

    /**
     * These, on new virtual time, with deadlocks detected.
     *
     * @return new options
     */
    public EngineOptions withVirtualTime() {
        return new EngineOptions(TimeSource.virtual(), debug, true);
    }

    /**
     * These, with debug mode on or off.
     *
     * @param debug whether a loop begins in debug mode
     * @return new options
     */
    public EngineOptions withDebug(boolean debug) {
        return new EngineOptions(timeSource, debug, detectDeadlock);
    }

    /**
     * These, with deadlock detection on or off.
     *
     * @param detectDeadlock whether to look for deadlocks
     * @return new options
     */
    public EngineOptions withDetectDeadlock(boolean detectDeadlock) {
        return new EngineOptions(timeSource, debug, detectDeadlock);
    }
}
