package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter NET, as properties. */
interface NetworkRules extends UnderTest {

    @Property(tries = 10)
    @Label("NET-1 Bytes arrive in order and once")
    default void net1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-1", choices);
    }

    @Property(tries = 10)
    @Label("NET-2 Cancelled read loses no byte")
    default void net2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-2", choices);
    }

    @Property(tries = 10)
    @Label("NET-3 Cancelled write says how far it came")
    default void net3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-3", choices);
    }

    @Property(tries = 10)
    @Label("NET-4 End is read again and again")
    default void net4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-4", choices);
    }

    @Property(tries = 10)
    @Label("NET-5 Half-close leaves the other half open")
    default void net5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-5", choices);
    }

    @Property(tries = 10)
    @Label("NET-6 Second operation is refused")
    default void net6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-6", choices);
    }

    @Property(tries = 5)
    @Label("NET-7 Close fails what is pending")
    default void net7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-7", choices);
    }

    @Property(tries = 10)
    @Label("NET-8 Reset arrives at the read and nowhere else")
    default void net8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-8", choices);
    }

    @Property(tries = 5)
    @Label("NET-9 Refused connect names the address")
    default void net9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-9", choices);
    }

    @Property(tries = 5)
    @Label("NET-10 Cancelled accept loses no connection")
    default void net10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-10", choices);
    }

    @Property(tries = 3)
    @Label("NET-11 Write waits for a slow reader")
    default void net11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-11", choices);
    }

    @Property(tries = 5)
    @Label("NET-12 Port in use is refused")
    default void net12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-12", choices);
    }

    @Property(tries = 8)
    @Label("NET-13 Busy loop looks at I/O")
    default void net13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("NET-13", choices);
    }
}
