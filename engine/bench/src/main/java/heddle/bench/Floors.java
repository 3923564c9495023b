package heddle.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** What is allocated, filled, queued and read again at least by whoever creates tasks, gathers futures or keeps timers. */
final class Floors {

    private Floors() {}

    // ---- spawn

    /** As {@link Spawn}: recipes first, then tasks, a turn for each, and the results. */
    static long spawn(int n) {
        List<Recipe> recipes = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            recipes.add(new Recipe(i));
        }
        Ring loop = new Ring();
        List<Spawned> tasks = new ArrayList<>(n);
        for (Recipe each : recipes) {
            Spawned task = new Spawned(each);
            tasks.add(task);
            loop.execute(task);
        }
        loop.run();
        List<Integer> results = new ArrayList<>(n);
        for (Spawned each : tasks) {
            results.add(each.result);
        }
        long sum = 0;
        for (int result : results) {
            sum += result;
        }
        return sum;
    }

    /** 16 bytes, and the box. */
    private record Recipe(Integer value) {}

    /** 56 bytes. */
    @SuppressWarnings("unused") // fields that make it as large
    private static final class Spawned implements Runnable {
        private final Recipe recipe;
        private Integer result = -1;
        private long a;
        private long b;
        private long c;
        private long d;

        Spawned(Recipe recipe) {
            this.recipe = recipe;
        }

        @Override
        public void run() {
            result = recipe.value;
        }
    }

    // ---- gather

    /** As a gather of futures: all made, all done in one callback, a turn for each, and the results. */
    static long gather(int n) {
        Ring loop = new Ring();
        int[] left = {n};
        List<Gathered> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(new Gathered(left));
        }
        for (Gathered each : all) {
            each.result = 1;
            loop.execute(each);
        }
        loop.run();
        List<Integer> results = new ArrayList<>(n);
        for (Gathered each : all) {
            results.add(each.result);
        }
        return left[0] == 0 ? results.size() : -1;
    }

    /** 32 bytes. */
    @SuppressWarnings("unused") // a field that makes it as large
    private static final class Gathered implements Runnable {
        private final int[] left;
        private Integer result = 0;
        private long a;

        Gathered(int[] left) {
            this.left = left;
        }

        @Override
        public void run() {
            left[0]--;
        }
    }

    // ---- timers

    /** As {@link Timers}, with a {@link PriorityQueue}, which is O(log n), and loses all cancelled ones at once. */
    static long timers(int n) {
        PriorityQueue<Timer> queue = new PriorityQueue<>();
        long[] fired = {0};
        LongConsumer end = count -> fired[0] = count;
        Timers.allOf(
                n,
                (nanos, callback) -> {
                    Timer timer = new Timer(nanos, callback);
                    queue.add(timer);
                    return () -> timer.cancelled = true;
                },
                end);
        queue.removeIf(timer -> timer.cancelled);
        for (Timer timer = queue.poll(); timer != null; timer = queue.poll()) {
            timer.callback.run();
        }
        return fired[0];
    }

    /** 48 bytes. */
    @SuppressWarnings("unused") // fields that make it as large
    private static final class Timer implements Comparable<Timer> {
        private final long nanos;
        private final Runnable callback;
        private boolean cancelled;
        private long a;
        private long b;

        Timer(long nanos, Runnable callback) {
            this.nanos = nanos;
            this.callback = callback;
        }

        @Override
        public int compareTo(Timer other) {
            return Long.compare(nanos, other.nanos);
        }
    }
}
