package heddle.tck.program;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program: coroutine functions, callbacks, and how to begin. With {@code drive} it runs the loop itself, by those
 * statements; without it is {@code run(main)}.
 *
 * @param bodies the coroutine functions by name
 * @param callbacks the callbacks by name
 * @param drive what happens outside of the loop; empty if there is a body {@code main}
 */
public record Program(
        Map<String, List<Statement>> bodies, Map<String, List<Statement>> callbacks, List<Statement> drive) {

    /** Whether it runs the loop itself. */
    boolean drives() {
        return !bodies.containsKey("main");
    }

    List<Statement> body(String name) {
        return found(bodies, name);
    }

    List<Statement> callback(String name) {
        return found(callbacks, name);
    }

    private static List<Statement> found(Map<String, List<Statement>> blocks, String name) {
        List<Statement> block = blocks.get(name);
        if (block == null) {
            throw new IllegalArgumentException("the program has no " + name);
        }
        return block;
    }

    /**
     * All its statements, nested ones included.
     *
     * @return a stream, to be used once
     */
    public Stream<Statement> statements() {
        return Stream.of(bodies.values().stream(), callbacks.values().stream(), Stream.of(drive))
                .flatMap(blocks -> blocks)
                .flatMap(List::stream)
                .flatMap(Statement::withNested);
    }
}
