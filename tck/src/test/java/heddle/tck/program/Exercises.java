package heddle.tck.program;

import java.util.List;
import java.util.stream.Stream;

/** The rules of asyncio that programs of the language can show, each with what must be seen in a program that shows it. */
final class Exercises {

    private Exercises() {}

    /** All, in the order of the rules. */
    static List<Exercise> all() {
        return Stream.of(LoopExercises.all(), TaskExercises.all(), WaitExercises.all(), GroupExercises.all())
                .flatMap(List::stream)
                .toList();
    }
}
