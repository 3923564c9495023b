package heddle.tck;

import heddle.tck.law.Choices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** The rules of the chapter TASK, as properties. */
interface TaskRules extends UnderTest {

    @Property(tries = 100)
    @Label("TASK-1 Creating a task runs nothing of it")
    default void task1(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-1", choices);
    }

    @Property(tries = 100)
    @Label("TASK-2 First steps queue with callbacks")
    default void task2(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-2", choices);
    }

    @Property(tries = 100)
    @Label("TASK-3 Result is there when the body ends")
    default void task3(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-3", choices);
    }

    @Property(tries = 100)
    @Label("TASK-4 Any throwable is the tasks outcome")
    default void task4(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-4", choices);
    }

    @Property(tries = 100)
    @Label("TASK-5 Yielding tasks take turns")
    default void task5(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-5", choices);
    }

    @Property(tries = 100)
    @Label("TASK-6 Awaited outcome is handed over")
    default void task6(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-6", choices);
    }

    @Property(tries = 100)
    @Label("TASK-7 Yield costs one turn")
    default void task7(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-7", choices);
    }

    @Property(tries = 100)
    @Label("TASK-8 Waking up costs one turn")
    default void task8(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-8", choices);
    }

    @Property(tries = 100)
    @Label("TASK-9 End of a task is heard one turn later")
    default void task9(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-9", choices);
    }

    @Property(tries = 4)
    @Label("TASK-10 Task can not await itself")
    default void task10(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-10", choices);
    }

    @Property(tries = 4)
    @Label("TASK-11 Future of another loop is refused")
    default void task11(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-11", choices);
    }

    @Property(tries = 4)
    @Label("TASK-12 Step that ends in nothing is refused")
    default void task12(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-12", choices);
    }

    @Property(tries = 100)
    @Label("TASK-13 Code between pauses is atomic")
    default void task13(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-13", choices);
    }

    @Property(tries = 100)
    @Label("TASK-14 Current task is the one that steps")
    default void task14(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-14", choices);
    }

    @Property(tries = 100)
    @Label("TASK-15 All tasks are those of the loop that are not done")
    default void task15(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-15", choices);
    }

    @Property(tries = 100)
    @Label("TASK-16 Task says what it waits for")
    default void task16(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-16", choices);
    }

    @Property(tries = 100)
    @Label("TASK-17 Tasks have names")
    default void task17(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-17", choices);
    }

    @Property(tries = 100)
    @Label("TASK-18 Message of a cancelled task is taken once")
    default void task18(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-18", choices);
    }

    @Property(tries = 1)
    @Label("TASK-19 Loop holds its tasks")
    default void task19(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-19", choices);
    }

    @Property(tries = 100)
    @Label("TASK-20 Coroutine is made once and not stepped after its end")
    default void task20(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-20", choices);
    }

    @Property(tries = 100)
    @Label("TASK-21 Observers see the life of a task")
    default void task21(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-21", choices);
    }

    @Property(tries = 100)
    @Label("TASK-22 Tasks run as in the model")
    default void task22(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-22", choices);
    }

    @Property(tries = 2)
    @Label("TASK-23 Loop lets go of done tasks")
    default void task23(@ForAll(supplier = AnyChoices.class) Choices choices) {
        check("TASK-23", choices);
    }
}
