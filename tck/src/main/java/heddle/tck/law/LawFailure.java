package heddle.tck.law;

/** An engine didn't do what a law expects of it. */
final class LawFailure extends AssertionError {

    private static final long serialVersionUID = 1;

    LawFailure(String message) {
        super(message);
    }
}
