package heddle.tck.program;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as Java code. */
public final class Literals {

    private Literals() {}

    /** A value of a program. */
    static String value(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Long number) {
            return number + "L";
        }
        return String.valueOf(value);
    }

    /** A number of seconds; null is forever. */
    static String seconds(@Nullable Object value) {
        return value == null ? "Double.POSITIVE_INFINITY" : String.valueOf(((Number) value).doubleValue());
    }

    /** Several strings, separated by commas. */
    static String texts(List<String> texts) {
        return texts.stream().map(Literals::text).collect(Collectors.joining(", "));
    }

    /** An exception of a program. */
    static String failure(Failure failure) {
        String message = failure.message() == null ? "" : text(failure.message());
        return switch (failure.type()) {
            case "ValueError" -> "new IllegalArgumentException(" + message + ")";
            case "KeyError" -> "new NoSuchElementException(" + message + ")";
            case "RuntimeError" -> "new IllegalStateException(" + message + ")";
            case "TimeoutError" -> "new TimeoutException(" + message + ")";
            case "CancelledError" -> "new CancelledError(" + message + ")";
            case "Fatal" -> "fatal(" + (message.isEmpty() ? "null" : message) + ")";
            case "SystemExit" -> "exit(" + (message.isEmpty() ? "null" : message) + ")";
            default -> throw new IllegalArgumentException("no exception of the language: " + failure.type());
        };
    }

    /**
     * A string.
     *
     * @param text any
     * @return with its quotes, in ASCII
     */
    public static String text(String text) {
        StringBuilder code = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                code.append('\\').append(c);
            } else if (c >= ' ' && c < 127) {
                code.append(c);
            } else {
                // not as backslash-u below 256: that would be a line end before the string is read
                code.append(String.format(c < 256 ? "\\%03o" : "\\u%04x", (int) c));
            }
        }
        return code.append('"').toString();
    }
}
