package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.tck.zoo.Beast;
import heddle.tck.zoo.Caught;
import heddle.tck.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The kit rejects every broken engine, by the one rule that it breaks, for 20 seeds, in the profile {@code zoo} for 100:
 * {@code -Dheddle.zoo.seeds} says how many, {@code -Dheddle.zoo.tries} for how hard it looks for other rules that fail.
 */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "nothing here depends on the path, and once is long enough")
class ZooTest {
    /** How many tries a rule gets that a broken engine keeps, for each seed. */
    private static final int TRIES = Integer.getInteger("heddle.zoo.tries", 2);

    /** Those that call the collector, which costs more than all else: one try tells as much as two. */
    private static final Set<String> COLLECTING = Set.of("ERR-6", "ERR-7", "TASK-19", "TASK-23", "TIME-16");

    private static final int SEEDS = Integer.getInteger("heddle.zoo.seeds", 20);

    /** How many the rule gets that it breaks: as many as in an author's build; the first that fails is the last. */
    private static final int TRIES_TO_REJECT = 100;

    /** How long such a try may take until it counts as hung: others have the usual patience. */
    private static final long MILLIS_TO_REJECT = 100;

    private static final Path COMMITTED = root().resolve("docs/zoo.md");
    private static final Path ACTUAL = root().resolve("tck/target/zoo.md");

    /** What it does wrong shows whenever the collector runs: nobody else may call it. */
    private static final String COLLECTED = "TASK-19";

    /** On all processors: broken engines know nothing of each other. */
    @TestFactory
    Stream<DynamicTest> beast_isRejectedByItsRuleOnly() {
        ExecutorService judges =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<DynamicTest> tests = Zoo.beasts().stream()
                .filter(beast -> !beast.rule().equals(COLLECTED))
                .map(beast -> {
                    Future<?> judged = judges.submit(() -> judge(beast));
                    return DynamicTest.dynamicTest(beast.toString(), () -> end(judged));
                })
                .toList();
        judges.shutdown();
        return tests.stream();
    }

    /** The end of what was judged elsewhere, or its failure. */
    static void end(Future<?> judged) throws Throwable {
        try {
            judged.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void beastOfTheCollector_isRejectedByItsRuleOnly() {
        judge(Zoo.beasts().stream()
                .filter(beast -> beast.rule().equals(COLLECTED))
                .findFirst()
                .orElseThrow());
    }

    private static void judge(Beast beast) {
        Specification specification = Judge.specification();
        Rule broken = specification.rule(beast.rule());
        Set<String> needs = specification.needs(beast.rule());
        for (Rule rule : specification.rules()) {
            Set<String> cone = specification.needs(rule.id());
            // those that need the broken rule are not judged
            if (!rule.equals(broken) && !cone.contains(broken.id()) && !needs.contains(rule.id())) {
                keeps(beast, rule, 1);
            }
        }
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (String need : needs) {
                keeps(beast, specification.rule(need), seed);
            }
            assertTrue(
                    new Search(beast, TRIES_TO_REJECT, seed, false, MILLIS_TO_REJECT, (number, numbers) -> {})
                            .counterexample(broken)
                            .isPresent(),
                    beast + " isn't rejected with seed " + seed);
        }
    }

    /** What it doesn't claim isn't asked of it. */
    private static void keeps(Beast beast, Rule rule, int seed) {
        if (!beast.capabilities().containsAll(rule.capabilities())) {
            return;
        }
        int tries = COLLECTING.contains(rule.id()) ? 1 : TRIES;
        assertEquals(Optional.empty(), new Search(beast, tries, seed, false).counterexample(rule), beast::toString);
    }

    @Test
    void list_isTheCommittedOne() throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "# The zoo of broken engines",
                "",
                "The conformance kit is tested by what it must reject. Each of these engines is the reference model"
                        + " with one",
                "mistake that an author could make, and fails the rule beside it: that rule alone is minimal among"
                        + " those that",
                "fail. The engines are in `tck/src/test/java/heddle/tck/zoo`.",
                "",
                "Each build tries them, and the correct engines (nio, the reference model, both on Netty), with 20 seeds; 100 are tried by",
                "",
                "```text",
                "mvn -P zoo -pl engine/netty -am test",
                "```",
                "",
                "Programs recorded from CPython (see [exactness](exactness.md)) tell them as well: the last column names three whose",
                "traces differ on that engine, or says why no program of the language can tell it.",
                "",
                "| rule | what the engine does wrong | recorded programs that tell |",
                "|---|---|---|"));
        Map<String, Caught> caught = Caught.committed();
        for (Beast beast : Zoo.beasts()) {
            lines.add("| [" + beast.rule() + "](specification.md#" + beast.rule() + ") | " + beast.mistake() + " | "
                    + caught.get(beast.rule()) + " |");
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
