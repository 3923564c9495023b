package heddle.api;

import java.util.Objects;

/** An operation that the state of a future, task, group or timeout doesn't allow; asyncio's InvalidStateError. */
public final class InvalidStateException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * A new one.
     *
     * @param message what was expected, what came, and what to do
     */
    public InvalidStateException(String message) {
        super(Objects.requireNonNull(message, "message"));
    }
}
