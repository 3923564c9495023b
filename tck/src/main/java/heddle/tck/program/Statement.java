package heddle.tck.program;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a program: what to do, and with what. Which fields there are depends on {@link Op#fields}.
 *
 * @param op what to do
 * @param fields with what: JSON values; blocks are lists of statements, {@code of} is a {@link Ref} or a list of them,
 *     {@code except} a list of {@link Handler}s, {@code exception} a {@link Failure}
 */
public record Statement(Op op, Map<String, @Nullable Object> fields) {

    private static final List<String> IN_KEY = List.of("body", "callback", "var", "cell", "kind", "as");
    private static final List<String> BLOCKS = List.of("body", "then", "else", "finally");

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** A JSON value; null where the field is absent. */
    @Nullable
    Object value(String field) {
        return fields.get(field);
    }

    String text(String field) {
        return (String) present(field);
    }

    double number(String field) {
        return ((Number) present(field)).doubleValue();
    }

    /** A time; infinity where the field is null or absent. */
    double seconds(String field) {
        return fields.get(field) == null ? Double.POSITIVE_INFINITY : number(field);
    }

    int integer(String field) {
        return ((Number) present(field)).intValue();
    }

    /** A field that is true or absent. */
    boolean flag(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    /** Raises its exception or, without one, what was caught. */
    void raise(Me me) {
        if (has("exception")) {
            me.raises(failure().make());
        } else {
            me.raisesAgain();
        }
    }

    Failure failure() {
        return (Failure) present("exception");
    }

    /** What it is about, where that is one thing. */
    Ref of() {
        return (Ref) present("of");
    }

    /** What it is about, where that are several. */
    @SuppressWarnings("unchecked") // so it was read
    List<Ref> members() {
        return (List<Ref>) present("of");
    }

    /** Statements in it; none where the field is absent. */
    @SuppressWarnings("unchecked") // so it was read
    List<Statement> block(String field) {
        return fields.get(field) instanceof List<?> block ? (List<Statement>) block : List.of();
    }

    @SuppressWarnings("unchecked") // so it was read
    List<Handler> handlers() {
        return has("except") ? (List<Handler>) present("except") : List.of();
    }

    private Object present(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException(op + " has no " + field);
        }
        return value;
    }

    /** The bodies of which it makes coroutine objects. */
    Stream<String> bodies() {
        Object of = fields.get("of");
        Stream<?> refs = of instanceof List<?> several ? several.stream() : Stream.ofNullable(of);
        Stream<String> fresh = refs.filter(Ref.FreshBody.class::isInstance).map(ref -> ((Ref.FreshBody) ref).body());
        return fields.get("body") instanceof String name ? Stream.concat(fresh, Stream.of(name)) : fresh;
    }

    /** This statement and all in it, outermost first. */
    Stream<Statement> withNested() {
        Stream<Statement> blocks = BLOCKS.stream().flatMap(part -> block(part).stream());
        Stream<Statement> handled = handlers().stream().flatMap(handler -> handler.body().stream());
        return Stream.concat(Stream.of(this), Stream.concat(blocks, handled).flatMap(Statement::withNested));
    }

    /** What it is called in a trace: its op, and what it is about. */
    String key() {
        StringBuilder key = new StringBuilder(op.toString());
        Object of = fields.get("of");
        if (of instanceof List<?> refs) {
            key.append(refs.stream().map(Object::toString).collect(Collectors.joining(", ", " [", "]")));
        } else if (of != null) {
            key.append(' ').append(of);
        }
        for (String field : IN_KEY) {
            if (fields.get(field) instanceof String text) {
                key.append(' ').append(text);
            }
        }
        return key.toString();
    }
}
