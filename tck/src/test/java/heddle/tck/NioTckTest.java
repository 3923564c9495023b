package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;

/** The engine that comes with Heddle keeps every rule. */
class NioTckTest extends EngineTck {
    @Override
    public EngineProvider engine() {
        return Engines.provider("nio");
    }
}
