/** The asyncio model: awaitables, futures, tasks, the event loop, and how engines are found. */
module heddle.api {
    requires static transitive org.jspecify;

    exports heddle.api;
    exports heddle.api.network;
    exports heddle.api.spi;

    uses heddle.api.spi.EngineProvider;
}
