package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.Future;
import heddle.api.spi.Traces;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How errors and cancels are passed on. */
final class Throwables {

    private static final int MOST_SUPPRESSED = 16;

    private Throwables() {}

    /** Throws {@code e} as it is, checked or not. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException raise(Throwable e) throws X {
        throw (X) e;
    }

    /** Throws {@code e} at a caller outside of any loop, with a trace for people. */
    static RuntimeException shown(Throwable e) {
        Traces.trim(e, List.of(Thread.currentThread().getStackTrace()));
        throw raise(e);
    }

    /** Whether {@code e} ends the loop: the JVM is failing, or the thread is being stopped. */
    @SuppressWarnings("removal") // JShell still stops a snippet with it
    static boolean isFatal(Throwable e) {
        return (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) || e instanceof ThreadDeath;
    }

    /**
     * {@code e}, which replaces {@code earlier} and carries it along. One that is thrown again and again, as that of a
     * broken connection, carries the first few: it would grow for ever.
     */
    static Throwable replacing(Throwable e, Throwable earlier) {
        if (e != earlier && e.getSuppressed().length < MOST_SUPPRESSED) {
            e.addSuppressed(earlier);
        }
        return e;
    }

    /** Cancels a future on behalf of {@code origin}; of the caller if that isn't known. */
    static void cancel(Future<?> future, CancelledError.@Nullable Origin origin) {
        if (origin == null) {
            future.cancel();
        } else {
            future.cancel(null, origin);
        }
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
