package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.CoroutineExit;
import heddle.api.ThrowingFunction;

/** What the verb {@code recover} takes, and what it does with it. */
record Rescue(Class<? extends Throwable> type, ThrowingFunction<?, ?> function) {

    boolean takes(Throwable e) {
        return (e instanceof CancelledError || e instanceof CoroutineExit) ? type == e.getClass() : type.isInstance(e);
    }
}
