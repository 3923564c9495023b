package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.Future;

/** How errors are passed on. */
final class Throwables {

    private Throwables() {}

    /** Throws {@code e} as it is, checked or not. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException raise(Throwable e) throws X {
        throw (X) e;
    }

    /** {@code e}, which replaces {@code earlier} and carries it along. */
    static Throwable replacing(Throwable e, Throwable earlier) {
        if (e != earlier) {
            e.addSuppressed(earlier);
        }
        return e;
    }

    /** What awaiting a future that was cancelled throws. */
    static CancelledError cancellationOf(Future<?> cancelled) {
        try {
            cancelled.result();
        } catch (CancelledError e) {
            return e;
        } catch (Exception e) {
            CancelledError error = new CancelledError();
            error.addSuppressed(e);
            return error;
        }
        return new CancelledError();
    }
}
