package heddle.api;

import java.util.Objects;

/** A wait at a barrier that was aborted, or reset while tasks waited. */
public final class BrokenBarrier extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * A new one.
     *
     * @param message what was expected, what came, and what to do
     */
    public BrokenBarrier(String message) {
        super(Objects.requireNonNull(message, "message"));
    }
}
