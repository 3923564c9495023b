package heddle.api;

import heddle.api.spi.Display;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value belongs to the current {@link Context}, so that each task has its own; Python's
 * contextvars.ContextVar. Use it where code on threads would use a {@link ThreadLocal}.
 *
 * <p>Keep it in a static final field. Safe from any thread: each reads and writes its own current context.
 *
 * @param <T> the type of its values, which may be null
 */
public final class ContextVar<T extends @Nullable Object> {

    private final String name;
    private final @Nullable T initial;
    private final boolean hasInitial;

    private ContextVar(String name, @Nullable T initial, boolean hasInitial) {
        this.name = Objects.requireNonNull(name, "name");
        this.initial = initial;
        this.hasInitial = hasInitial;
    }

    /**
     * A variable without a default.
     *
     * @param name its name, for messages; never null
     * @param <T> the type of its values
     * @return a new variable
     */
    public static <T extends @Nullable Object> ContextVar<T> of(String name) {
        return new ContextVar<>(name, null, false);
    }

    /**
     * A variable with a default.
     *
     * @param name its name, for messages; never null
     * @param initial its value where it was never set; may be null
     * @param <T> the type of its values
     * @return a new variable
     */
    public static <T extends @Nullable Object> ContextVar<T> of(String name, T initial) {
        return new ContextVar<>(name, initial, true);
    }

    /**
     * Its name.
     *
     * @return never null
     */
    public String name() {
        return name;
    }

    /**
     * Its value in the current context, else its default.
     *
     * @return the value, which may be null
     * @throws NoSuchElementException if it has neither
     */
    public T get() {
        Context context = LoopBinding.currentValues();
        if (context.contains(this)) {
            return context.get(this);
        }
        if (!hasInitial) {
            throw new NoSuchElementException(this + " has no value here and no default: set it, or use orElse");
        }
        return cast(initial);
    }

    /**
     * Its value in the current context, else {@code other}; its default doesn't count.
     *
     * @param other what to return where it was never set; may be null
     * @return the value or {@code other}
     */
    public T orElse(T other) {
        Context context = LoopBinding.currentValues();
        return context.contains(this) ? context.get(this) : other;
    }

    /**
     * Sets its value in the current context.
     *
     * @param value the value; may be null
     * @return what undoes this with {@link #reset}
     */
    public Token<T> set(T value) {
        Context context = LoopBinding.here().context();
        Token<T> token =
                new Token<>(this, context, context.contains(this) ? context.get(this) : null, context.contains(this));
        context.put(this, value);
        return token;
    }

    /**
     * Puts back the value that it had before the {@code set} that returned {@code token}.
     *
     * @param token what {@code set} returned; never null, and used once
     * @throws IllegalArgumentException if the token is another variable's or another context's
     * @throws IllegalStateException if the token was used already
     */
    public void reset(Token<T> token) {
        Objects.requireNonNull(token, "token");
        if (token.variable != this) {
            throw new IllegalArgumentException("the token is of " + token.variable + ", not of " + this);
        }
        Context context = LoopBinding.here().context();
        if (token.context != context) {
            throw new IllegalArgumentException("the token of " + this + " was made in a different context");
        }
        if (token.used) {
            throw new IllegalStateException("the token of " + this + " was used already: each set gives one reset");
        }
        token.used = true;
        if (token.hadValue) {
            context.put(this, token.before);
        } else {
            context.remove(this);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a context stores a variable's own values only, null among them
    T cast(@Nullable Object value) {
        return (T) value;
    }

    @Override
    public String toString() {
        return "ContextVar " + Display.escape(name, 40);
    }

    /**
     * What {@link ContextVar#set} returns, to undo it once.
     *
     * @param <T> the type of the variable's values
     */
    public static final class Token<T extends @Nullable Object> {
        private final ContextVar<T> variable;
        private final Context context;
        private final @Nullable T before;
        private final boolean hadValue;
        private boolean used;

        private Token(ContextVar<T> variable, Context context, @Nullable T before, boolean hadValue) {
            this.variable = variable;
            this.context = context;
            this.before = before;
            this.hadValue = hadValue;
        }

        @Override
        public String toString() {
            return "Token of " + variable;
        }
    }
}
