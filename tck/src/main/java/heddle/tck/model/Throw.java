package heddle.tck.model;

/** Lets code throw what it was given, checked or not, as Python does. */
final class Throw {

    private Throw() {}

    /** Throws {@code error}; declared to return it so that callers can write {@code throw Throw.as(error)}. */
    @SuppressWarnings("unchecked") // erased: nothing is cast at run time
    static <E extends Throwable> RuntimeException as(Throwable error) throws E {
        throw (E) error;
    }
}
