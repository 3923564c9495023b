package heddle.tck.program;

import org.jspecify.annotations.Nullable;

/** What one run of a body or callback knows. */
final class Frame {

    /** The value of its last action or await. */
    @Nullable
    Object last;

    /** What its {@code except} part caught. */
    @Nullable
    Throwable caught;

    /** What it returns. */
    @Nullable
    Object returned;

    /** A field's value, where {@code $last} stands for the last value. */
    @Nullable
    Object value(Statement s, String field) {
        Object value = s.value(field);
        return "$last".equals(value) ? last : value;
    }
}
