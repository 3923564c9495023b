package heddle.api.spi;

import heddle.api.TimerHandle;
import java.util.List;

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
}
