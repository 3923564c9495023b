package heddle.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Draws a timeline for a terminal: time goes down, and each task has a lane. */
final class Lanes {

    private static final int LEFT = 16;
    private static final int NARROWEST_LANE = 9;
    private static final int WIDEST_LANE = 24;
    private static final int PLAIN = 0;
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;
    private static final int BLUE = 34;
    private static final int CYAN = 36;
    private static final int GREY = 90;

    /** What a lane does between two lines. */
    private enum State {
        ABSENT,
        READY,
        RUNNING,
        WAITING
    }

    private final Timeline timeline;
    private final Terminal terminal;
    private final List<Integer> shown = new ArrayList<>();
    private final Map<Integer, State> states = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final int laneWidth;
    private final int others;
    private long turn = -1;

    Lanes(Timeline timeline, Terminal terminal) {
        this.timeline = timeline;
        this.terminal = terminal;
        List<Integer> all = lanesByFirstAppearance();
        int room = (terminal.columns() - LEFT) / NARROWEST_LANE;
        List<Integer> fit = all.size() <= room ? all : all.subList(all.size() - room, all.size());
        shown.addAll(fit);
        others = all.size() - fit.size();
        laneWidth = fit.isEmpty()
                ? WIDEST_LANE
                : Math.max(NARROWEST_LANE, Math.min(WIDEST_LANE, (terminal.columns() - LEFT) / fit.size()));
    }

    /** Those that something happens to, the loop first if it does anything to a task, then in the order of their numbers. */
    private List<Integer> lanesByFirstAppearance() {
        Set<Integer> lanes = new LinkedHashSet<>();
        for (Event each : timeline.events()) {
            if (each.lane() != Event.LOOP) {
                lanes.add(each.lane());
                if (each.from() != each.lane()) {
                    lanes.add(each.from());
                }
            }
        }
        List<Integer> sorted = new ArrayList<>(lanes);
        sorted.sort(null);
        return sorted;
    }

