package heddle.jshell;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.engine.nio.NioEngine;
import java.util.Set;

/** An engine that only its class finds, as no service file names it. It refuses its first loop with virtual time. */
public final class UnlistedEngine implements EngineProvider {
    private static boolean refused;

    private final EngineProvider nio = new NioEngine();

    @Override
    public String name() {
        return "unlisted";
    }

    @Override
    public Set<Capability> capabilities() {
        return nio.capabilities();
    }

    @Override
    public EventLoop newEventLoop(EngineOptions options) {
        if (options.timeSource() != null && !refused) {
            refused = true;
            throw new IllegalStateException("not at first");
        }
        return nio.newEventLoop(options);
    }
}
