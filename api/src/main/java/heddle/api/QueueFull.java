package heddle.api;

import java.util.Objects;

/** An immediate put into a queue that is full. */
public final class QueueFull extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * A new one.
     *
     * @param message what was expected, what came, and what to do
     */
    public QueueFull(String message) {
        super(Objects.requireNonNull(message, "message"));
    }
}
