package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter THREAD, as properties. */
interface ThreadRules extends UnderTest {

    @Property(tries = 100)
    @Label("THREAD-1 Post wakes a sleeping loop")
    default void thread1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-1", choices);
    }

    @Property(tries = 100)
    @Label("THREAD-2 Posts of a thread keep their order")
    default void thread2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-2", choices);
    }

    @Property(tries = 20)
    @Label("THREAD-3 No post is lost or doubled")
    default void thread3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-3", choices);
    }

    @Property(tries = 100)
    @Label("THREAD-4 Posts of the loops own thread keep their place")
    default void thread4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-4", choices);
    }

    @Property(tries = 2)
    @Label("THREAD-5 Calls from elsewhere are refused")
    default void thread5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-5", choices);
    }

    @Property(tries = 100)
    @Label("THREAD-6 Any thread may prepare a loop that is not running")
    default void thread6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-6", choices);
    }

    @Property(tries = 20)
    @Label("THREAD-7 Lent thread speaks for the loop")
    default void thread7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-7", choices);
    }

    @Property(tries = 20)
    @Label("THREAD-8 Job runs elsewhere and its outcome comes back")
    default void thread8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-8", choices);
    }

    @Property(tries = 10)
    @Label("THREAD-9 Cancelled job is let go")
    default void thread9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-9", choices);
    }

    @Property(tries = 100)
    @Label("THREAD-10 Rejected job fails")
    default void thread10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-10", choices);
    }

    @Property(tries = 5)
    @Label("THREAD-11 Completion after the end is dropped")
    default void thread11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-11", choices);
    }

    @Property(tries = 20)
    @Label("THREAD-12 State may be read from any thread")
    default void thread12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-12", choices);
    }

    @Property(tries = 20)
    @Label("THREAD-13 Racing threads complete a future once")
    default void thread13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-13", choices);
    }

    @Property(tries = 10)
    @Label("THREAD-14 Interrupt cancels main or is reported")
    default void thread14(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-14", choices);
    }

    @Property(tries = 5)
    @Label("THREAD-15 Default executor can be set and shut down")
    default void thread15(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-15", choices);
    }

    @Property(tries = 2)
    @Label("THREAD-16 Close shuts the default executor down")
    default void thread16(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("THREAD-16", choices);
    }
}
