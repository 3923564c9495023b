package heddle.docs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    @Test
    void lines_matchUpToBlanks() {
        assertMatches(List.of("jshell> 1", "$1 ==> 1"), List.of("jshell> 1 ", "$1 ==> 1", ""));
        assertDiffers(List.of("$1 ==> 1"), List.of("$1 ==> 2"));
        assertDiffers(List.of("a", "b"), List.of("a"));
        assertDiffers(List.of("a"), List.of("a", "b"));
        assertDiffers(List.of(), List.of("a"));
    }

    @Test
    void aboutNumber_matchesOneOfItsSize() {
        assertMatches(List.of("took ~1.5 s, ~20 ms"), List.of("took 1.62 s, 31.5 ms"));
        assertDiffers(List.of("took ~1.5 s"), List.of("took 0.7 s"));
        assertDiffers(List.of("took ~1.5 s"), List.of("took 15.1 s"));
        assertDiffers(List.of("took ~1.5 s"), List.of("took long"));
        assertDiffers(List.of("took 1.5 s"), List.of("took 1.6 s"));
    }

    @Test
    void threeDots_matchAnyLines() {
        assertMatches(List.of("a", "...", "d"), List.of("a", "b", "c", "d"));
        assertMatches(List.of("a", "...", "d"), List.of("a", "d"));
        assertMatches(List.of("a", "  ..."), List.of("a", "b"));
        assertDiffers(List.of("a", "...", "d"), List.of("a", "b"));
    }

    private static void assertMatches(List<String> shown, List<String> actual) {
        assertTrue(Transcript.matches(shown, actual));
    }

    private static void assertDiffers(List<String> shown, List<String> actual) {
        assertFalse(Transcript.matches(shown, actual));
    }
}
