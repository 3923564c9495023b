package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.engine.nio.NioEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private final String before = System.getProperty(Engines.PROPERTY, "");

    @BeforeEach
    @AfterEach
    void reset() {
        System.setProperty(Engines.PROPERTY, before);
    }

    private static EngineProvider chosenBy(String property) {
        System.setProperty(Engines.PROPERTY, property);
        return Engines.provider();
    }

    @Test
    void property_isTheNameOfAnEngineOrOfItsProvidersClass() {
        for (String property : new String[] {"", "nio", " nio ", "heddle.engine.nio.NioEngine"}) {
            assertInstanceOf(NioEngine.class, chosenBy(property), property);
        }
    }

    @Test
    void property_ofAClassThatIsNotThere_isTakenForAName() {
        var e = assertThrows(IllegalStateException.class, () -> chosenBy("no.such.Engine"));
        assertEquals(
                "the system property heddle.engine asks for the engine no.such.Engine, but found nio"
                        + " (docs/codes.md#unknown-engine)",
                e.getMessage());
    }

    @Test
    void property_ofAClassThatProvidesNoEngine_saysSo() {
        for (String other : new String[] {"java.lang.String", "heddle.engine.AbstractEventLoop"}) {
            var e = assertThrows(IllegalStateException.class, () -> chosenBy(other));
            assertTrue(e.getMessage().startsWith("the system property heddle.engine asks for the engine " + other));
            assertTrue(e.getMessage().endsWith("(docs/codes.md#unknown-engine)"), e.getMessage());
        }
    }
}
