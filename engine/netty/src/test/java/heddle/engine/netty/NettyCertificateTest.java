package heddle.engine.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.EngineProvider;
import heddle.tck.Certificate;
import heddle.tck.Verdict;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Both engines on Netty are accepted again and again, the hosted one on the machine's clock. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "nothing here depends on the path, and once is long enough")
class NettyCertificateTest {

    private static final int TRIES = Integer.getInteger("heddle.zoo.tries", 2);
    private static final int SEEDS = Integer.getInteger("heddle.zoo.seeds", 20);

    @TestFactory
    Stream<DynamicTest> driven_isAccepted() {
        return seeds(new NettyEngine(), 148);
    }

    @TestFactory
    Stream<DynamicTest> hosted_isAccepted() {
        return seeds(new HostedEngine(), 120);
    }

    private static Stream<DynamicTest> seeds(EngineProvider engine, long rules) {
        return IntStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> accept(engine, seed, rules)));
    }

    private static void accept(EngineProvider engine, int seed, long rules) {
        Certificate certificate = Certificate.of(engine, TRIES, seed);
        assertTrue(certificate.passed(), certificate::toString);
        long passed = certificate.verdicts().stream()
                .filter(verdict -> verdict.status() == Verdict.Status.PASSED)
                .count();
        assertTrue(passed >= rules, certificate::toString);
    }
}
