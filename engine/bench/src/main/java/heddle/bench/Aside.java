package heddle.bench;

/** Time of a run that isn't a cost of what is measured; the harness takes it off. */
final class Aside {

    private static long nanos;

    private Aside() {}

    /** Waits until {@code deadline} of {@link System#nanoTime()}, without giving the thread away. */
    static void spinUntil(long deadline) {
        long begin = System.nanoTime();
        while (System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        since(begin);
    }

    /** What was done from {@code begin} until now was preparation. */
    static void since(long begin) {
        nanos += System.nanoTime() - begin;
    }

    /** How long it was since the last call. */
    static long take() {
        long taken = nanos;
        nanos = 0;
        return taken;
    }
}
