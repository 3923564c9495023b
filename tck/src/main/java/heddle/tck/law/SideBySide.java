package heddle.tck.law;

import java.util.List;

/** Two traces beside each other, with the first difference marked. */
final class SideBySide {

    private static final int WIDTH = 38;

    private SideBySide() {}

    static String of(List<String> expected, List<String> came) {
        StringBuilder text =
                new StringBuilder("\n     ").append(pad("expected")).append("came");
        boolean marked = false;
        for (int i = 0; i < Math.max(expected.size(), came.size()); i++) {
            String left = i < expected.size() ? expected.get(i) : "(nothing)";
            String right = i < came.size() ? came.get(i) : "(nothing)";
            boolean mark = !marked && !left.equals(right);
            marked |= mark;
            text.append(mark ? "\n  -> " : "\n     ").append(pad(left)).append(right);
        }
        return text.toString();
    }

    private static String pad(String text) {
        return text + " ".repeat(Math.max(1, WIDTH - text.length()));
    }
}
