package heddle.engine.netty;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import java.util.Objects;
import java.util.Set;

/**
 * The engine {@code netty}: each loop drives a Netty loop of its own, on the thread that runs it, so that Netty's channels
 * and Heddle's tasks share that thread.
 */
public final class NettyEngine implements EngineProvider {

    static final Set<Capability> CAPABILITIES = Set.of(
            Capability.DRIVEN, Capability.VIRTUAL_TIME, Capability.TURN_EXACT, Capability.THREADS, Capability.NETWORK);

    /** For {@link java.util.ServiceLoader}. */
    public NettyEngine() {}

    @Override
    public String name() {
        return "netty";
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public EventLoop newEventLoop(EngineOptions options) {
        return new NettyEventLoop(Objects.requireNonNull(options, "options"));
    }

    @Override
    public String toString() {
        return "engine netty";
    }
}
