package heddle.engine;

import heddle.api.CancelledError;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a cancelled future: what its readers are thrown. Each is thrown an error of its own with the message given
 * to cancel (asyncio-rule 44); only the first reader of a task gets the error that left its code, and later ones an error
 * without a message (asyncio-rule 45).
 */
final class Cancelled {

    private final @Nullable String message;
    private final CancelledError.@Nullable Origin origin;
    private @Nullable CancelledError raised;

    /** That of a future which was cancelled. */
    Cancelled(@Nullable String message, CancelledError.@Nullable Origin origin) {
        this.message = message;
        this.origin = origin;
    }

    /** That of a task whose code let {@code raised} out. */
    Cancelled(CancelledError raised) {
        this(null, raised.origin());
        this.raised = raised;
    }

    CancelledError error() {
        CancelledError first = raised;
        if (first != null) {
            raised = null;
            return first;
        }
        return new CancelledError(message, origin);
    }

    CancelledError.@Nullable Origin origin() {
        return origin;
    }

    /** The message that was given to cancel; of an error that a task's code let out, none. */
    @Nullable
    String given() {
        return message;
    }

    /** For show: the message that was given, whoever has read it. */
    @Nullable
    String message() {
        CancelledError first = raised;
        return first != null ? first.getMessage() : message;
    }
}
