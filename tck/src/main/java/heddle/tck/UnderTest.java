package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.law.Choices;
import heddle.tck.law.Snippet;

/** What the chapters of properties have in common. */
interface UnderTest {

    /** The engine to certify. */
    EngineProvider engine();

    /** One try of a rule's law. */
    default void check(String rule, Choices choices) {
        try {
            Judge.check(engine(), rule, choices);
        } catch (AssertionError e) {
            String code = Snippet.of(rule, engine().name(), choices.numbers());
            AssertionError told = new AssertionError(e.getMessage() + code, e.getCause());
            told.setStackTrace(e.getStackTrace());
            throw told;
        }
    }
}
