package heddle.tck.program;

import static heddle.tck.program.Literals.text;
import static heddle.tck.program.Literals.texts;

import heddle.tck.program.Op.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a program as Java code for the prompt, as chains or in direct style, which does the same. */
public final class Listing {

    private static final Map<String, String> TYPES = new TreeMap<>(Map.of(
            "heddle.api", "CancelledError Context ThrowingRunnable",
            "heddle.dsl", "Chain ReturnWhen",
            "heddle.sync", "Barrier BoundedSemaphore Condition Event LifoQueue Lock Queue Semaphore",
            "java.util", "List NoSuchElementException",
            "java.util.concurrent", "TimeoutException"));

    private final Program program;
    private final Form form;
    private final JavaCode code;
    private final List<String> lines = new ArrayList<>();
    private boolean outer;
    private int depth;
    private int caught;
    private int blocks;

    private Listing(Program program, Form form) {
        this.program = program;
        this.form = form;
        Map<String, Op> made = new HashMap<>();
        program.statements().filter(s -> s.has("as")).forEach(s -> made.put(s.text("as"), s.op()));
        code = new JavaCode(made);
    }

    /**
     * With a headline, and the call that runs it.
     *
     * @param program the program
     * @param form how its bodies are written
     * @param className what to call it
     * @param engine the name of the engine
     * @return lines
     */
    public static String forPrompt(Program program, Form form, String className, String engine) {
        List<String> lines = new ArrayList<>(of(program, form, className));
        lines.add("");
        lines.add("System.out.println(Written.compare(Engines.provider(" + Literals.text(engine) + "), " + className
                + "::new));");
        return lines.stream()
                .map(line -> line.isEmpty() ? "" : "    " + line)
                .collect(Collectors.joining("\n", "  the program, for JShell:\n", ""));
    }

    /** Imports, and a class of that name. */
    static List<String> of(Program program, Form form, String className) {
        return new Listing(program, form).print(className);
    }

    private List<String> print(String className) {
        line("class " + className + " extends Written {");
        depth++;
        line(className + "() {");
        line("    super(" + program.drives() + "); // whether it runs the loop itself");
        line("}");
        if (program.drives()) {
            actions("public void drive(Me me) throws Exception {", program.drive());
        } else {
            line("");
            line("public Chain<Object> main() {");
            line("    return body_main();");
            line("}");
        }
        program.bodies().forEach(this::body);
        program.callbacks()
                .forEach((name, block) -> actions("void callback_" + name + "(Me me) throws Exception {", block));
        depth--;
        line("}");
        lines.addAll(0, imports());
        return lines;
    }

    /** One by one: the prompt imports packages that have types of the same names. */
    private List<String> imports() {
        Set<String> words = lines.stream()
                .flatMap(line -> Arrays.stream(line.split("\\W+")))
                .collect(Collectors.toSet());
        List<String> imports = new ArrayList<>();
        TYPES.forEach((home, types) -> Stream.of(types.split(" "))
                .filter(words::contains)
                .forEach(type -> imports.add("import " + home + "." + type + ";")));
        imports.add("import heddle.api.spi.Engines;");
        imports.add("import heddle.tck.program.*;");
        imports.add("import static heddle.dsl.Heddle.*;");
        imports.add("");
        return imports;
    }

    private void line(String line) {
        lines.add(line.isEmpty() ? "" : "    ".repeat(depth) + line);
    }

    private void actions(String head, List<Statement> block) {
        line("");
        line(head);
        depth++;
        direct(block);
        depth--;
        line("}");
    }

    private void body(String name, List<Statement> block) {
        outer = block.stream()
                .flatMap(Statement::withNested)
                .anyMatch(s -> s.op() == Op.CAUSE || (s.op() == Op.RAISE && !s.has("exception")));
        line("");
        line("Chain<Object> body_" + name + "() {");
        depth++;
        if (form == Form.DIRECT) {
            line("return direct(" + text(name) + ", me -> {");
            depth++;
            direct(block);
            depth--;
            line("});");
        } else {
            line("return chained(" + text(name) + ", me -> {");
            depth++;
            blocks = 0;
            chain("return ", block, List.of());
            depth--;
            line("});");
        }
        depth--;
        line("}");
    }

    // ---- in direct style

    private void direct(List<Statement> block) {
        block.forEach(s -> {
            if (s.op() == Op.AS_COMPLETED) {
                line("me.ended(" + text(s.key()) + ", () -> " + JavaCode.items(s, false) + ");");
            } else if (s.op().kind() == Kind.AWAIT) {
                line("me.await(" + text(s.key()) + ", () -> " + code.of(s) + ");");
            } else if (s.op().kind() == Kind.CONTROL) {
                control(s);
            } else {
                line("me." + act(s) + ";");
            }
        });
    }

    private String act(Statement s) {
        return "act(" + text(s.key()) + ", () -> " + code.of(s) + ")";
    }

    private static String raise(Statement s) {
        return s.has("exception") ? "me.raises(" + Literals.failure(s.failure()) + ")" : "me.raisesAgain()";
    }

    private static String returns(Statement s) {
        return "me.returns(" + JavaCode.last(s, "value") + ")";
    }

