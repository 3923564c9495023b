package heddle.engine;

/** What is let through, and how. */
final class Throwables {

    private Throwables() {}

    /**
     * Throws {@code e} on if the loop must not go on after it: the JVM is failing, or the thread is being stopped. A stack
     * overflow is the failure of the code that overflowed, and of nothing else.
     */
    static void rethrowFatal(Throwable e) {
        if (isFatal(e)) {
            throw (Error) e;
        }
    }

    @SuppressWarnings("removal") // JShell still stops a snippet with it
    static boolean isFatal(Throwable e) {
        return (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) || e instanceof ThreadDeath;
    }

    /** Throws {@code e} as it is, checked or not. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException raise(Throwable e) throws X {
        throw (X) e;
    }
}
