package heddle.tck.program;

import heddle.api.CancelledError;
import heddle.api.CoroutineExit;
import heddle.dsl.Chain;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** How code ended: with a value, or an error. */
record Outcome(@Nullable Object value, @Nullable Throwable error) {

    /** How code ends in direct style; but for its being closed. */
    static Outcome of(Callable<? extends @Nullable Object> code) {
        try {
            return new Outcome(code.call(), null);
        } catch (CoroutineExit e) {
            throw e;
        } catch (Throwable e) {
            return failed(e);
        }
    }

    /** How a chain ends, whatever that is; but for its being closed, of which nobody hears. */
    static Chain<Outcome> of(Chain<? extends @Nullable Object> chain) {
        return chain.<Outcome>then(value -> new Outcome(value, null))
                .recover(CancelledError.class, Outcome::failed)
                .recover(Throwable.class, Outcome::failed);
    }

    private static Outcome failed(Throwable error) {
        return new Outcome(null, error);
    }

    /** The value, or throws the error. */
    @Nullable
    Object get() {
        if (error != null) {
            throw Throwing.raise(error);
        }
        return value;
    }
}
