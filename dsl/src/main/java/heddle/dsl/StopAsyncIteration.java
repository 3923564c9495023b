package heddle.dsl;

/** The end of an {@link AsyncIterator}: what its {@code next()} fails with when there is no element left. No mistake. */
public final class StopAsyncIteration extends Exception {

    private static final long serialVersionUID = 1;

    /** A new one, without a stack trace. */
    public StopAsyncIteration() {
        super("there is no element left", null, true, false);
    }
}
