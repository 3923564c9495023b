package heddle.api;

import heddle.api.spi.Display;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong with nobody to throw it at: what a loop hands to its {@link ExceptionHandler}.
 *
 * @param kind what sort of failure it is
 * @param message one line that says what happened, to whom
 * @param exception what was thrown; null if nothing was
 * @param future the future or task concerned; null if there is none, or it is gone
 * @param handle the callback concerned; null if there is none
 */
public record ErrorReport(
        Kind kind,
        String message,
        @Nullable Throwable exception,
        @Nullable Future<?> future,
        @Nullable Handle handle) {

    /**
     * Checks what must not be null.
     *
     * @param kind what sort of failure it is
     * @param message one line that says what happened, to whom
     * @param exception what was thrown; null if nothing was
     * @param future the future or task concerned; null if there is none, or it is gone
     * @param handle the callback concerned; null if there is none
     * @throws NullPointerException if {@code kind} or {@code message} is null
     */
    public ErrorReport {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        String thrown = exception == null ? "" : " (" + exception.getClass().getSimpleName() + ")";
        return "ErrorReport " + kind + ": " + Display.escape(message, 100) + thrown;
    }

    /** The sorts of failures that a loop reports. */
    public enum Kind {
        /** A callback threw (asyncio-rule 7). */
        CALLBACK,
        /** A future failed, and nobody can retrieve its exception any more (asyncio-rule 177). */
        LOST,
        /** A task that was cancelled at shutdown failed instead (asyncio-rule 169). */
        SHUTDOWN,
        /** A task was still pending when its loop was closed. */
        PENDING,
        /** An observer threw. */
        OBSERVER,
        /** The exception handler threw (asyncio-rule 178). */
        HANDLER,
        /** The loop's thread was interrupted while there was nothing to cancel. */
        INTERRUPT,
        /** A listener can't accept connections; it tries again every second. */
        ACCEPT,
        /** A step or callback held the loop for long (debug mode). */
        SLOW
    }
}
