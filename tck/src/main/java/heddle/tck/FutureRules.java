package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter FUT, as properties. */
interface FutureRules extends UnderTest {

    @Property(tries = 100)
    @Label("FUT-1 Future completes once")
    default void fut1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-1", choices);
    }

    @Property(tries = 3)
    @Label("FUT-2 Pending future has no outcome")
    default void fut2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-2", choices);
    }

    @Property(tries = 100)
    @Label("FUT-3 Outcome is what was set")
    default void fut3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-3", choices);
    }

    @Property(tries = 100)
    @Label("FUT-4 Cancelled future throws its message")
    default void fut4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-4", choices);
    }

    @Property(tries = 100)
    @Label("FUT-5 Cancel takes effect at once or not at all")
    default void fut5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-5", choices);
    }

    @Property(tries = 100)
    @Label("FUT-6 Done callbacks never run inline")
    default void fut6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-6", choices);
    }

    @Property(tries = 100)
    @Label("FUT-7 Done callbacks run in order of registration")
    default void fut7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-7", choices);
    }

    @Property(tries = 100)
    @Label("FUT-8 Equal callbacks are removed and counted")
    default void fut8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-8", choices);
    }

    @Property(tries = 100)
    @Label("FUT-9 Scheduled callbacks can not be removed")
    default void fut9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-9", choices);
    }

    @Property(tries = 100)
    @Label("FUT-10 Raising callback stops no other")
    default void fut10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-10", choices);
    }

    @Property(tries = 100)
    @Label("FUT-11 Cancelled error as exception is a failure")
    default void fut11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-11", choices);
    }

    @Property(tries = 100)
    @Label("FUT-12 Waiters and callbacks share one order")
    default void fut12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-12", choices);
    }

    @Property(tries = 100)
    @Label("FUT-13 Cancellation decides for itself")
    default void fut13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-13", choices);
    }

    @Property(tries = 100)
    @Label("FUT-14 Callbacks may change the list")
    default void fut14(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-14", choices);
    }

    @Property(tries = 100)
    @Label("FUT-15 Awaiting a done future does not pause")
    default void fut15(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("FUT-15", choices);
    }
}
