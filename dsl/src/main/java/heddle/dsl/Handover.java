package heddle.dsl;

import heddle.api.Pause;
import heddle.api.ThrowingConsumer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Between the code of a generator and whoever asks for its values: the two never run at the same time, and hand over in the
 * fields here. The code's stack holds this, so it must not hold what resumes the code: see {@link Abandonment}.
 */
final class Handover<T extends @Nullable Object> implements Yielder<T>, Callable<@Nullable Void> {

    private final ThrowingConsumer<? super Yielder<T>> code;
    private final boolean mayAwait;
    private @Nullable Body body;

    // Out
    private boolean yielded;
    private @Nullable T value;
    private @Nullable Object result;

    // In
    private @Nullable Object sent;

    /**
     * One run of a generator.
     *
     * @param mayAwait whether the code runs in tasks, and may await
     */
    Handover(ThrowingConsumer<? super Yielder<T>> code, boolean mayAwait) {
        this.code = code;
        this.mayAwait = mayAwait;
    }

    // ---- from inside

    @Override
    public @Nullable Void call() throws Exception {
        Body mine = Body.running();
        if (mine == null) {
            throw new AssertionError("a generator runs without a stack of its own");
        }
        body = mine;
        if (!mayAwait) {
            mine.refuseAwait();
        }
        code.accept(this);
        return null;
    }

    @Override
    public @Nullable Object yield(T next) throws Exception {
        Body mine = body;
        if (mine == null || Body.running() != mine) {
            throw new IllegalStateException(
                    "yield by other code than the generator's own: it can't be paused from here (docs/codes.md#yield)");
        }
        mine.checkCanYield();
        value = next;
        yielded = true;
        mine.pauseFor(Pause.YIELD);
        Object answer = sent;
        sent = null;
        return answer;
    }

    @Override
    public void setResult(@Nullable Object result) {
        this.result = result;
    }

    // ---- from outside

    void send(@Nullable Object answer) {
        sent = answer;
    }

    /** Whether the code paused because it yielded a value, which is to be taken then. */
    boolean hasYielded() {
        boolean has = yielded;
        yielded = false;
        return has;
    }

    @SuppressWarnings("NullAway") // a T, null among them
    T takeValue() {
        T taken = value;
        value = null;
        return taken;
    }

    @Nullable
    Object result() {
        return result;
    }
}
