package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.law.Choices;
import heddle.tck.law.Laws;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Looks for a program that breaks a rule, and then for the smallest one. */
final class Search {

    private static final int LONGEST = 80;
    private static final int SHRINKS = 400;

    private final EngineProvider engine;
    private final int tries;
    private final long seed;
    private final boolean shrink;

    private final long millis;

    Search(EngineProvider engine, int tries, long seed, boolean shrink) {
        this(engine, tries, seed, shrink, Watchdog.PATIENCE_MILLIS);
    }

    /** A search with another patience than usual. */
    Search(EngineProvider engine, int tries, long seed, boolean shrink, long millis) {
        this.engine = engine;
        this.tries = tries;
        this.seed = seed;
        this.shrink = shrink;
        this.millis = millis;
    }

    /** What to tell of the smallest program that was found, or nothing if every try passed. */
    Optional<String> counterexample(Rule rule) {
        Random random = new Random(seed ^ rule.id().hashCode());
        int all = Laws.tries(rule.id(), tries);
        for (int i = 0; i < all; i++) {
            // the first is the smallest of all, and they grow
            int length = Math.min(LONGEST, 2 * i);
            List<Integer> numbers =
                    random.ints(length, 0, Choices.LARGEST + 1).boxed().toList();
            AssertionError error = attempt(rule, numbers);
            if (error instanceof Watchdog.Hung || (error != null && !shrink)) {
                return Optional.of(message(error));
            } else if (error != null) {
                return Optional.of(message(smallest(rule, numbers, error)));
            }
        }
        return Optional.empty();
    }

    private static String message(AssertionError error) {
        return String.valueOf(error.getMessage());
    }

    private @Nullable AssertionError attempt(Rule rule, List<Integer> numbers) {
        try {
            Judge.check(engine, rule.id(), Choices.of(numbers), millis);
            return null;
        } catch (AssertionError e) {
            return e;
        }
    }

    /** Drops numbers and makes them smaller as long as the rule is still broken. */
    private AssertionError smallest(Rule rule, List<Integer> numbers, AssertionError error) {
        List<Integer> best = numbers;
        AssertionError bestError = error;
        int left = SHRINKS;
        boolean better = true;
        while (better && left > 0) {
            better = false;
            for (List<Integer> smaller : smaller(best)) {
                AssertionError still = left-- > 0 ? attempt(rule, smaller) : null;
                if (still != null && !(still instanceof Watchdog.Hung)) {
                    best = smaller;
                    bestError = still;
                    better = true;
                    break;
                }
            }
        }
        return bestError;
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
        return all;
    }
}
