package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter TIME, as properties. */
interface TimeRules extends UnderTest {

    @Property(tries = 100)
    @Label("TIME-1 Clock never goes back and never stands still")
    default void time1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-1", choices);
    }

    @Property(tries = 100)
    @Label("TIME-2 Delay is a time from now")
    default void time2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-2", choices);
    }

    @Property(tries = 100)
    @Label("TIME-3 Earlier timers run first")
    default void time3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-3", choices);
    }

    @Property(tries = 100)
    @Label("TIME-4 Equal timers run in order of scheduling")
    default void time4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-4", choices);
    }

    @Property(tries = 100)
    @Label("TIME-5 No timer is early")
    default void time5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-5", choices);
    }

    @Property(tries = 100)
    @Label("TIME-6 Due timers join behind what is ready")
    default void time6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-6", choices);
    }

    @Property(tries = 100)
    @Label("TIME-7 No delay means soon never at once")
    default void time7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-7", choices);
    }

    @Property(tries = 100)
    @Label("TIME-8 Cancelled timer never runs")
    default void time8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-8", choices);
    }

    @Property(tries = 100)
    @Label("TIME-9 Cancelled timer wakes nobody")
    default void time9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-9", choices);
    }

    @Property(tries = 100)
    @Label("TIME-10 Not a number is refused")
    default void time10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-10", choices);
    }

    @Property(tries = 100)
    @Label("TIME-11 Infinity means never")
    default void time11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-11", choices);
    }

    @Property(tries = 100)
    @Label("TIME-12 Busy loop does not starve timers")
    default void time12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-12", choices);
    }

    @Property(tries = 100)
    @Label("TIME-13 Idle loop waits until the next timer")
    default void time13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-13", choices);
    }

    @Property(tries = 100)
    @Label("TIME-14 Held time does not jump")
    default void time14(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-14", choices);
    }

    @Property(tries = 100)
    @Label("TIME-15 Deadlock is told where asked for")
    default void time15(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-15", choices);
    }

    @Property(tries = 5)
    @Label("TIME-16 Cancelled timers are let go")
    default void time16(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TIME-16", choices);
    }
}
