package heddle.view;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A loop between two turns.
 *
 * @param seconds the loop's time
 * @param ready what will run in the next turn, in that order
 * @param timers the timers that aren't due, the next one first, each with the time that is left
 */
public record Moment(double seconds, List<String> ready, List<String> timers) {

    /**
     * A moment.
     *
     * @param seconds the loop's time
     * @param ready what will run in the next turn, in that order; copied
     * @param timers the timers that aren't due, the next one first; copied
     */
    public Moment {
        ready = List.copyOf(Objects.requireNonNull(ready, "ready"));
        timers = List.copyOf(Objects.requireNonNull(timers, "timers"));
    }

    /**
     * Its description for a terminal.
     *
     * @return some lines
     */
    public String draw() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "at %.3fs", seconds));
        list(text, "ready", ready, "nothing");
        list(text, "timers", timers, "none");
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines, String none) {
        text.append(System.lineSeparator()).append("  ").append(title).append(": ");
        if (lines.isEmpty()) {
            text.append(none);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                text.append(System.lineSeparator()).append(" ".repeat(title.length() + 4));
            }
            text.append(lines.get(i));
        }
    }

    @Override
    public String toString() {
        return ready.size() + " ready, " + timers.size() + (timers.size() == 1 ? " timer" : " timers");
    }
}
