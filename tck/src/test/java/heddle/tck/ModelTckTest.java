package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.model.ModelProvider;

/** The reference model keeps every rule. */
class ModelTckTest extends EngineTck {
    @Override
    public EngineProvider engine() {
        return new ModelProvider();
    }
}
