package heddle.tck.model;

import heddle.api.network.Network;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model's loop with the model's network. */
public class NetworkedLoop extends ModelLoop {

    static final Set<Capability> CAPABILITIES = Set.of(Capability.values());

    private @Nullable ModelNetwork network;

    /**
     * A loop.
     *
     * @param options how it shall be
     */
    public NetworkedLoop(EngineOptions options) {
        super(options);
    }

    @Override
    public final Network network() {
        ModelNetwork made = network;
        if (made == null) {
            made = newNetwork();
            network = made;
        }
        return made;
    }

    /** Makes the network, when it is first asked for. */
    protected ModelNetwork newNetwork() {
        return new ModelNetwork(this);
    }

    @Override
    public final Set<Capability> capabilities() {
        return CAPABILITIES;
    }
}
