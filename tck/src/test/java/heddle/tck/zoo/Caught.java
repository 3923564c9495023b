package heddle.tck.zoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The recorded programs that tell a broken engine from a sound one, or why none can.
 *
 * @param programs the numbers of three programs; empty where no program of the language can tell
 * @param reason why none can; empty where three do
 */
public record Caught(List<Integer> programs, String reason) {

    private static final Path FILE = Path.of("src/test/resources/heddle/tck/zoo/caught.txt");

    /** What was committed, by rule. */
    public static Map<String, Caught> committed() {
        Map<String, Caught> committed = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(FILE)) {
                if (!line.startsWith("#") && committed.put(rule(line), of(line)) != null) {
                    throw new IllegalStateException("twice in " + FILE + ": " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return committed;
    }

    private static String rule(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static Caught of(String line) {
        String rest = line.substring(line.indexOf(' ') + 1);
        return Character.isDigit(rest.charAt(0))
                ? new Caught(Stream.of(rest.split(" ")).map(Integer::valueOf).toList(), "")
                : new Caught(List.of(), rest);
    }

    @Override
    public String toString() {
        return programs.isEmpty()
                ? reason
                : String.join(", ", programs.stream().map(String::valueOf).toList());
    }
}
