package heddle.bench;

/** Time that a program waited by design, and that isn't a cost; the harness takes it off. */
final class Idle {

    private static long nanos;

    private Idle() {}

    /** Waits until {@code deadline} of {@link System#nanoTime()}, without giving the thread away. */
    static void spinUntil(long deadline) {
        long begin = System.nanoTime();
        while (System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        nanos += System.nanoTime() - begin;
    }

    /** How long it was since the last call. */
    static long take() {
        long taken = nanos;
        nanos = 0;
        return taken;
    }
}
