package heddle.tck.program;

/** Throws what the compiler would have declared. */
final class Throwing {

    private Throwing() {}

    /** Throws {@code e} as it is; to be written {@code throw raise(e)}. */
    @SuppressWarnings("unchecked") // the point of it: the cast is erased
    static <E extends Throwable> RuntimeException raise(Throwable e) throws E {
        throw (E) e;
    }
}
