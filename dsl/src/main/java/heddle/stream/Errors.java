package heddle.stream;

import heddle.api.Future;
import org.jspecify.annotations.Nullable;

/** How errors are passed on. */
final class Errors {

    private Errors() {}

    /** Throws {@code e} as it is, checked or not. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException raise(Throwable e) throws X {
        throw (X) e;
    }

    /** What a future that is done failed with, its cancellation among it; null if it has a result. */
    static @Nullable Throwable of(Future<?> done) {
        try {
            done.result();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
