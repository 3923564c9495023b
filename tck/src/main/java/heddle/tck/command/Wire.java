package heddle.tck.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the kit and the process of the engine say to each other: a word and its arguments on a line. The engine's process
 * writes a mark in front of each line, because the engine may print between them.
 *
 * @param word what it is about
 * @param arguments any texts
 */
public record Wire(String word, List<String> arguments) {

    /** How many times as long as a try the loading of an engine may take. */
    public static final int LOADING = 4;

    /** The engine's process: here is the engine: name, class, capabilities with commas between. */
    public static final String ENGINE = "engine";

    /** The engine's process: nothing can be judged: why. */
    public static final String UNABLE = "unable";

    /** The engine's process: a try begins: its number, and what its program is drawn from, with commas between. */
    public static final String TRY = "try";

    /** The engine's process: the rule is kept. */
    public static final String PASSED = "passed";

    /** The engine's process: the rule is broken: the failure. */
    public static final String FAILED = "failed";

    /** The engine's process: the rule is broken, and what broke it still runs: the failure. */
    public static final String HUNG = "hung";

    /** The engine's process: the names of the threads that are left. */
    public static final String THREADS = "threads";

    /** The kit: judge a rule: its id, tries, seed. */
    public static final String JUDGE = "judge";

    /** The kit: run library programs: their form, how many, seed. Tries are told with the number of the program. */
    public static final String PROGRAMS = "programs";

    /** The kit: that was all. */
    public static final String END = "end";

    /**
     * A line.
     *
     * @param word what it is about
     * @param arguments any texts
     * @return the line
     */
    public static Wire of(String word, String... arguments) {
        return new Wire(word, List.of(arguments));
    }

    /**
     * As it travels.
     *
     * @return a line of plain letters, without its end
     */
    public String encoded() {
        return Stream.concat(
                        Stream.of(word),
                        arguments.stream()
                                .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                                .map(text -> text.isEmpty() ? "=" : text))
                .collect(Collectors.joining(" "));
    }

    /**
     * Reads a line.
     *
     * @param line as it travelled, without its end
     * @return what it says
     * @throws IllegalArgumentException if it is none
     */
    public static Wire decode(String line) {
        List<String> words = Arrays.asList(line.split(" "));
        return new Wire(
                words.get(0),
                words.stream()
                        .skip(1)
                        .map(text -> text.equals("=") ? "" : text)
                        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                        .toList());
    }

    /**
     * One argument.
     *
     * @param index which, from 0
     * @return its text
     */
    public String argument(int index) {
        return arguments.get(index);
    }
}
