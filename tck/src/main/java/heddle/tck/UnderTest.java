package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.law.Choices;

/** What the chapters of properties have in common. */
interface UnderTest {

    /** The engine to certify. */
    EngineProvider engine();

    /** One try of a rule's law. */
    default void check(String rule, Choices choices) {
        Judge.check(engine(), rule, choices);
    }
}
