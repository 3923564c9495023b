package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private static Recorded recorded(String... trace) {
        var json = "{\"bodies\":{\"main\":[]}}";
        return new Recorded(7, "wild", List.of("lost"), json, Json.program(json), List.of(trace));
    }

    @Test
    void show_marksTheFirstDifference() {
        var text = SideBySide.show(recorded("0 1 a", "0 1 expected", "0 2 c"), List.of("0 1 a", "0 1 came", "0 2 c"));

        assertEquals("""
                program 7 (wild, [lost]): line 2 differs
                {"bodies":{"main":[]}}
                  CPython      ≠ Heddle
                  0 1 a        | 0 1 a
                > 0 1 expected ≠ 0 1 came
                  0 2 c        | 0 2 c
                """, text);
    }

    @Test
    void show_ofTracesOfDifferentLengths_marksWhereOneEnds() {
        var text = SideBySide.show(recorded("0 1 a", "0 1 b"), List.of("0 1 a"));

        assertEquals("> 0 1 b   ≠ ", text.lines().skip(4).findFirst().orElseThrow());
    }
}
