package heddle.api;

import java.util.Objects;

/** An immediate get from a queue that is empty. */
public final class QueueEmpty extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * A new one.
     *
     * @param message what was expected, what came, and what to do
     */
    public QueueEmpty(String message) {
        super(Objects.requireNonNull(message, "message"));
    }
}
