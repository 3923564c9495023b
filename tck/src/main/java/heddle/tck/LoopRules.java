package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter LOOP, as properties. */
interface LoopRules extends UnderTest {

    @Property(tries = 100)
    @Label("LOOP-1 Call soon returns before the callback runs")
    default void loop1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-1", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-2 Callbacks run once in order")
    default void loop2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-2", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-3 What a turn schedules waits for the next")
    default void loop3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-3", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-4 Cancelled handle does not run")
    default void loop4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-4", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-5 Stop finishes the turn and keeps the rest")
    default void loop5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-5", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-6 Stop before a run gives one turn")
    default void loop6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-6", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-7 Is running exactly during a run")
    default void loop7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-7", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-8 Nested runs are refused")
    default void loop8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-8", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-9 Run until complete gives the outcome")
    default void loop9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-9", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-10 Stop before the end is an error")
    default void loop10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-10", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-11 Earlier done callbacks run before the return")
    default void loop11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-11", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-12 Running thread speaks for the loop")
    default void loop12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-12", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-13 Observers see callbacks")
    default void loop13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-13", choices);
    }

    @Property(tries = 1)
    @Label("LOOP-14 Loop says what it can")
    default void loop14(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-14", choices);
    }

    @Property(tries = 100)
    @Label("LOOP-15 Callbacks run as in the model")
    default void loop15(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("LOOP-15", choices);
    }
}
