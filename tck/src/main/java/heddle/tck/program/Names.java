package heddle.tck.program;

import heddle.api.Context;
import heddle.api.ContextVar;
import heddle.api.Future;
import heddle.api.Task;
import heddle.dsl.ChainFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names of a program stand for: things, cells, context variables. */
final class Names {

    private final Trace trace;
    private final Map<String, Object> things = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> cells = new HashMap<>();
    private final Map<String, ContextVar<@Nullable Object>> variables = new HashMap<>();

    Names(Trace trace) {
        this.trace = trace;
    }

    /** Binds a thing to the name that the statement gives it, if it does. */
    <T> T bind(Statement s, T thing) {
        if (s.has("as")) {
            bind(s.text("as"), thing);
        }
        return thing;
    }

    void bind(String name, Object thing) {
        things.put(name, thing);
    }

    @Nullable
    Object find(String name) {
        return name.equals("self") ? trace.currentTask() : things.get(name);
    }

    Object get(String name) throws Unset {
        Object thing = find(name);
        if (thing == null) {
            throw new Unset(name);
        }
        return thing;
    }

    /** What the statement is about. */
    Object of(Statement s) throws Unset {
        return get(s.of().toString());
    }

    Future<?> future(Statement s) throws Unset {
        return (Future<?>) of(s);
    }

    /** The context that the statement names, or null for the current one. */
    @Nullable
    Context context(Statement s) throws Unset {
        return s.has("context") ? (Context) get(s.text("context")) : null;
    }

    Task<?> task(Statement s) throws Unset {
        return (Task<?>) of(s);
    }

    /** Those of a list that are set. */
    List<Ref> present(Statement s) {
        List<Ref> present = new ArrayList<>();
        for (Ref ref : s.members()) {
            if (!(ref instanceof Ref.Named named) || find(named.name()) != null) {
                present.add(ref);
            }
        }
        return present;
    }

    /** The first name of a thing; a task's own name when it has none. */
    String label(@Nullable Object thing) {
        for (Map.Entry<String, Object> each : things.entrySet()) {
            if (thing != null && same(each.getValue(), thing)) {
                return each.getKey();
            }
        }
        return thing instanceof Task<?> task ? task.name() : "-";
    }

    /** Whether two things are one; two handles of one future are. */
    static boolean same(Object one, Object other) {
        return unwrapped(one) == unwrapped(other);
    }

    private static Object unwrapped(Object thing) {
        return thing instanceof ChainFuture<?> handle ? handle.future() : thing;
    }

    void setCell(String cell, @Nullable Object value) {
        cells.put(cell, value);
    }

    boolean cellIs(String cell, @Nullable Object value) {
        return Normal.value(cells.get(cell)).equals(Normal.value(value));
    }

    ContextVar<@Nullable Object> variable(String name) {
        return variables.computeIfAbsent(name, unused -> ContextVar.of(name, null));
    }
}
