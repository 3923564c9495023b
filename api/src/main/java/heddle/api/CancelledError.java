package heddle.api;

import heddle.api.spi.Display;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a cancelled coroutine meets where it waits, and what reading a cancelled future throws.
 *
 * <p>It is an {@link Error} so that {@code catch (Exception e)} can't swallow a cancellation by accident. Code that cleans
 * up uses {@code finally}; code that means to catch it says so, and throws it on unless it knows better.
 *
 * <p>It has no stack trace of its own, since it is made by the loop: {@link #origin()} says who cancelled, and where.
 */
public final class CancelledError extends Error {

    private static final long serialVersionUID = 1;

    private final transient @Nullable Origin origin;

    /** One without a message or an origin. */
    public CancelledError() {
        this(null, null);
    }

    /**
     * One without an origin.
     *
     * @param message the message; null for none
     */
    public CancelledError(@Nullable String message) {
        this(message, null);
    }

    /**
     * One with both.
     *
     * @param message the message; null for none
     * @param origin who asked for it; null if that isn't known
     */
    public CancelledError(@Nullable String message, @Nullable Origin origin) {
        super(message, null, true, false);
        this.origin = origin;
    }

    /**
     * Who asked for the cancellation, and where.
     *
     * @return the origin, or null if it isn't known
     */
    public @Nullable Origin origin() {
        return origin;
    }

    /**
     * Where a cancellation came from.
     *
     * @param who the name of the task, of the thread if it was no task, or what it was in the library: {@code timeout of 1s
     *     around Task-2}
     * @param where the line of the program that called cancel; null if there is none, or it isn't known
     */
    public record Origin(String who, @Nullable StackTraceElement where) {
        /**
         * Checks what must not be null.
         *
         * @param who the name of the task, of the thread if it was no task, or what it was in the library: {@code timeout of 1s
         *     around Task-2}
         * @param where the line of the program that called cancel; null if there is none, or it isn't known
         * @throws NullPointerException if {@code who} is null
         */
        public Origin {
            Objects.requireNonNull(who, "who");
        }

        @Override
        public String toString() {
            String shown = Display.escape(who, 60);
            return where == null ? shown : shown + " at " + Display.escape(where.toString(), 90);
        }
    }
}
