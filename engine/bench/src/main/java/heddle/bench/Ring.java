package heddle.bench;

/**
 * The floor below every loop: a ring of runnables, taken in asyncio's turns. Also the loop that CompletableFuture gets, which
 * has none of its own.
 */
final class Ring implements java.util.concurrent.Executor {

    private Runnable[] ring = new Runnable[64];
    private int head;
    private int size;

    @Override
    public void execute(Runnable next) {
        if (size == ring.length) {
            Runnable[] larger = new Runnable[size * 2];
            System.arraycopy(ring, head, larger, 0, size - head);
            System.arraycopy(ring, 0, larger, size - head, head);
            ring = larger;
            head = 0;
        }
        ring[(head + size++) & (ring.length - 1)] = next;
    }

    /** Runs until nothing is ready. */
    void run() {
        while (size > 0) {
            for (int n = size; n > 0; n--) {
                Runnable next = ring[head];
                ring[head] = null;
                head = (head + 1) & (ring.length - 1);
                size--;
                next.run();
            }
        }
    }
}
