package heddle.api;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The values of all {@linkplain ContextVar context variables} for one line of execution; Python's contextvars.Context. A
 * task runs in a copy of the context it was created in, so its writes don't leak to its creator, and what it awaits
 * directly shares its context (asyncio-rules 161, 162).
 *
 * <p>Copying is cheap whatever the number of variables: copies share an immutable map until one of them writes.
 *
 * <p>Not thread-safe, and current on one thread at a time.
 */
public final class Context {

    private Map<ContextVar<?>, @Nullable Object> values;
    private boolean entered;

    /** What is handed out as a snapshot while nothing is written here; a snapshot is its own. */
    private @Nullable Context snapshot;

    private Context(Map<ContextVar<?>, @Nullable Object> values) {
        this.values = values;
    }

    /**
     * A context in which no variable has a value.
     *
     * @return a new one
     */
    public static Context empty() {
        return new Context(Collections.emptyMap());
    }

    /**
     * A copy of the current context: that of the running callback or task, elsewhere that of the thread.
     *
     * @return a new one
     */
    public static Context copyCurrent() {
        return LoopBinding.currentValues().copy();
    }

    /**
     * A copy, independent of this one from now on.
     *
     * @return a new one
     */
    public Context copy() {
        return new Context(values);
    }

    /** A copy that is never written to, so that one does for all who want one. */
    Context snapshot() {
        Context known = snapshot;
        if (known == null) {
            known = copy();
            known.snapshot = known;
            snapshot = known;
        }
        return known;
    }

    /**
     * This context; if it is a {@linkplain LoopBinding#snapshot() snapshot}, which is nobody's own, a copy. For engines.
     *
     * @return a context that may be written to
     */
    public Context own() {
        return snapshot == this ? copy() : this;
    }

    /**
     * Runs {@code body} with this as the current context; what it sets stays here.
     *
     * @param body what to run; never null
     * @param <R> the type of what it returns
     * @return what {@code body} returned
     * @throws IllegalStateException if this context is current already, here or on another thread
     * @throws Exception what {@code body} throws
     */
    public <R extends @Nullable Object> R run(Callable<R> body) throws Exception {
        Objects.requireNonNull(body, "body");
        if (entered) {
            throw new IllegalStateException("this context is entered already: run a copy() of it");
        }
        LoopBinding binding = LoopBinding.here();
        Context before = binding.context();
        binding.swapContext(this);
        entered = true;
        try {
            return body.call();
        } finally {
            entered = false;
            binding.swapContext(before);
        }
    }

    /**
     * The value that {@code variable} has here; its default doesn't count.
     *
     * @param variable the variable; never null
     * @param <T> the type of its values
     * @return the value, which may be null
     * @throws NoSuchElementException if it was never set here
     */
    public <T extends @Nullable Object> T get(ContextVar<T> variable) {
        if (!contains(variable)) {
            throw new NoSuchElementException(variable + " has no value in this context");
        }
        return variable.cast(values.get(variable));
    }

    /**
     * Whether {@code variable} was set here.
     *
     * @param variable the variable; never null
     * @return true if it has a value, even null
     */
    public boolean contains(ContextVar<?> variable) {
        return values.containsKey(Objects.requireNonNull(variable, "variable"));
    }

    /**
     * The variables that have a value here.
     *
     * @return an immutable snapshot
     */
    public Set<ContextVar<?>> variables() {
        return Collections.unmodifiableSet(values.keySet());
    }

    void put(ContextVar<?> variable, @Nullable Object value) {
        Map<ContextVar<?>, @Nullable Object> next = new HashMap<>(values);
        next.put(variable, value);
        values = next;
        snapshot = null;
    }

    void remove(ContextVar<?> variable) {
        Map<ContextVar<?>, @Nullable Object> next = new HashMap<>(values);
        next.remove(variable);
        values = next;
        snapshot = null;
    }

    @Override
    public String toString() {
        return "Context of " + values.size() + (values.size() == 1 ? " variable" : " variables");
    }
}