    private void control(Statement s) {
        switch (s.op()) {
            case TRY -> tried(s);
            case REPEAT ->
                block(
                        "for (int i" + depth + " = 0; i" + depth + " < " + s.integer("n") + "; i" + depth + "++) {",
                        s.block("body"),
                        "}");
            case IF -> {
                block("if (me.lastIs(" + Literals.value(s.value("is")) + ")) {", s.block("then"), "} else {");
                block("", s.block("else"), "}");
            }
            case RAISE -> line(raise(s) + ";");
            case RETURN -> line(returns(s) + ";");
            case WITH, IN_TIMEOUT, IN_GROUP -> {
                String block = "block" + ++blocks;
                line("ThrowingRunnable " + block + " = () -> {");
                depth++;
                if (s.op() == Op.WITH) {
                    line("me.entered(" + text(s.key()) + ");");
                }
                direct(s.block("body"));
                depth--;
                line("};");
                line("me.within(" + text(s.key()) + ", () -> " + code.block(s) + ".run(" + block + "));");
            }
            default -> throw new AssertionError(s.op());
        }
    }

    private void block(String head, List<Statement> block, String end) {
        if (!head.isEmpty()) {
            line(head);
        }
        depth++;
        direct(block);
        depth--;
        line(end);
    }

    private void tried(Statement s) {
        String finallyHead = s.block("finally").isEmpty() ? "" : " finally {";
        if (s.handlers().isEmpty()) {
            block("try {", s.block("body"), finallyHead.isEmpty() ? "} finally { }" : "}" + finallyHead);
        } else {
            String e = "e" + ++caught;
            block("try {", s.block("body"), "} catch (Throwable " + e + ") {");
            depth++;
            String head = "if";
            for (Handler handler : s.handlers()) {
                line(head + " (me.is(" + e + ", " + texts(handler.kinds()) + ")) {");
                depth++;
                handled(handler, e);
                depth--;
                head = "} else if";
            }
            line("} else {");
            line("    throw " + e + ";");
            line("}");
            depth--;
            line("}" + finallyHead);
        }
        if (!finallyHead.isEmpty()) {
            block("", s.block("finally"), "}");
        }
    }

    /** What was caught before is restored only where somebody asks for it. */
    private void handled(Handler handler, String e) {
        if (!outer) {
            line("me.caught(" + e + ");");
            direct(handler.body());
            return;
        }
        line("var outer" + e + " = me.caught(" + e + ");");
        block("try {", handler.body(), "} finally {");
        line("    me.handled(outer" + e + ");");
        line("}");
    }

    // ---- as chains

    /** A chain, behind some words; chains that it needs are variables before it, which keeps it easy to read, and to compile. */
    private void chain(String begin, List<Statement> block, List<String> first) {
        List<String> steps = new ArrayList<>(first);
        block.forEach(s -> steps.add(step(s)));
        line(begin + "me.block()" + (steps.isEmpty() ? ";" : ""));
        depth += 2;
        for (int i = 0; i < steps.size(); i++) {
            line(steps.get(i) + (i == steps.size() - 1 ? ";" : ""));
        }
        depth -= 2;
    }

    /** The name of a chain that has been printed, or an empty one. */
    private String chain(List<Statement> block, String... first) {
        if (block.isEmpty() && first.length == 0) {
            return "me.block()";
        }
        String name = "block" + ++blocks;
        chain("Chain<Object> " + name + " = ", block, List.of(first));
        return name;
    }

    private String step(Statement s) {
        return switch (s.op().kind()) {
            case AWAIT ->
                ".await(() -> me.awaiting(" + text(s.key()) + ", () -> "
                        + (s.op() == Op.AS_COMPLETED ? JavaCode.items(s, true) : code.of(s)) + "))";
            case CONTROL -> around(s);
            default -> ".tap(x -> me." + act(s) + ")";
        };
    }

    private String around(Statement s) {
        return switch (s.op()) {
            case TRY ->
                ".await(() -> me.tries(" + chain(s.block("body")) + ", List.of("
                        + s.handlers().stream()
                                .map(each -> "me.on(List.of(" + texts(each.kinds()) + "), " + chain(each.body()) + ")")
                                .collect(Collectors.joining(", "))
                        + "), " + chain(s.block("finally")) + "))";
            case REPEAT -> ".await(() -> me.repeat(" + s.integer("n") + ", " + chain(s.block("body")) + "))";
            case IF ->
                ".await(() -> me.lastIs(" + Literals.value(s.value("is")) + ") ? " + chain(s.block("then")) + " : "
                        + chain(s.block("else")) + ")";
            case RAISE -> ".tap(x -> " + raise(s) + ")";
            case RETURN -> ".tap(x -> " + returns(s) + ")";
            case WITH, IN_TIMEOUT, IN_GROUP -> {
                String block = s.op() == Op.WITH
                        ? chain(s.block("body"), ".tap(x -> me.entered(" + text(s.key()) + "))")
                        : chain(s.block("body"));
                yield ".await(() -> me.around(" + text(s.key()) + ", () -> " + code.block(s) + ".around(" + block
                        + ")))";
            }
            default -> throw new AssertionError(s.op());
        };
    }
}
