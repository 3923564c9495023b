/** What Heddle costs, beside its peers and its floors. Nothing here is for programs: run {@code engine/bench/run}. */
module heddle.engine.bench {
    requires static org.jspecify;
    requires heddle.dsl;
    requires heddle.engine;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.vertx.core;
    requires java.management;
    requires jmh.core;
    requires org.reactivestreams;
    requires reactor.core;
}
