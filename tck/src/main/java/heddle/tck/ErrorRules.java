package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter ERR, as properties. */
interface ErrorRules extends UnderTest {

    @Property(tries = 100)
    @Label("ERR-1 Exception in a callback is reported once")
    default void err1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-1", choices);
    }

    @Property(tries = 3)
    @Label("ERR-2 Handler that throws does not stop the loop")
    default void err2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-2", choices);
    }

    @Property(tries = 100)
    @Label("ERR-3 Fatal error ends the run and loses nothing")
    default void err3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-3", choices);
    }

    @Property(tries = 100)
    @Label("ERR-4 Failure is reported when the loop is closed")
    default void err4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-4", choices);
    }

    @Property(tries = 100)
    @Label("ERR-5 Failure that was seen is not reported")
    default void err5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-5", choices);
    }

    @Property(tries = 2)
    @Label("ERR-6 Failure is reported when its future is gone")
    default void err6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-6", choices);
    }

    @Property(tries = 2)
    @Label("ERR-7 Failure is not reported while somebody may look")
    default void err7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-7", choices);
    }

    @Property(tries = 100)
    @Label("ERR-8 Observer that throws stops nothing")
    default void err8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-8", choices);
    }

    @Property(tries = 100)
    @Label("ERR-9 Running loop can not be closed")
    default void err9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-9", choices);
    }

    @Property(tries = 100)
    @Label("ERR-10 Closed loop refuses work")
    default void err10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-10", choices);
    }

    @Property(tries = 100)
    @Label("ERR-11 Close drops what is scheduled")
    default void err11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-11", choices);
    }

    @Property(tries = 100)
    @Label("ERR-12 Pending tasks are reported and cleaned up")
    default void err12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-12", choices);
    }

    @Property(tries = 100)
    @Label("ERR-13 Pending futures stay pending")
    default void err13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-13", choices);
    }

    @Property(tries = 100)
    @Label("ERR-14 Awaitable that can not begin fails its task only")
    default void err14(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-14", choices);
    }

    @Property(tries = 100)
    @Label("ERR-15 Equals that throws changes nothing")
    default void err15(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-15", choices);
    }

    @Property(tries = 100)
    @Label("ERR-16 Everything prints in one line")
    default void err16(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-16", choices);
    }

    @Property(tries = 2)
    @Label("ERR-17 Missing arguments are refused")
    default void err17(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("ERR-17", choices);
    }
}
