package heddle.engine.netty;

import heddle.api.spi.EngineProvider;
import heddle.tck.EngineTck;

/** Loops on the loop of a Netty program keep every rule that they claim. */
class HostedOnNettyTckTest extends EngineTck {
    private static final HostedEngine ENGINE = new HostedEngine();

    @Override
    public EngineProvider engine() {
        return ENGINE;
    }
}
