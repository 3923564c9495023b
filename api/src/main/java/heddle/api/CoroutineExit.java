package heddle.api;

/**
 * Thrown where a coroutine waits when it is closed, so that its {@code finally} blocks run; Python's GeneratorExit. An
 * {@link Error}, so that {@code catch (Exception e)} lets it pass. Code that catches it must end without awaiting again.
 */
public final class CoroutineExit extends Error {

    private static final long serialVersionUID = 1;

    /** A new one, without a stack trace. */
    public CoroutineExit() {
        super("the coroutine is closed", null, true, false);
    }
}
