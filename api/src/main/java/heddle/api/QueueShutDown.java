package heddle.api;

import java.util.Objects;

/** A put into a queue that was shut down, or a get from one that is empty as well. */
public final class QueueShutDown extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * A new one.
     *
     * @param message what was expected, what came, and what to do
     */
    public QueueShutDown(String message) {
        super(Objects.requireNonNull(message, "message"));
    }
}
