package heddle.tck.command;

/** Makes text of an engine safe to show: in a terminal, in XML and in HTML. */
public final class Printable {

    private Printable() {}

    /**
     * Spells out every character that a terminal or an XML reader could take amiss, and keeps line ends and tabs.
     *
     * @param text any text; never null
     * @return lines to print
     */
    public static String lines(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\n' || isPlain(c)) {
                safe.appendCodePoint(c);
            } else if (c == '\t') {
                safe.append("    ");
            } else {
                safe.append(String.format(Character.isBmpCodePoint(c) ? "\\u%04x" : "\\u{%x}", c));
            }
        }
        return safe.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * The same on one line.
     *
     * @param text any text; never null
     * @return one line to print
     */
    public static String line(String text) {
        return lines(text).replace("\n", "\\n");
    }

    /**
     * The same, for the text and the attributes of XML and HTML.
     *
     * @param text any text; never null
     * @return text that contains no markup
     */
    public static String markup(String text) {
        return lines(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * At most so much of a text.
     *
     * @param text any text; never null
     * @param longest how many characters, at least 0
     * @return the beginning, and how much was left out
     */
    public static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest) + "\n… and " + (text.length() - longest) + " characters more";
    }
}
