package heddle.tck.law;

import java.util.List;

/** Two traces beside each other, with the first difference marked. */
final class SideBySide {

    private static final int WIDEST = 70;

    private SideBySide() {}

    static String of(List<String> expected, List<String> came) {
        int width = expected.stream().mapToInt(String::length).max().orElse(0) + 3;
        width = Math.max(12, Math.min(width, WIDEST));
        StringBuilder text =
                new StringBuilder("\n     ").append(pad("expected", width)).append("came");
        boolean marked = false;
        for (int i = 0; i < Math.max(expected.size(), came.size()); i++) {
            String left = i < expected.size() ? expected.get(i) : "(nothing)";
            String right = i < came.size() ? came.get(i) : "(nothing)";
            boolean mark = !marked && !left.equals(right);
            marked |= mark;
            text.append(mark ? "\n  -> " : "\n     ").append(pad(left, width)).append(right);
        }
        return text.toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
