package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.engine.nio.NioEngine;
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
        Certificate certificate = Certificate.of(new NioEngine(), 20, 1);
        System.out.println(certificate);
        assertTrue(certificate.passed(), certificate::toString);
    }
}
