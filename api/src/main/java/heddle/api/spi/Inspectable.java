package heddle.api.spi;

import heddle.api.Handle;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop that shows what it is about to do. It is for looking, at a prompt or in a debugger: programs don't depend on it. Its
 * methods are for the thread that speaks for the loop.
 */
public interface Inspectable {

    /**
     * What is ready, in the order in which it will run: handles, tasks whose next step is due, and whatever else the engine
     * queues; each prints itself.
     *
     * @return a snapshot, never null
     */
    List<Object> ready();

    /**
     * The timers that aren't due yet and weren't cancelled, in the order in which they will be.
     *
     * @return a snapshot, never null
     */
    List<TimerHandle> timers();

    /**
     * What a handle of this loop will call.
     *
     * @param handle a handle; never null
     * @return its callback; null once it ran or was cancelled, and where the loop can't tell
     */
    default @Nullable ThrowingRunnable callback(Handle handle) {
        return null;
    }
}
