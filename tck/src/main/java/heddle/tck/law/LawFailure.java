package heddle.tck.law;

/** An engine didn't do what a law expects of it. */
public final class LawFailure extends AssertionError {

    private static final long serialVersionUID = 1;

    public LawFailure(String message) {
        super(message);
    }

    public LawFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
