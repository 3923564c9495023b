package heddle.engine.nio;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import java.util.Objects;
import java.util.Set;

/** The engine that comes with Heddle: {@code nio}. */
public final class NioEngine implements EngineProvider {

    static final Set<Capability> CAPABILITIES = Set.of(
            Capability.DRIVEN, Capability.VIRTUAL_TIME, Capability.TURN_EXACT, Capability.THREADS, Capability.NETWORK);

    /** For {@link java.util.ServiceLoader}. */
    public NioEngine() {}

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public EventLoop newEventLoop(EngineOptions options) {
        return new NioEventLoop(Objects.requireNonNull(options, "options"));
    }

    @Override
    public String toString() {
        return "engine nio";
    }
}
