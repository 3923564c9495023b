package heddle.tck.law;

import java.util.List;
import java.util.Random;

/**
 * Where a law gets its numbers from: a list that somebody generated. The smaller the numbers and the shorter the list, the
 * smaller the program, so whoever can shrink a list of numbers can shrink a program. Not thread-safe.
 */
public final class Choices {

    /** The largest number that is of use in a list. */
    public static final int LARGEST = 255;

    private final List<Integer> numbers;
    private final StringBuilder drawn = new StringBuilder();
    private int next;

    private Choices(List<Integer> numbers) {
        this.numbers = List.copyOf(numbers);
    }

    /**
     * Choices made by a list.
     *
     * @param numbers zero or more, each from 0 to {@link #LARGEST}; never null
     * @return new choices
     */
    public static Choices of(List<Integer> numbers) {
        return new Choices(numbers);
    }

    /** Choices made by chance. */
    static Choices random(Random random, int length) {
        return new Choices(random.ints(length, 0, LARGEST + 1).boxed().toList());
    }

    /** The list. */
    public List<Integer> numbers() {
        return numbers;
    }

    /** Begins again with the first number. */
    void rewind() {
        next = 0;
        drawn.setLength(0);
    }

    /** A number from {@code min} to {@code max}; the smallest when the list is at its end. */
    public int between(String what, int min, int max) {
        int number = next < numbers.size() ? numbers.get(next++) : 0;
        int chosen = min + number % (max - min + 1);
        note(what, chosen);
        return chosen;
    }

    /** Yes or no; no when the list is at its end. */
    public boolean flag(String what) {
        return between(what, 0, 1) == 1;
    }

    /** One of several; the first when the list is at its end. */
    public <T> T oneOf(String what, List<T> several) {
        int number = next < numbers.size() ? numbers.get(next++) : 0;
        T chosen = several.get(number % several.size());
        note(what, chosen);
        return chosen;
    }

    private void note(String what, Object chosen) {
        drawn.append(drawn.length() == 0 ? "" : ", ").append(what).append('=').append(chosen);
    }

    /** What was drawn so far, for messages. */
    @Override
    public String toString() {
        return drawn.length() == 0 ? numbers.toString() : drawn.toString();
    }
}
