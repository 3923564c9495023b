package heddle.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The floor below any growth: a ring whose entries own as much memory as tasks do, in the same order, and read and write it where
 * tasks do, but do nothing else. What it costs more among a million than among a thousand is the machine's memory, and the
 * collector.
 *
 * <p>Bytes are those of a JVM with references of 4 bytes: on heaps below 32 GB.
 */
final class Walk {

    private static final int ARRAY = 16;
    private static final int LINE = 64 / Long.BYTES;

    private final Ring loop = new Ring();
    private long done;

    private Walk() {}

    /**
     * As yielding tasks: 64 bytes that the recipe has (its step 24, the function 16, and what that changes 24), which are made
     * first, then 184 of the task: itself 56, its run 48, and its program 80. A turn touches all.
     */
    static long yields(int tasks, int n) {
        return new Walk().run(tasks, 1, n / tasks, 64, 184, 0);
    }

    /**
     * As pairs of tasks that hand over items: 720 bytes of both, which are the queue, its lines, what the tasks count, and the
     * recipes, then 184 of each task. Each takes a turn for an item, and waits for something new of 92 bytes.
     */
    static long pairs(int pairs, int n) {
        return new Walk().run(2 * pairs, 2, n / pairs, 720, 184, 92) / 2;
    }

    private long run(int walkers, int sharing, int turns, int sharedBytes, int ownBytes, int freshBytes) {
        long begin = System.nanoTime();
        List<Shared> shared = new ArrayList<>(walkers / sharing);
        for (int i = 0; i < walkers / sharing; i++) {
            shared.add(new Shared(sharedBytes - Shared.BYTES));
        }
        for (int i = 0; i < walkers; i++) {
            loop.execute(new Walker(this, shared.get(i / sharing), turns, ownBytes - Walker.BYTES, freshBytes));
        }
        Aside.since(begin);
        loop.run();
        return done;
    }

    private static long[] array(int bytes) {
        return new long[(bytes - ARRAY) / Long.BYTES];
    }

    /** What was made before the tasks. */
    private static final class Shared {
        static final int BYTES = 24;
        private final long[] rest;

        @SuppressWarnings("UnusedVariable") // as the walker's
        Object waiting = this;

        Shared(int bytes) {
            rest = array(bytes);
        }

        void touch() {
            for (int i = 0; i < rest.length; i += LINE) {
                rest[i]++;
            }
        }
    }

    private static final class Walker implements Runnable {
        static final int BYTES = 40;
        private final Walk walk;
        private final Shared shared;
        private final long[] rest;
        private final int freshBytes;
        private int left;

        @SuppressWarnings("UnusedVariable") // written to keep what it refers to
        private Object waiting = this;

        Walker(Walk walk, Shared shared, int turns, int bytes, int freshBytes) {
            this.walk = walk;
            this.shared = shared;
            this.left = turns;
            this.rest = array(bytes);
            this.freshBytes = freshBytes;
        }

        @Override
        public void run() {
            for (int i = 0; i < rest.length; i += LINE) {
                rest[i]++;
            }
            shared.touch();
            if (freshBytes > 0) {
                waiting = array(freshBytes);
                shared.waiting = waiting;
            }
            walk.done++;
            if (--left > 0) {
                walk.loop.execute(this);
            }
        }
    }
}
