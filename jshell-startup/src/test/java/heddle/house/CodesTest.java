package heddle.house;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each message that points to {@code docs/codes.md} finds its entry there, and no entry is left without a message. */
class CodesTest {
    /** How many entries there must at least be: raise it as Heddle grows. */
    private static final int FLOOR = 15;

    private static final Pattern LINK = Pattern.compile("docs/codes\\.md#([a-z-]+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^## ([a-z-]+)$");
    private static final Pattern ENTRY =
            Pattern.compile("\\s*- \\*\\*Means:\\*\\* .+\\n- \\*\\*Why:\\*\\* .+\\n- \\*\\*Do:\\*\\* .+\\s*");

    private static final String PAGE = read(Modules.ROOT.resolve("docs/codes.md"));

    @Test
    void entries_areThoseThatMessagesPointTo() throws IOException {
        var links = new TreeSet<String>();
        for (var module : Modules.names(Modules.ROOT)) {
            try (var files = Files.walk(Modules.ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> found(LINK, read(file)))
                        .forEach(links::add);
            }
        }
        assertTrue(links.size() >= FLOOR, () -> "only " + links.size() + " links seen, expected at least " + FLOOR);
        assertEquals(links, found(HEADING, PAGE).collect(toCollection(TreeSet::new)));
    }

    @Test
    void entry_saysWhatItMeansWhyAndWhatToDo() {
        var entries = PAGE.split("(?m)^## .*$");
        assertTrue(entries.length > FLOOR, () -> "only " + entries.length + " entries");
        for (int i = 1; i < entries.length; i++) {
            assertTrue(ENTRY.matcher(entries[i]).matches(), "not three lines, Means, Why and Do:" + entries[i]);
        }
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
