/** The default engine, and the skeleton for others. */
module heddle.engine {
    requires static org.jspecify;
    requires transitive heddle.api;
    requires org.slf4j;

    exports heddle.engine;
    exports heddle.engine.nio;

    uses org.slf4j.spi.SLF4JServiceProvider;

    provides heddle.api.spi.EngineProvider with
            heddle.engine.nio.NioEngine;
}
