/** Event loops on Netty's. */
module heddle.engine.netty {
    requires static org.jspecify;
    requires transitive heddle.engine;
    requires transitive io.netty.transport;
    requires io.netty.common;

    exports heddle.engine.netty;

    provides heddle.api.spi.EngineProvider with
            heddle.engine.netty.NettyEngine;
}
