/** The default engine: an NIO event loop. */
module heddle.engine {
    requires static org.jspecify;
    requires transitive heddle.api;
    requires org.slf4j;
}
