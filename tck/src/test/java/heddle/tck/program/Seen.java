package heddle.tck.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What can be seen in a recorded program, to tell whether it exercises a rule.
 */
final class Seen {

    /** One line of a trace. */
    record Line(String time, int turn, String task, String event) {
        static Line of(String text) {
            String[] parts = text.split(" ", 4);
            return new Line(parts[0], parts[1].equals("-") ? -1 : Integer.parseInt(parts[1]), parts[2], parts[3]);
        }

        boolean isOfATask() {
            return !task.equals("-");
        }
    }

    private static final Map<String, Order> ORDERS = new ConcurrentHashMap<>();
    private static final Map<String, Pattern> EVENTS = new ConcurrentHashMap<>();

    private final Program program;
    private final List<String> text;
    private final List<Line> lines = new ArrayList<>();

    Seen(Recorded recorded) {
        program = recorded.program();
        text = recorded.trace();
        recorded.trace().forEach(line -> lines.add(Line.of(line)));
    }

    List<Line> lines() {
        return lines;
    }

    Program program() {
        return program;
    }

    /** Whether lines come one after the other; see above. */
    boolean order(String sequence) {
        return ORDERS.computeIfAbsent(sequence, Order::of).isIn(text, lines);
    }

    /** Whether {@code event} comes {@code turns} turns after the line before it in its task, and that is {@code before}. */
    boolean costs(int turns, String before, String event) {
        for (int j = 0; j < lines.size(); j++) {
            Line end = lines.get(j);
            if (!end.isOfATask() || !pattern(event).matcher(end.event).matches()) {
                continue;
            }
            for (int i = j - 1; i >= 0; i--) {
                if (lines.get(i).task.equals(end.task)) {
                    if (end.turn - lines.get(i).turn == turns
                            && pattern(before).matcher(lines.get(i).event).matches()) {
                        return true;
                    }
                    break;
                }
            }
        }
        return false;
    }

    /** Whether each of the events comes one turn after the one before it, in another task; \1 is the first group of the first. */
    boolean ladder(String... events) {
        return lines.stream().anyMatch(line -> {
            Matcher first = pattern(events[0]).matcher(line.event);
            return first.matches() && climbs(line, first, events, 1);
        });
    }

    private boolean climbs(Line below, Matcher first, String[] events, int next) {
        if (next == events.length) {
            return true;
        }
        Pattern event = pattern(events[next].replace("\\1", first.groupCount() > 0 ? first.group(1) : ""));
        return lines.stream()
                .anyMatch(line -> line.turn == below.turn + 1
                        && !line.task.equals(below.task)
                        && event.matcher(line.event).matches()
                        && climbs(line, first, events, next + 1));
    }

    /** Whether {@code later} comes that many turns after {@code event}, of whose first group it may speak as \1. */
    boolean after(int turns, String event, String later) {
        for (int i = 0; i < lines.size(); i++) {
            Line begin = lines.get(i);
            Matcher matcher = pattern(event).matcher(begin.event);
            if (begin.turn >= 0 && matcher.matches()) {
                Pattern end = pattern(later.replace("\\1", matcher.groupCount() > 0 ? matcher.group(1) : ""));
                if (lines.subList(i + 1, lines.size()).stream()
                        .anyMatch(line -> line.turn - begin.turn == turns
                                && end.matcher(line.event).matches())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Pattern pattern(String regex) {
        return EVENTS.computeIfAbsent(regex, Pattern::compile);
    }

    /** Whether the program has such a statement. */
    boolean states(Op op, Predicate<Statement> which) {
        return program.statements().anyMatch(s -> s.op() == op && which.test(s));
    }

    /** The blocks of the program: lists of statements that follow each other. */
    Stream<List<Statement>> blocks() {
        return Stream.concat(
                        Stream.of(program.bodies().values(), program.callbacks().values(), List.of(program.drive()))
                                .flatMap(each -> each.stream()),
                        program.statements().map(s -> s.block("body")))
                .filter(block -> !block.isEmpty());
    }
}
