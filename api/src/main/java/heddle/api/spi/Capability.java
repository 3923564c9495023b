package heddle.api.spi;

/** What an engine can do beyond the core. What it doesn't claim, it refuses, saying so. */
public enum Capability {
    /** It borrows the thread that runs it; without this it is hosted on a thread of its host's. */
    DRIVEN,
    /** It takes a {@link TimeSource}. */
    VIRTUAL_TIME,
    /** It equals CPython 3.13 turn by turn, not only in order. */
    TURN_EXACT,
    /** Other threads may post to it, and it runs jobs on executors. */
    THREADS,
    /** It has sockets: {@link heddle.api.EventLoop#network()}. */
    NETWORK
}
