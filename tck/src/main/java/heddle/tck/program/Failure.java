package heddle.tck.program;

import heddle.api.CancelledError;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An exception that a program makes.
 *
 * @param type its type, as Python calls it
 * @param message its message; null for none
 */
public record Failure(String type, @Nullable String message) {

    /** What Python calls an exception that is no Exception, and Java an error. */
    static final class Fatal extends Error {
        private static final long serialVersionUID = 1;

        Fatal(@Nullable String message) {
            super(message);
        }
    }

    /** What leaves the loop at once: Python's SystemExit, and Java's errors of the virtual machine. */
    static final class Exit extends VirtualMachineError {
        private static final long serialVersionUID = 1;

        Exit(@Nullable String message) {
            super(message);
        }
    }

    /** A new exception of Java's type for it; {@link Normal#type} is the way back. */
    Throwable make() {
        return switch (type) {
            case "ValueError" -> new IllegalArgumentException(message);
            case "KeyError" -> new NoSuchElementException(message);
            case "RuntimeError" -> new IllegalStateException(message);
            case "TimeoutError" -> new TimeoutException(message);
            case "CancelledError" -> new CancelledError(message);
            case "Fatal" -> new Fatal(message);
            case "SystemExit" -> new Exit(message);
            default -> throw new IllegalArgumentException("no exception of the language: " + type);
        };
    }
}
