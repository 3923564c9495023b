package heddle.tck.program;

import java.util.function.Predicate;

/**
 * A rule of asyncio, and how to tell that a recorded program exercises it.
 *
 * @param rule its number
 * @param name what it says, in a line
 * @param isIn whether it is in a program
 */
record Exercise(int rule, String name, Predicate<Seen> isIn) {

    /** What completes a future, in a sequence of lines. */
    static final String SET = "(?:set_result|set_exception|cancel) ";

    /** An ordinary failure. */
    static final String BAD = "(?:ValueError|KeyError|RuntimeError).*";

    /** One that is seen as a sequence of lines, or as several. */
    static Exercise of(int rule, String name, String... orders) {
        return new Exercise(rule, name, seen -> {
            for (String order : orders) {
                if (!seen.order(order)) {
                    return false;
                }
            }
            return true;
        });
    }
}
