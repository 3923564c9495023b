package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import heddle.api.spi.EngineProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs recorded programs and counts how many were equal, and what was in them. */
final class Tally {

    private static final Set<Op> WITHOUT_LINES = EnumSet.of(Op.TRY, Op.REPEAT, Op.IF, Op.RAISE, Op.RETURN);
    private static final int SHOWN = Integer.getInteger("heddle.traces.shown", 3);

    private static final Map<String, Op> BY_LINES = Arrays.stream(Op.values())
            .filter(op -> !WITHOUT_LINES.contains(op))
            .collect(Collectors.toMap(Op::toString, op -> op));

    private final Form form;
    private final EngineProvider engine;
    private final Map<Op, Integer> statements = new EnumMap<>(Op.class);
    private final Map<String, Integer> different = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();
    private int equal;
    private int lines;

    Tally(Form form, EngineProvider engine) {
        this.form = form;
        this.engine = engine;
        for (Op op : Op.values()) {
            statements.put(op, 0);
        }
    }

    void check(Recorded recorded) {
        var actual = ProgramRun.trace(recorded.program(), form, engine);
        if (actual.equals(recorded.trace())) {
            equal++;
            lines += actual.size();
            count(recorded);
        } else {
            different.merge(recorded.template(), 1, Integer::sum);
            if (shown.size() < SHOWN) {
                shown.add(SideBySide.show(recorded, actual));
            }
        }
    }

    /** Counts what was executed: by its lines, and what writes none where it stands in a body that began. */
    private void count(Recorded recorded) {
        for (String line : recorded.trace()) {
            String event = line.split(" ", 4)[3];
            Op op = BY_LINES.get(event.split(" ", 2)[0]);
            if (op != null && !event.endsWith(" unset") && !event.endsWith(" enter")) {
                statements.merge(op, 1, Integer::sum);
            } else if (event.startsWith("start ")) {
                recorded.program().body(event.substring(6)).stream()
                        .flatMap(Statement::withNested)
                        .filter(s -> !BY_LINES.containsValue(s.op()))
                        .forEach(s -> statements.merge(s.op(), 1, Integer::sum));
            }
        }
    }

    void assertAllEqual() {
        if (!different.isEmpty()) {
            fail("traces differ, by template " + different + "; " + this + "\n" + String.join("\n", shown));
        }
    }

    /** Asserts that enough was seen: no check may pass on nothing. */
    void assertAtLeast(int programs, int ofEachStatement) {
        assertTrue(equal >= programs, () -> "only " + equal + " programs, expected at least " + programs);
        statements.forEach((op, count) -> assertTrue(
                count >= ofEachStatement, () -> "only " + count + " times " + op + ", expected " + ofEachStatement));
    }

    @Override
    public String toString() {
        var rarest =
                statements.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        return "traces: " + equal + " programs with " + lines + " lines equal; rarest statement: " + rarest.getKey()
                + ", " + rarest.getValue() + " times; " + form + " on " + engine.name();
    }
}
