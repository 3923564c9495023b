package heddle.api.spi;

import heddle.api.EventLoop;
import java.util.Set;

/**
 * What an engine offers: a name, and event loops. Name the class in {@code META-INF/services/heddle.api.spi.EngineProvider}
 * and in the {@code provides} of the module, with a public constructor without parameters; {@link Engines} finds it. Threads
 * may ask for loops at the same time, of one object or of several.
 */
public interface EngineProvider {

    /**
     * Its name, by which programs choose it.
     *
     * @return never null, and not blank
     */
    String name();

    /**
     * Which engine is taken when none is chosen: the highest.
     *
     * @return 0 for most; the engine that comes with Heddle has 100
     */
    default int priority() {
        return 0;
    }

    /**
     * What its loops can do beyond the core.
     *
     * @return never null
     */
    Set<Capability> capabilities();

    /**
     * Makes a new loop, which belongs to the caller.
     *
     * @param options how it shall be; never null
     * @return never null
     * @throws UnsupportedOperationException if the options ask for a capability that it doesn't claim
     */
    EventLoop newEventLoop(EngineOptions options);
}
