package heddle.api;

/** The two ways in which a {@linkplain Coroutine#step() step} ends without waiting for a future. */
public enum Pause implements Suspension {
    /** Let every other ready callback run first; step again in the next turn (asyncio-rule 51). */
    YIELD,
    /** The code ended: {@link Coroutine#result()} has its value. */
    FINISHED
}
