package heddle.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.engine.nio.NioEngine;
import java.util.Set;
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

    @Test
    void property_ofAClassThatProvidesNoEngine_isNotInitialised() {
        assertThrows(IllegalStateException.class, () -> chosenBy(Foreign.class.getName()));
        assertFalse(initialised);
    }

    @Test
    void property_ofAClassWithoutAPublicConstructor_saysSo() {
        var e = assertThrows(IllegalStateException.class, () -> chosenBy(Private.class.getName()));
        assertTrue(e.getMessage().contains(", whose class can't provide one: java.lang.NoSuchMethodException: "));
    }

    @Test
    void property_ofAClassWhoseConstructorThrows_saysWhat() {
        var e = assertThrows(IllegalStateException.class, () -> chosenBy(Throwing.class.getName()));
        assertEquals(
                "the system property heddle.engine asks for the engine heddle.engine.EnginesTest$Throwing, whose class"
                        + " can't provide one: java.lang.UnsupportedOperationException: no licence"
                        + " (docs/codes.md#unknown-engine)",
                e.getMessage());
        assertInstanceOf(UnsupportedOperationException.class, e.getCause());
    }

    private static boolean initialised;

    /** No engine at all. */
    public static final class Foreign {
        static {
            initialised = true;
        }
    }

    /** Nobody can make one. */
    public static final class Private extends Unusable {
        private Private() {}
    }

    /** Nobody succeeds in making one. */
    public static final class Throwing extends Unusable {
        public Throwing() {
            throw new UnsupportedOperationException("no licence");
        }
    }

    /** Has no loops. */
    abstract static class Unusable implements EngineProvider {
        @Override
        public String name() {
            return "unusable";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public EventLoop newEventLoop(EngineOptions options) {
            throw new UnsupportedOperationException();
        }
    }
}
