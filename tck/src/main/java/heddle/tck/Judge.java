package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.law.Choices;
import heddle.tck.law.LawTry;
import heddle.tck.law.Laws;
import org.jspecify.annotations.Nullable;

/** Judges one try of one rule, and words the failure. */
final class Judge {

    private static final Specification SPECIFICATION = Specification.read();

    /** Each thread has its own: who judges several engines at once doesn't wait for the others' tries. */
    private static final ThreadLocal<Watchdog> WATCHDOG = ThreadLocal.withInitial(Watchdog::new);

    private Judge() {}

    static Specification specification() {
        return SPECIFICATION;
    }

    /**
     * One try.
     *
     * @throws AssertionError if the engine broke the rule, with the rule's sentence, what was expected and what came
     */
    static void check(EngineProvider engine, String id, Choices choices) {
        check(engine, id, choices, Watchdog.PATIENCE_MILLIS);
    }

    /** One try that may not take longer. */
    static void check(EngineProvider engine, String id, Choices choices, long millis) {
        Rule rule = SPECIFICATION.rule(id);
        LawTry attempt = Laws.begin(id, engine, choices);
        try {
            WATCHDOG.get().run(attempt::run, attempt::state, attempt::abandon, millis);
        } catch (Watchdog.Hung e) {
            throw new Watchdog.Hung(words(rule, engine, e.getMessage()));
        } catch (Throwable e) {
            AssertionError error = new AssertionError(words(rule, engine, e.getMessage()) + attempt.state(), e);
            error.setStackTrace(e.getStackTrace());
            throw error;
        }
    }

    private static String words(Rule rule, EngineProvider engine, @Nullable String what) {
        return rule + "\nbroken by the engine " + engine.name() + " (engine law): " + what;
    }
}
