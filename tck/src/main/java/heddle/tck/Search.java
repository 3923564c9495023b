package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.law.Choices;
import heddle.tck.law.Laws;
import heddle.tck.law.Snippet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Looks for a program that breaks a rule, and then for the smallest one. */
final class Search {

    private static final int LONGEST = 80;

    /** How many numbers a part of a program is drawn from, at most. */
    private static final int LONGEST_ITEM = 3;

    private static final int SHRINKS = 2_000;

    /** How long to look for smaller programs: the verdict stands before. */
    private static final long SHRINKING = 10_000_000_000L;

    private final EngineProvider engine;
    private final int tries;
    private final long seed;
    private final boolean shrink;
    private final long millis;
    private final Progress progress;
    private int count;

    /** Told the number of each try as it begins, and what its program is drawn from. */
    @FunctionalInterface
    interface Progress {
        void begins(int number, List<Integer> numbers);
    }

    /** A program that breaks a rule, and how. */
    record Counterexample(Rule rule, String engine, AssertionError error, List<Integer> numbers) {

        /** All there is to tell, with the program. */
        String text() {
            return error.getMessage() + Snippet.of(rule.id(), engine, numbers);
        }
    }

    Search(EngineProvider engine, int tries, long seed, boolean shrink) {
        this(engine, tries, seed, shrink, Watchdog.PATIENCE_MILLIS, (number, numbers) -> {});
    }

    /** A search with another patience than usual, whose progress somebody watches. */
    Search(EngineProvider engine, int tries, long seed, boolean shrink, long millis, Progress progress) {
        this.engine = engine;
        this.tries = tries;
        this.seed = seed;
        this.shrink = shrink;
        this.millis = millis;
        this.progress = progress;
    }

    /** The smallest program that was found, or nothing if every try passed. */
    Optional<Counterexample> counterexample(Rule rule) {
        count = 0;
        Random random = new Random(seed ^ rule.id().hashCode());
        int all = Laws.tries(rule.id(), tries);
        for (int i = 0; i < all; i++) {
            // the first is the smallest of all, and they grow
            int length = Math.min(LONGEST, 2 * i);
            List<Integer> numbers =
                    random.ints(length, 0, Choices.LARGEST + 1).boxed().toList();
            AssertionError error = attempt(rule, numbers);
            if (error instanceof Watchdog.Hung || (error != null && !shrink)) {
                return Optional.of(counterexample(rule, error, numbers));
            } else if (error != null) {
                return Optional.of(smallest(rule, numbers, error));
            }
        }
        return Optional.empty();
    }

    private Counterexample counterexample(Rule rule, AssertionError error, List<Integer> numbers) {
        return new Counterexample(rule, engine.name(), error, numbers);
    }

    private @Nullable AssertionError attempt(Rule rule, List<Integer> numbers) {
        progress.begins(++count, numbers);
        try {
            Judge.check(engine, rule.id(), Choices.of(numbers), millis);
            return null;
        } catch (AssertionError e) {
            return e;
        }
    }

    /** Drops numbers and makes them smaller as long as the rule is still broken. */
    private Counterexample smallest(Rule rule, List<Integer> numbers, AssertionError error) {
        List<Integer> best = numbers;
        AssertionError bestError = error;
        int left = SHRINKS;
        long end = System.nanoTime() + SHRINKING;
        boolean better = true;
        while (better && left > 0) {
            better = false;
            for (List<Integer> smaller : smaller(best)) {
                AssertionError still = left-- > 0 && System.nanoTime() - end < 0 ? attempt(rule, smaller) : null;
                if (still instanceof Watchdog.Hung) {
                    return counterexample(rule, bestError, best); // each of those costs as much again
                } else if (still != null) {
                    best = smaller;
                    bestError = still;
                    better = true;
                    break;
                }
            }
        }
        return counterexample(rule, bestError, best);
    }

    private static List<List<Integer>> smaller(List<Integer> numbers) {
        List<List<Integer>> all = new ArrayList<>();
        for (int cut = numbers.size(); cut > 0; cut /= 2) {
            for (int from = 0; from + cut <= numbers.size(); from += cut) {
                List<Integer> shorter = new ArrayList<>(numbers);
                shorter.subList(from, from + cut).clear();
                all.add(shorter);
            }
        }
        for (int i = 0; i < numbers.size(); i++) {
            for (int lower : new int[] {0, numbers.get(i) / 2, numbers.get(i) - 1}) {
                if (lower >= 0 && lower < numbers.get(i)) {
                    List<Integer> lowered = new ArrayList<>(numbers);
                    lowered.set(i, lower);
                    all.add(lowered);
                }
            }
        }
        // one less of something, and what it was drawn from left out
        for (int i = 0; i < numbers.size(); i++) {
            for (int from = i + 1; numbers.get(i) > 0 && from < numbers.size(); from++) {
                for (int cut = 1; cut <= LONGEST_ITEM && from + cut <= numbers.size(); cut++) {
                    List<Integer> fewer = new ArrayList<>(numbers);
                    fewer.set(i, numbers.get(i) - 1);
                    fewer.subList(from, from + cut).clear();
                    all.add(fewer);
                }
            }
        }
        return all;
    }
}
