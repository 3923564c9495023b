package heddle.jshell;

import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/** How the prompt shows a value: as JShell does, whatever the value's own {@code toString} does. */
final class Values extends DirectExecutionControl {

    /** JShell itself cuts what is longer than a thousand. */
    private static final int LONGEST = 10_000;

    private Values() {}

    static String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String text;
        try {
            text = valueString(value);
        } catch (Exception | StackOverflowError e) {
            text = value.getClass().getSimpleName() + " whose toString throws " + describe(e);
        }
        return printable(text == null ? "null" : text);
    }

    private static String describe(Throwable e) {
        String name = e.getClass().getSimpleName();
        try {
            String message = e.getMessage();
            return message == null ? name : name + ": " + message;
        } catch (RuntimeException | StackOverflowError again) {
            return name;
        }
    }

    /** Without what would command the terminal, and not too long. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
        for (int i = 0; i < text.length(); i++) {
            if (safe.length() >= LONGEST) {
                return safe.append('…').toString();
            }
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    /** Throws anything, declared or not. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException raise(Throwable e) throws X {
        throw (X) e;
    }
}
