package heddle.tck.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Programs that are a little smaller than one. */
public final class Smaller {

    private static final List<String> BLOCKS = List.of("body", "then", "else", "finally");

    private Smaller() {}

    /**
     * Every program with something left out, the largest parts first: some statements, what is around others, or repetitions.
     *
     * @param program a program
     * @return others
     */
    public static List<Program> than(Program program) {
        List<Program> all = new ArrayList<>();
        program.bodies()
                .forEach((name, block) -> blocks(block)
                        .forEach(smaller -> all.add(
                                used(with(program.bodies(), name, smaller), program.callbacks(), program.drive()))));
        program.callbacks()
                .forEach((name, block) -> blocks(block)
                        .forEach(smaller -> all.add(
                                used(program.bodies(), with(program.callbacks(), name, smaller), program.drive()))));
        blocks(program.drive()).forEach(smaller -> all.add(used(program.bodies(), program.callbacks(), smaller)));
        return all;
    }

    private static Map<String, List<Statement>> with(
            Map<String, List<Statement>> named, String name, List<Statement> block) {
        Map<String, List<Statement>> changed = new LinkedHashMap<>(named);
        changed.put(name, block);
        return changed;
    }

    /** Without the bodies and callbacks that no statement names. */
    private static Program used(
            Map<String, List<Statement>> bodies, Map<String, List<Statement>> callbacks, List<Statement> drive) {
        Program whole = new Program(bodies, callbacks, drive);
        Set<String> begun = whole.statements().flatMap(Statement::bodies).collect(Collectors.toSet());
        Set<String> called = whole.statements()
                .filter(s -> s.has("callback"))
                .map(s -> s.text("callback"))
                .collect(Collectors.toSet());
        Map<String, List<Statement>> usedBodies = new LinkedHashMap<>(bodies);
        usedBodies.keySet().removeIf(name -> !name.equals("main") && !begun.contains(name));
        Map<String, List<Statement>> usedCallbacks = new LinkedHashMap<>(callbacks);
        usedCallbacks.keySet().removeIf(name -> !called.contains(name));
        return new Program(usedBodies, usedCallbacks, drive);
    }

    private static List<List<Statement>> blocks(List<Statement> block) {
        List<List<Statement>> all = new ArrayList<>();
        for (int cut = block.size(); cut > 0; cut /= 2) {
            for (int from = 0; from + cut <= block.size(); from += cut) {
                all.add(replaced(block, from, cut, List.of()));
            }
        }
        for (int i = 0; i < block.size(); i++) {
            Statement s = block.get(i);
            for (String part : BLOCKS) {
                if (!s.block(part).isEmpty()) {
                    all.add(replaced(block, i, 1, s.block(part)));
                }
            }
            for (Statement smaller : statements(s)) {
                all.add(replaced(block, i, 1, List.of(smaller)));
            }
        }
        return all;
    }

    private static List<Statement> replaced(List<Statement> block, int from, int cut, List<Statement> by) {
        List<Statement> changed = new ArrayList<>(block.subList(0, from));
        changed.addAll(by);
        changed.addAll(block.subList(from + cut, block.size()));
        return List.copyOf(changed);
    }

    private static List<Statement> statements(Statement s) {
        List<Statement> all = new ArrayList<>();
        if (s.op() == Op.REPEAT && s.integer("n") > 1) {
            all.add(with(s, "n", (long) s.integer("n") - 1));
        }
        for (String part : BLOCKS) {
            blocks(s.block(part)).forEach(smaller -> all.add(with(s, part, smaller)));
        }
        List<Handler> handlers = s.handlers();
        for (int i = 0; i < handlers.size(); i++) {
            List<Handler> fewer = new ArrayList<>(handlers);
            Handler handler = fewer.remove(i);
            all.add(with(s, "except", fewer));
            for (List<Statement> smaller : blocks(handler.body())) {
                List<Handler> changed = new ArrayList<>(handlers);
                changed.set(i, new Handler(handler.kinds(), smaller));
                all.add(with(s, "except", changed));
            }
        }
        return all;
    }

    private static Statement with(Statement s, String field, Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(s.fields());
        fields.put(field, value);
        return new Statement(s.op(), fields);
    }
}
