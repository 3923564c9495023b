package heddle.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a future stands for, when that knows whom it depends on: the tasks of a gather, the owner of a lock. The object given
 * to {@link EventLoop#createFuture(Object)} may implement it; pictures of who awaits whom, and the search for deadlocks, are
 * built on it. Its methods are called by whoever speaks for the loop; they must be quick, and change nothing.
 */
public interface WaitsFor {

    /**
     * The futures that it depends on now; a task that has to act is one of them.
     *
     * @return a snapshot, those that are done among them or not; empty if nobody is known
     */
    List<? extends Future<?>> waitsFor();

    /**
     * Whether each of them has to be done, and nothing else can help. It can't if any one of them is enough, or a timer ends the
     * wait.
     *
     * @return true unless the implementer says otherwise
     */
    default boolean needsAll() {
        return true;
    }

    /**
     * What else ends the wait, in words that go on from "woken by": a timer, another thread, the peer.
     *
     * @return a few words, or null if nothing is known
     */
    default @Nullable String wokenBy() {
        return null;
    }
}
