package heddle.dsl;

import heddle.api.Future;
import java.util.List;
import java.util.Objects;

/**
 * How the members of a wait stood when it ended: what {@link Heddle#waitUntil} gives. More than one may be done, also of
 * those that only one was waited for (asyncio-rule 111).
 *
 * @param done those that are done, in the order of the arguments; copied
 * @param pending those that aren't, in the order of the arguments; copied
 * @param <F> the type of the members
 */
public record DoneAndPending<F extends Future<?>>(List<F> done, List<F> pending) {

    /**
     * Copies both.
     *
     * @param done those that are done, in the order of the arguments; copied
     * @param pending those that aren't, in the order of the arguments; copied
     * @throws NullPointerException if one is null, or holds null
     */
    public DoneAndPending {
        done = List.copyOf(Objects.requireNonNull(done, "done"));
        pending = List.copyOf(Objects.requireNonNull(pending, "pending"));
    }

    @Override
    public String toString() {
        return done.size() + " done, " + pending.size() + " pending";
    }
}
