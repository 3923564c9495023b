/** What programs are written with: chains, direct-style coroutines, gather, groups, locks, queues. */
module heddle.dsl {
    requires static org.jspecify;
    requires transitive heddle.api;
    requires java.management;

    exports heddle.dsl;
    exports heddle.stream;
    exports heddle.sync;
    exports heddle.view;
}
