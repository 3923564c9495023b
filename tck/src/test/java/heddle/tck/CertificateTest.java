package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.tck.Verdict.Status;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelProvider;
import heddle.tck.zoo.Beast;
import heddle.tck.zoo.Zoo;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateTest {
    @Test
    void model_isCertified() {
        Certificate certificate = Certificate.of(new ModelProvider(), 10, 1);
        assertTrue(certificate.passed(), certificate::toString);
        assertEquals(
                Judge.specification().rules().size(), certificate.verdicts().size());
    }

    @Test
    void nio_isCertified() {
        Certificate certificate = Certificate.of(Engines.provider("nio"), 10, 1);
        assertTrue(certificate.passed(), certificate::toString);
    }

    @Test
    void brokenEngine_isToldByTheSmallestProgram() {
        Beast beast = Zoo.beasts().stream()
                .filter(each -> each.rule().equals("TIME-4"))
                .findFirst()
                .orElseThrow();
        Certificate certificate = Certificate.of(beast, 10, 1);
        assertFalse(certificate.passed());
        assertEquals(Set.of("TIME-4"), certificate.failed());
        String text = certificate.toString();
        assertTrue(text.contains("timers=2, "), text);
        assertTrue(text.contains("-> timer 0"), text);
        assertTrue(text.contains("not judged  TIME-8"), text);
        assertTrue(text.contains("NOT CERTIFIED"), text);
    }

    @Test
    void whatIsNotClaimed_isSaidNotToBe() {
        EngineProvider modest = new ModestEngine();
        Certificate certificate = Certificate.of(modest, 3, 1);
        for (Verdict verdict : certificate.verdicts()) {
            boolean claimed = modest.capabilities().containsAll(verdict.rule().capabilities());
            assertEquals(claimed ? Status.PASSED : Status.NOT_CLAIMED, verdict.status(), certificate::toString);
        }
    }

    /** The model on the machine's clock, which claims no more than it must. */
    private static final class ModestEngine implements EngineProvider {
        @Override
        public String name() {
            return "modest";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.DRIVEN);
        }

        @Override
        public EventLoop newEventLoop(EngineOptions options) {
            if (options.timeSource() != null) {
                throw new UnsupportedOperationException("no time source, please");
            }
            return new ModelLoop(options) {
                @Override
                public Set<Capability> capabilities() {
                    return ModestEngine.this.capabilities();
                }
            };
        }
    }

    @Test
    void noTries_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> Certificate.of(new ModelProvider(), 0, 1));
    }
}
