package heddle.engine.netty;

import heddle.api.spi.EngineProvider;
import heddle.tck.LibraryTck;

/** The library's programs run on the engine that drives a Netty loop as on CPython. */
class NettyLibraryTest extends LibraryTck {
    @Override
    protected EngineProvider engine() {
        return new NettyEngine();
    }
}
