package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import heddle.tck.zoo.Beast;
import heddle.tck.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The kit rejects every broken engine, by the one rule that it breaks. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "nothing here depends on the path, and once is long enough")
class ZooTest {
    private static final int TRIES = Integer.getInteger("heddle.zoo.tries", 8);
    private static final int SEEDS = Integer.getInteger("heddle.zoo.seeds", 1);

    private static final Path COMMITTED = root().resolve("docs/zoo.md");
    private static final Path ACTUAL = root().resolve("tck/target/zoo.md");

    @TestFactory
    Stream<DynamicTest> beast_isRejectedByItsRuleOnly() {
        return Zoo.beasts().stream().map(beast -> DynamicTest.dynamicTest(beast.toString(), () -> judge(beast)));
    }

    private static void judge(Beast beast) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Certificate certificate = Certificate.of(beast, TRIES, seed, false);
            assertEquals(Set.of(beast.rule()), certificate.failed(), certificate::toString);
            assertFalse(certificate.passed());
        }
    }

    @Test
    void list_isTheCommittedOne() throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "# The zoo of broken engines",
                "",
                "The conformance kit is tested by what it must reject. Each of these engines is the reference model with one",
                "mistake that an author could make, and fails the rule beside it: that rule alone is minimal among those that",
                "fail. The engines are in `tck/src/test/java/heddle/tck/zoo`.",
                "",
                "| rule | what the engine does wrong |",
                "|---|---|"));
        for (Beast beast : Zoo.beasts()) {
            lines.add("| [" + beast.rule() + "](specification.md#" + beast.rule() + ") | " + beast.mistake() + " |");
        }
        Files.createDirectories(ACTUAL.getParent());
        Files.write(ACTUAL, lines);
        assertEquals(
                lines,
                Files.exists(COMMITTED) ? Files.readAllLines(COMMITTED) : List.of(),
                "to accept it: cp tck/target/zoo.md docs/zoo.md");
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docs")) ? here : here.getParent();
    }
}
