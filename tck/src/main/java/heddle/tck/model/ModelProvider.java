package heddle.tck.model;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import java.util.Set;

/** Offers the reference model as an engine; the kit names it in code, so no lookup finds it. */
public class ModelProvider implements EngineProvider {

    /** What the model can do without its network. */
    static final Set<Capability> CAPABILITIES =
            Set.of(Capability.DRIVEN, Capability.VIRTUAL_TIME, Capability.TURN_EXACT, Capability.THREADS);

    /** A provider of the model. */
    public ModelProvider() {}

    @Override
    public String name() {
        return "model";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Set<Capability> capabilities() {
        return NetworkedLoop.CAPABILITIES;
    }

    @Override
    public EventLoop newEventLoop(EngineOptions options) {
        return new NetworkedLoop(options);
    }
}
