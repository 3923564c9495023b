package heddle.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * Puts values of users into messages and into {@code toString}: on one line, short, without control characters, and whatever
 * their own {@code toString} does. Safe from any thread.
 */
public final class Display {

    private static final int LONGEST = 40;

    private Display() {}

    /**
     * Shows a value: a string in quotes, anything else as it prints itself, cut after 40 characters.
     *
     * @param value the value; may be null
     * @return one short line, never null
     */
    public static String of(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return '"' + escape(text.toString(), LONGEST) + '"';
        }
        return escape(text(value), LONGEST);
    }

    /**
     * Makes text safe to print: control characters and line ends are spelled out, and it is cut at a length.
     *
     * @param text the text; never null
     * @param longest how many characters may remain, at least 1
     * @return one line of at most {@code longest} characters, or {@code longest} and an ellipsis
     */
    public static String escape(String text, int longest) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), longest) + 1);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (line.length() >= longest) {
                return line.append('…').toString();
            }
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isSafe(c)) {
                        line.appendCodePoint(c);
                    } else {
                        line.append(String.format("\\u%04x", c));
                    }
                }
            }
        }
        return line.toString();
    }

    /** Whether a terminal shows it in its place, in this line: no control character, no half of one, no new line. */
    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * What a value prints itself as, uncut and as it is; what its class is if it can't.
     *
     * @param value the value; may be null
     * @return never null
     */
    public static String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value.getClass().isHidden()) { // a lambda, whose own name is noise
            String name = value.getClass().getName();
            int end = name.indexOf("$$");
            return "lambda of " + name.substring(name.lastIndexOf('.', end) + 1, end < 0 ? name.length() : end);
        }
        try {
            return String.valueOf(value.toString());
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return value.getClass().getSimpleName() + " whose toString throws "
                    + e.getClass().getSimpleName();
        }
    }
}
