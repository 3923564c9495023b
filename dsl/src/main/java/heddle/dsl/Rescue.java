package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.CoroutineExit;
import heddle.api.ThrowingFunction;
import org.jspecify.annotations.Nullable;

/** What the verb {@code recover} takes, and what it does with it. */
record Rescue(Class<? extends Throwable> type, ThrowingFunction<?, ?> function) {

    @SuppressWarnings("unchecked") // it is given what it takes
    @Nullable
    Object apply(Throwable e) throws Exception {
        return ((ThrowingFunction<Throwable, ?>) function).apply(e);
    }

    boolean takes(Throwable e) {
        return (e instanceof CancelledError || e instanceof CoroutineExit) ? type == e.getClass() : type.isInstance(e);
    }
}
