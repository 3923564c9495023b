/** The interfaces of the event loop, and nothing else. */
module heddle.api {
    requires static org.jspecify;
}
