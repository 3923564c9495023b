package heddle.api;

import java.util.Objects;

/**
 * Thrown out of a running loop that can prove that nothing will ever wake it: nothing is ready, no timer, no I/O, no job
 * and no {@link Hold} is pending. Its message names the tasks that wait, and for what.
 */
public final class DeadlockError extends Error {

    private static final long serialVersionUID = 1;

    /**
     * A new one.
     *
     * @param message who waits for what
     */
    public DeadlockError(String message) {
        super(Objects.requireNonNull(message, "message"));
    }
}
