package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.Engines;
import heddle.tck.model.ModelProvider;
import org.junit.jupiter.api.Test;

class CertificateTest {
    @Test
    void model_isCertified() {
        Certificate certificate = Certificate.of(new ModelProvider(), 20, 1);
        assertTrue(certificate.passed(), certificate::toString);
    }

    @Test
    void nio_isCertified() {
        Certificate certificate = Certificate.of(Engines.provider("nio"), 20, 1);
        assertTrue(certificate.passed(), certificate::toString);
    }
}
