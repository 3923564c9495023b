package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.engine.nio.NioEngine;

/** The engine that comes with Heddle keeps every rule. */
class NioTckTest extends EngineTck {
    @Override
    public EngineProvider engine() {
        return new NioEngine();
    }
}
