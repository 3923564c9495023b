package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter CANCEL, as properties. */
interface CancelRules extends UnderTest {

    @Property(tries = 100)
    @Label("CANCEL-1 Done task can not be cancelled")
    default void cancel1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-1", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-2 Live task is asked and the request counted")
    default void cancel2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-2", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-3 Task that never began never begins")
    default void cancel3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-3", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-4 Awaited future is cancelled at once")
    default void cancel4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-4", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-5 Awaited task is asked first")
    default void cancel5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-5", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-6 Others who await the same meet it too")
    default void cancel6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-6", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-7 Cancel beats an outcome on its way")
    default void cancel7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-7", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-8 Requests before the delivery are one")
    default void cancel8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-8", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-9 Swallowed cancel is not raised again")
    default void cancel9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-9", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-10 Cancel during clean up is delivered too")
    default void cancel10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-10", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-11 Self cancel lets the code go on")
    default void cancel11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-11", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-12 Self cancel meets the next awaited future")
    default void cancel12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-12", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-13 Self cancel meets the next yield")
    default void cancel13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-13", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-14 Self cancel then return is cancelled")
    default void cancel14(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-14", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-15 Self cancel then throw fails")
    default void cancel15(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-15", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-16 Cancellation of ones own is a cancellation")
    default void cancel16(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-16", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-17 Who awaits a cancelled task meets it")
    default void cancel17(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-17", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-18 Other error in clean up wins")
    default void cancel18(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-18", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-19 Requests are taken back one by one")
    default void cancel19(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-19", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-20 Delivered request stays delivered")
    default void cancel20(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-20", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-21 Request taken back in time is forgotten")
    default void cancel21(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-21", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-22 Cancel runs nothing of the program")
    default void cancel22(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-22", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-23 Message travels")
    default void cancel23(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-23", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-24 Cancels run as in the model")
    default void cancel24(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-24", choices);
    }

    @Property(tries = 100)
    @Label("CANCEL-25 Cancel message can be looked at")
    default void cancel25(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CANCEL-25", choices);
    }
}
