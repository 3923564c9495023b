package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.tck.Verdict.Status;
import heddle.tck.program.Form;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The kit's verdict on the engine that comes with Heddle, quickly: it stops at the first rule that is broken. Not run by the
 * build, but on each mutant of that engine (see {@code docs/mutation.md}).
 */
class NioCertification {

    private static final int TRIES = Integer.getInteger("heddle.pit.tries", 10);
    private static final int PROGRAMS = 100;

    private final EngineProvider engine = Engines.provider("nio");

    @Test
    void everyRule_isKept() {
        certify(engine);
    }

    /** What the same engine is on the thread of a host. */
    @Test
    void everyRule_isKeptOnAHost() {
        certify(new HostedOnExecutor());
    }

    private static void certify(EngineProvider engine) {
        Search search = new Search(engine, TRIES, 1, false);
        for (Rule rule : Judge.specification().inOrderOfNeeds()) {
            if (engine.capabilities().containsAll(rule.capabilities())) {
                assertEquals(Optional.empty(), search.counterexample(rule), rule::id);
            }
        }
    }

    @Test
    void programs_haveTheirTraces() {
        LibraryPrograms.Result result = LibraryPrograms.run(engine, Form.CHAINS, PROGRAMS, 1);
        assertEquals(Status.PASSED, result.status(), result::toString);
    }
}
