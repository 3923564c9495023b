package heddle.sync;

import heddle.api.spi.Display;

/** What the objects print themselves as: one line of at most 70 characters. */
final class Text {

    private static final int LONGEST = 69; // and an ellipsis

    private Text() {}

    /** {@code text}, and how many of what, if there are any. */
    static String of(String text, long count, String what) {
        return cut(with(text, count, what));
    }

    static String with(String text, long count, String what) {
        return count == 0 ? text : text + ", " + count + " " + what;
    }

    static String cut(String text) {
        return Display.escape(text, LONGEST);
    }
}
