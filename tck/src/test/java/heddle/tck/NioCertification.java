package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.tck.Verdict.Status;
import heddle.tck.program.Form;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit's verdict on the engine that comes with Heddle, a test for each rule. Not run by the build, but on each mutant of
 * that engine (see {@code docs/mutation.md}).
 */
class NioCertification {

    private static final int TRIES = Integer.getInteger("heddle.pit.tries", 10);
    private static final int PROGRAMS = 100;

    private final EngineProvider engine = Engines.provider("nio");

    @TestFactory
    Stream<DynamicTest> rule_isKept() {
        return rules(engine);
    }

    /** What the same engine is on the thread of a host. */
    @TestFactory
    Stream<DynamicTest> rule_isKeptOnAHost() {
        return rules(new HostedOnExecutor());
    }

    /** A test for each rule, so that a mutant meets those alone that run through it. */
    private static Stream<DynamicTest> rules(EngineProvider engine) {
        Search search = new Search(engine, TRIES, 1, false);
        return Judge.specification().inOrderOfNeeds().stream()
                .filter(rule -> engine.capabilities().containsAll(rule.capabilities()))
                .map(rule -> DynamicTest.dynamicTest(
                        rule.id(), () -> assertEquals(Optional.empty(), search.counterexample(rule))));
    }

    @Test
    void programs_haveTheirTraces() {
        LibraryPrograms.Result result = LibraryPrograms.run(engine, Form.CHAINS, PROGRAMS, 1);
        assertEquals(Status.PASSED, result.status(), result::toString);
    }
}
