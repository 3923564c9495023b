package heddle.engine.netty;

import heddle.api.spi.EngineProvider;
import heddle.tck.EngineTck;

/** The engine that drives a Netty loop keeps every rule. */
class NettyTckTest extends EngineTck {
    @Override
    public EngineProvider engine() {
        return new NettyEngine();
    }
}
