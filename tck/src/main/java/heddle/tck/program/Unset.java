package heddle.tck.program;

/** A statement names something that doesn't exist (yet). */
final class Unset extends Exception {
    private static final long serialVersionUID = 1;

    Unset(String name) {
        super(name, null, false, false);
    }
}
