package heddle.sync;

import heddle.api.Coroutine;
import heddle.dsl.Chainable;
import heddle.dsl.attempt.Attempt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operation that may wait, as its object hands it out: the same to everybody, since each use of it is a run. */
final class Operation<T extends @Nullable Object> extends Attempt<T> implements Chainable<T> {

    /** What can be tried of it, as in {@link #attempt()}. */
    interface Trial {
        @Nullable
        Object attempt() throws Throwable;
    }

    private final String name;
    private final Trial trial;
    private final Supplier<Coroutine<T>> start;

    /** An operation of which nothing can be said before it is run. */
    Operation(String name, Supplier<Coroutine<T>> start) {
        this(name, () -> MUST_WAIT, start);
    }

    /** An operation of which {@code trial} is all if it needn't wait: the first step of its run, too. */
    Operation(String name, Trial trial, Supplier<Coroutine<T>> start) {
        this.name = name;
        this.trial = trial;
        this.start = start;
    }

    @Override
    public @Nullable Object attempt() throws Throwable {
        return trial.attempt();
    }

    @Override
    public Coroutine<T> coroutine() {
        return start.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
