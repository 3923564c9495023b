package heddle.tck.law;

import heddle.tck.law.Program.Op;
import heddle.tck.law.Program.Script;
import heddle.tck.law.Program.Verb;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Prints a {@link Program} as Java code in direct style, that does the same. */
final class ProgramCode {

    private static final Set<Verb> PAUSES = Set.of(Verb.YIELD, Verb.AWAIT_FUTURE, Verb.AWAIT_TASK);

    private final Program program;
    private final List<String> lines = new ArrayList<>();
    private final Set<Integer> callbacks = new TreeSet<>();
    private final Set<Integer> tasks = new TreeSet<>();
    private final Deque<Runnable> todo = new ArrayDeque<>();

    private ProgramCode(Program program) {
        this.program = program;
    }

    /** A class of that name, and what it needs imported. */
    static List<String> of(Program program, String className) {
        return new ProgramCode(program).print(className);
    }

    private List<String> print(String className) {
        lines.add("class " + className + " extends Scripted {");
        lines.add("    " + className + "() {");
        lines.add("        super(" + program.done() + "); // so many of the futures are done from the beginning");
        lines.add("    }");
        lines.add("");
        lines.add("    @Override");
        lines.add("    protected void main(String me) throws Exception { // a callback");
        operations(0, false);
        while (!todo.isEmpty()) {
            todo.remove().run();
        }
        lines.add("}");
        List<String> code = new ArrayList<>(List.of(
                "import heddle.api.CancelledError;",
                "import heddle.api.spi.Engines;",
                "import heddle.tck.law.Replay;",
                "import heddle.tck.law.Scripted;",
                "import static heddle.dsl.Heddle.async;",
                "import static heddle.dsl.Heddle.await;",
                ""));
        code.addAll(lines);
        return code;
    }

    private void callback(int script) {
        lines.add("");
        lines.add("    void script" + script + "(String me) throws Exception { // as a callback");
        operations(script, false);
    }

    private void task(int script) {
        lines.add("");
        lines.add("    Object task" + script + "(String me) throws Exception { // script " + script + " as a task");
        lines.add("        int[] swallows = {" + program.scripts().get(script).swallows() + "};");
        operations(script, true);
    }

    private void operations(int number, boolean task) {
        Script script = program.scripts().get(number);
        for (int i = 0; i < script.ops().size(); i++) {
            Op op = script.ops().get(i);
            if (!PAUSES.contains(op.verb())) {
                String statement = statement(number, op);
                if (!statement.isEmpty()) {
                    lines.add("        " + statement);
                }
            } else if (task) {
                pause(op, "awaited" + i, i == script.ops().size() - 1);
            }
        }
        if (task) {
            lines.add("        return me + \"'s value\";");
        }
        lines.add("    }");
    }

    private void pause(Op op, String variable, boolean last) {
        boolean awaits = op.verb() != Verb.YIELD;
        String awaited = awaits ? variable : "YIELD";
        if (awaits) {
            lines.add("        var " + variable + " = " + (op.verb() == Verb.AWAIT_FUTURE ? "future(" : "task(")
                    + op.argument() + ");");
        }
        lines.add("        try {");
        lines.add("            await(once(" + awaited + "));");
        if (awaits && !last) {
            lines.add("            got(me, " + variable + ");");
        }
        lines.add("        } catch (Throwable e) {");
        lines.add("            raised(me, e, swallows);");
        lines.add("        }");
    }

    private String statement(int script, Op op) {
        int n = op.argument();
        int other = program.started(script, n);
        return switch (op.verb()) {
            case CALL_SOON -> other == 0 ? "" : "soon(" + other + ", " + asCallback(other) + ");";
            case CALL_LATER ->
                other == 0 ? "" : "later(" + Program.delay(n) + ", " + other + ", " + asCallback(other) + ");";
            case CREATE_TASK ->
                other == 0 ? "" : "task(" + other + ", name -> async(() -> " + asTask(other) + "(name)));";
            case CANCEL_HANDLE -> "cancelHandle(" + n + ");";
            case STOP -> "loop().stop();";
            case THROW -> "fail(new IllegalArgumentException(\"thrown by \" + me));";
            case THROW_CANCELLED -> "fail(new CancelledError(\"thrown by \" + me));";
            case SET_RESULT -> "attempt(me, () -> future(" + n + ").setResult(\"value " + n + "\"));";
            case SET_EXCEPTION ->
                "attempt(me, () -> future(" + n + ").setException(new Exception(\"problem " + n + "\")));";
            case ADD_CALLBACK -> "future(" + n + ").addDoneCallback(callback(" + n % 2 + "));";
            case REMOVE_CALLBACK ->
                "say(me + \" removed \" + future(" + n + ").removeDoneCallback(callback(" + n % 2 + ")));";
            case CANCEL_FUTURE -> "say(me + \" cancelled: \" + future(" + n + ").cancel(\"by \" + me));";
            case CANCEL_TASK -> "cancelTask(me, " + n + ");";
            case CANCEL_SELF -> "cancelSelf(me);";
            case UNCANCEL -> "uncancel(me, " + n + ");";
            case YIELD, AWAIT_FUTURE, AWAIT_TASK -> throw new AssertionError(op);
        };
    }

    private String asCallback(int script) {
        if (callbacks.add(script)) {
            todo.add(() -> callback(script));
        }
        return "this::script" + script;
    }

    private String asTask(int script) {
        if (tasks.add(script)) {
            todo.add(() -> task(script));
        }
        return "task" + script;
    }
}
