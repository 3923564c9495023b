package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.tck.model.ModelProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The kit accepts correct engines as often as it rejects broken ones: see {@link ZooTest}. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "nothing here depends on the path, and once is long enough")
class CorrectEnginesTest {

    private static final int TRIES = Integer.getInteger("heddle.zoo.tries", 2);
    private static final int SEEDS = Integer.getInteger("heddle.zoo.seeds", 20);

    /** Each engine on a thread of its own: they know nothing of each other, but one of them has the machine's ports. */
    @TestFactory
    Stream<DynamicTest> correctEngine_isAccepted() {
        List<DynamicTest> tests = new ArrayList<>();
        for (EngineProvider engine : List.of(new ModelProvider(), Engines.provider("nio"))) {
            ExecutorService judge = Executors.newSingleThreadExecutor();
            for (int number = 1; number <= SEEDS; number++) {
                int seed = number;
                Future<?> judged = judge.submit(() -> accept(engine, seed));
                tests.add(DynamicTest.dynamicTest(engine.name() + ", seed " + seed, () -> ZooTest.end(judged)));
            }
            judge.shutdown();
        }
        return tests.stream();
    }

    private static void accept(EngineProvider engine, int seed) {
        Certificate certificate = Certificate.of(engine, TRIES, seed);
        assertEquals(Set.of(), certificate.failed(), certificate::toString);
        List<Verdict> judged = certificate.verdicts().stream()
                .filter(verdict -> verdict.status() == Verdict.Status.PASSED)
                .toList();
        assertTrue(judged.size() >= 148, certificate::toString);
    }
}
