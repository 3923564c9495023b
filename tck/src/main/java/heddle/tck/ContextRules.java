package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter CTX, as properties. */
interface ContextRules extends UnderTest {

    @Property(tries = 100)
    @Label("CTX-1 Callback sees the context of its scheduling")
    default void ctx1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-1", choices);
    }

    @Property(tries = 100)
    @Label("CTX-2 Done callback sees the context of its registration")
    default void ctx2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-2", choices);
    }

    @Property(tries = 100)
    @Label("CTX-3 Task has a copy of its creators context")
    default void ctx3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-3", choices);
    }

    @Property(tries = 100)
    @Label("CTX-4 Given context is used itself")
    default void ctx4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-4", choices);
    }

    @Property(tries = 100)
    @Label("CTX-5 Writes are seen by nobody else")
    default void ctx5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-5", choices);
    }

    @Property(tries = 100)
    @Label("CTX-6 Steps of a task share its context")
    default void ctx6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-6", choices);
    }

    @Property(tries = 100)
    @Label("CTX-7 Post sees its posters context")
    default void ctx7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-7", choices);
    }

    @Property(tries = 100)
    @Label("CTX-8 Job does not see its callers context")
    default void ctx8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("CTX-8", choices);
    }
}
