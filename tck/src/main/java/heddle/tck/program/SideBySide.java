package heddle.tck.program;

import java.util.List;

/** Two traces next to each other, with the first difference marked, to be read by people. */
public final class SideBySide {

    private static final int BEFORE = 30;
    private static final int AFTER = 8;
    private static final int WIDEST = 90;

    private SideBySide() {}

    /**
     * What differs, in what program.
     *
     * @param recorded the program and its trace
     * @param actual another trace
     * @return some lines
     */
    static String show(Recorded recorded, List<String> actual) {
        return recorded + ": line " + (firstDifference(recorded.trace(), actual) + 1) + " differs\n" + recorded.json()
                + "\n" + of("CPython", recorded.trace(), "Heddle", actual);
    }

    /**
     * The lines around the first difference.
     *
     * @param who who made the first trace
     * @param expected the first trace
     * @param other who made the second
     * @param actual the second trace
     * @return some lines
     */
    public static String of(String who, List<String> expected, String other, List<String> actual) {
        int first = firstDifference(expected, actual);
        int from = Math.max(0, first - BEFORE);
        int to = Math.min(Math.max(expected.size(), actual.size()), first + AFTER);
        int width = who.length();
        for (int i = from; i < to; i++) {
            width = Math.max(width, Math.min(WIDEST, line(expected, i).length()));
        }
        StringBuilder text = new StringBuilder();
        row(text, "  ", who, other, width);
        for (int i = from; i < to; i++) {
            row(text, i == first ? "> " : "  ", line(expected, i), line(actual, i), width);
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String mark, String left, String right, int width) {
        text.append(mark).append(left).append(" ".repeat(Math.max(0, width - left.length())));
        text.append(left.equals(right) ? " | " : " ≠ ").append(right).append('\n');
    }

    private static String line(List<String> lines, int i) {
        return i < lines.size() ? lines.get(i) : "";
    }

    private static int firstDifference(List<String> expected, List<String> actual) {
        int i = 0;
        while (i < expected.size() && i < actual.size() && expected.get(i).equals(actual.get(i))) {
            i++;
        }
        return i;
    }
}
