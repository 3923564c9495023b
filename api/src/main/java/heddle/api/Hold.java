package heddle.api;

/**
 * A claim that something outside the loop will wake it. While a hold is open the loop is never called deadlocked, and
 * virtual time doesn't jump.
 */
public interface Hold extends AutoCloseable {

    /**
     * What was claimed.
     *
     * @return the reason that was given, never null
     */
    String why();

    /** Gives the claim up; a second call does nothing. Safe from any thread. */
    @Override
    void close();
}