    String draw() {
        if (shown.isEmpty()) {
            return "nothing happened" + System.lineSeparator();
        }
        header();
        setOut();
        List<Event> events = timeline.events();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (event.lane() == Event.LOOP) {
                continue; // the loop's own comings and goings are noise: what it does to tasks shows as arrows
            }
            if (i > 0 && isWokenByCancel(events.get(i - 1), event)) {
                state(event.lane(), State.READY); // one arrow is enough
            } else if (shown.contains(event.lane())) {
                Event next = i + 1 < events.size() ? events.get(i + 1) : null;
                if (event.kind() == Event.Kind.RUNS && next != null && endsStepOf(event, next)) {
                    state(event.lane(), State.RUNNING);
                    draw(next, true);
                    i++;
                    continue;
                }
                draw(event, false);
            }
        }
        if (others > 0) {
            text.append("(and ")
                    .append(others)
                    .append(" more tasks, which need a wider terminal, or save(\"run.html\"))");
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private static boolean isWokenByCancel(Event before, Event event) {
        return event.kind() == Event.Kind.WOKEN
                && before.kind() == Event.Kind.CANCEL
                && before.lane() == event.lane()
                && before.from() == event.from();
    }

    private static boolean endsStepOf(Event runs, Event next) {
        return next.lane() == runs.lane()
                && switch (next.kind()) {
                    case WAITS, YIELDS, ENDS -> true;
                    default -> false;
                };
    }

    private void header() {
        Grid line = new Grid(terminal.columns());
        line.put(0, "turn", 5, ellipsis(), GREY);
        line.put(6, "time", 8, ellipsis(), GREY);
        for (int lane : shown) {
            line.put(column(lane), name(lane), laneWidth - 1, ellipsis(), PLAIN);
        }
        end(line);
    }

    private String name(int lane) {
        return timeline.names().getOrDefault(lane, "?");
    }

    /** The tasks that are there at the beginning: those that aren't created first. */
    private void setOut() {
        Set<Integer> seen = new HashSet<>(Set.of(Event.LOOP));
        for (Event each : timeline.events()) {
            if (seen.add(each.lane())) {
                state(
                        each.lane(),
                        switch (each.kind()) {
                            case CREATED -> State.ABSENT;
                            case RUNS -> State.READY;
                            case WOKEN, CANCEL -> State.WAITING;
                            default -> State.RUNNING;
                        });
            }
        }
    }

    private void draw(Event event, boolean wholeStep) {
        Grid line = new Grid(terminal.columns());
        if (event.turn() != turn) {
            turn = event.turn();
            line.put(0, String.format(Locale.ROOT, "%4d", turn), 5, ellipsis(), GREY);
            line.put(5, String.format(Locale.ROOT, "%9.3fs", event.seconds()), 10, ellipsis(), GREY);
        }
        for (int lane : shown) {
            line.put(column(lane), background(lane), GREY);
        }
        int at = column(event.lane());
        int colour = colour(event.kind());
        switch (event.kind()) {
            case CREATED -> {
                arrow(line, event, colour);
                label(line, at, "new", colour);
                state(event.lane(), State.READY);
            }
            case RUNS -> {
                line.put(at, mark('┏', '+'), colour);
                state(event.lane(), State.RUNNING);
            }
            case WAITS -> {
                line.put(at, wholeStep ? mark('━', '=') : mark('┗', '+'), GREEN);
                label(line, at, event.text(), colour);
                state(event.lane(), State.WAITING);
            }
            case YIELDS -> {
                line.put(at, wholeStep ? mark('━', '=') : mark('┗', '+'), GREEN);
                label(line, at, "yields", colour);
                state(event.lane(), State.READY);
            }
            case WOKEN -> {
                arrow(line, event, colour);
                state(event.lane(), State.READY);
            }
            case CANCEL -> {
                arrow(line, event, colour);
                String what = event.text().isEmpty() ? "cancel" : "cancel: " + event.text();
                int from = column(event.from());
                int room = from > at ? from - at - 2 : terminal.columns() - at - 1;
                line.put(at + 1, " " + what + " ", room, ellipsis(), colour);
            }
            case ENDS -> {
                line.put(at, mark('■', '#'), colour);
                label(line, at, event.text(), colour);
                state(event.lane(), State.ABSENT);
            }
        }
        end(line);
    }

    /** Beside the lane's mark, over the lanes to the right, which do nothing in this line. */
    private void label(Grid line, int at, String label, int colour) {
        if (!label.isEmpty()) {
            line.put(at + 1, " " + label + " ", terminal.columns() - at - 1, ellipsis(), colour);
        }
    }

    /** From who did it to whom it was done; the loop stands left of all lanes. */
    private void arrow(Grid line, Event event, int colour) {
        int to = column(event.lane());
        if (event.from() == event.lane()) {
            line.put(to, mark('▶', '>'), colour);
            return;
        }
        boolean offStage = !shown.contains(event.from());
        int from = offStage ? LEFT - 2 : column(event.from());
        int step = from < to ? 1 : -1;
        for (int i = from + step; i != to; i += step) {
            line.put(i, mark('─', '-'), colour);
        }
        line.put(from, offStage ? mark('○', 'o') : step > 0 ? mark('├', '+') : mark('┤', '+'), colour);
        line.put(to, step > 0 ? mark('▶', '>') : mark('◀', '<'), colour);
    }

    private static int colour(Event.Kind kind) {
        return switch (kind) {
            case CREATED, RUNS -> GREEN;
            case WAITS, YIELDS -> YELLOW;
            case WOKEN -> CYAN;
            case CANCEL -> RED;
            case ENDS -> BLUE;
        };
    }

    private int background(int lane) {
        return switch (states.getOrDefault(lane, State.ABSENT)) {
            case ABSENT -> ' ';
            case READY -> mark('╎', ':');
            case RUNNING -> mark('┃', '#');
            case WAITING -> mark('│', '|');
        };
    }

    private void state(int lane, State state) {
        states.put(lane, state);
    }

    private int column(int lane) {
        return LEFT + shown.indexOf(lane) * laneWidth;
    }

    private int mark(int unicode, int ascii) {
        return terminal.unicode() ? unicode : ascii;
    }

    private String ellipsis() {
        return terminal.unicode() ? "…" : "~";
    }

    private void end(Grid line) {
        text.append(line.line(terminal.colour())).append(System.lineSeparator());
    }
}
