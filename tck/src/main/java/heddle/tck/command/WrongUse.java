package heddle.tck.command;

/** The kit could not run as it was asked to; the message says why, and what was expected. */
public final class WrongUse extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for people.
     *
     * @param message why, and what to do; never null
     */
    public WrongUse(String message) {
        super(message);
    }
}
