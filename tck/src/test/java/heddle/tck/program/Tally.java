package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import heddle.api.spi.EngineProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs recorded programs and counts how many were equal, and what was in them. */
final class Tally {

    private static final int SHOWN = Integer.getInteger("heddle.traces.shown", 3);

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
            recorded.program().statements().forEach(s -> statements.merge(s.op(), 1, Integer::sum));
        } else {
            different.merge(recorded.template(), 1, Integer::sum);
            if (shown.size() < SHOWN) {
                shown.add(SideBySide.show(recorded, actual));
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
