package heddle.api;

/**
 * What a {@linkplain Coroutine#step() step} ends in: a {@link Future} of the loop that runs it, or one of the two constants
 * of {@link Pause}. There is nothing else; null is refused in the task that stepped (asyncio-rule 66).
 */
public sealed interface Suspension permits Future, Pause {}
