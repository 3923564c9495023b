package heddle.tck.program;

import heddle.tck.Specification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A rule of asyncio that no program of the language can show.
 *
 * @param rule its number
 * @param name what it says, in a line
 * @param why why no program can
 * @param covered what covers it: a rule of the specification, or {@code Class#method} of a test
 */
record Elsewhere(int rule, String name, String why, String covered) {

    private static final String FORM = "heddle.tck.program.NoPythonFormTest#";

    static List<Elsewhere> all() {
        return List.of(
                new Elsewhere(
                        25,
                        "a timer may be early by the clock's resolution",
                        "here none is, see decision 0013: the recorder's clock has no resolution to be early by",
                        "TIME-5"),
                new Elsewhere(28, "a delay of None is refused", "a delay is a double", FORM + "rule28_aDelayIsANumber"),
                new Elsewhere(
                        40,
                        "set_exception makes an exception of a class",
                        "the exception is given",
                        FORM + "rule40_anExceptionIsAnObject"),
                new Elsewhere(
                        41,
                        "StopIteration can't be set as exception",
                        "no exception stands for a return here",
                        FORM + "rules41and68_everyExceptionIsOne"),
                new Elsewhere(46, "futures are for the loop's thread", "programs have one thread", "THREAD-5"),
                new Elsewhere(
                        47,
                        "a task can't be completed by others",
                        "a task is no promise",
                        FORM + "rule47_aTaskIsNoPromise"),
                new Elsewhere(
                        68,
                        "StopIteration out of a body is another error",
                        "no exception stands for a return here",
                        FORM + "rules41and68_everyExceptionIsOne"),
                new Elsewhere(
                        148,
                        "a group can be cancelled",
                        "CPython 3.13 has no TaskGroup.cancel",
                        "heddle.dsl.TaskGroupTest#rule148_cancel_endsWithoutAnError"));
    }

    /** Whether what covers it is there. */
    boolean exists() {
        int hash = covered.indexOf('#');
        if (hash < 0) {
            return Specification.read().rules().stream()
                    .anyMatch(rule -> rule.id().equals(covered));
        }
        String file = "src/test/java/" + covered.substring(0, hash).replace('.', '/') + ".java";
        String method = "@Test\n    void " + covered.substring(hash + 1) + "()";
        try {
            for (String module : List.of(".", "../dsl")) {
                Path path = Path.of(module, file);
                if (Files.exists(path)) {
                    return Files.readString(path).contains(method);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }
}
