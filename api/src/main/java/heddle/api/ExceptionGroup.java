package heddle.api;

import java.util.List;
import java.util.Objects;

/**
 * Several exceptions that happened together, as when tasks of a group fail. They are its {@linkplain #getSuppressed()
 * suppressed exceptions} as well, so that a printed stack trace shows them all; what is suppressed later on is none of
 * them.
 */
public final class ExceptionGroup extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What it holds. */
    @SuppressWarnings("serial") // an immutable list, which is serializable
    private final List<Throwable> exceptions;

    /**
     * A new one.
     *
     * @param message what the exceptions have in common
     * @param exceptions the exceptions, at least one, in the order in which they happened; copied
     * @throws IllegalArgumentException if there is none
     */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(Objects.requireNonNull(message, "message") + " (" + exceptions.size()
                + (exceptions.size() == 1 ? " sub-exception)" : " sub-exceptions)"));
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("exceptions is empty: a group holds at least one");
        }
        for (Throwable exception : exceptions) {
            addSuppressed(Objects.requireNonNull(exception, "exceptions holds null"));
        }
        this.exceptions = List.copyOf(exceptions);
    }

    /**
     * The exceptions, in the order in which they happened.
     *
     * @return an immutable list of at least one
     */
    public List<Throwable> exceptions() {
        return exceptions;
    }
}
