package heddle.dsl.carrier;

/**
 * How long a thread looks whether a strand that it resumed hands back, before it parks. A body mostly runs for less time than
 * it takes to park and to be unparked; but it only runs meanwhile if another processor takes it. Where none does, looking only
 * delays it: so after a few looks in vain it is left alone for a while. Belongs to one thread.
 */
final class Patience {

    /** Whether there is another processor. */
    static final boolean PAYS = Runtime.getRuntime().availableProcessors() > 1;

    /** Some microseconds. */
    private static final int LOOKS = 256;

    private static final int IN_VAIN = 3;
    private static final int REST = 1_000;

    private int misses;
    private int rest;

    /** Looks for a while; whether the strand paused or ended. */
    boolean sees(ThreadStrand strand) {
        if (rest > 0) {
            rest--;
            return false;
        }
        for (int looks = LOOKS; looks > 0; looks--) {
            if (!strand.runs()) {
                misses = 0;
                return true;
            }
            Thread.onSpinWait();
        }
        if (++misses >= IN_VAIN) {
            rest = REST;
        }
        return false;
    }
}
