package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What is taken for equal is a closed list: {@link Normal} names it, the documentation repeats it, nothing in it is idle. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "nothing here depends on the path, and once is long enough")
class ClosedListTest {

    /** Where Heddle does otherwise than CPython, on purpose. */
    private static final List<String> DEVIATIONS = List.of(
            "Tasks are held strongly",
            "equal timers, children and left-overs are taken in order of creation",
            "timers are never early",
            "The thread rule is always checked",
            "coroutine objects can be run again",
            "a duplicate coroutine object in gather runs twice",
            "Shutdown repeats its pass",
            "Lost failures are also reported at the end of run",
            "Coroutines that are pending when the loop is closed are closed");

    private static final Pattern NAMED = Pattern.compile("<i>(.+?)</i>", Pattern.DOTALL);
    private static final Pattern LIBRARY_ERROR = Pattern.compile("(\\w+): ([A-Za-z_()]+ [^\\[\\]<\",!]*)");

    @Test
    void deviations_areNamedWhereTheyAreNormalised() throws Exception {
        String source = Files.readString(Path.of("src/main/java/heddle/tck/program/Normal.java"));
        List<String> named = NAMED.matcher(source)
                .results()
                .map(result -> result.group(1).replaceAll("\\s+\\*\\s+", " "))
                .toList();
        assertEquals(DEVIATIONS, named);
    }

    @Test
    void deviations_areThoseOfTheDocumentation() throws Exception {
        String section = Files.readString(Path.of("../docs/exactness.md"))
                .replaceAll("(?s).*\n## What counts as equal\n", "")
                .replaceAll("(?s)\n## .*", "");
        List<String> listed = Pattern.compile("(?m)^\\d+\\. \\*\\*(.+?)\\.\\*\\*")
                .matcher(section.replaceAll("\n +", " "))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertEquals(DEVIATIONS, listed);
    }

    @Test
    void messages_thatTheLibraryMakes_areInTheList_andNoneIsIdle() {
        List<Pattern> known = Normal.messages().stream()
                .map(message -> Pattern.compile(Pattern.quote(message).replace("$1", "\\E\\d+\\Q")))
                .toList();
        Set<String> unknown = new TreeSet<>();
        Set<String> idle = new TreeSet<>(Normal.messages());
        List<String> lines = new ArrayList<>();
        Recording.first().read(place -> place % 10 == 0, recorded -> lines.addAll(recorded.trace()));
        Recording.sample().read(recorded -> lines.addAll(recorded.trace()));
        Recording.busy().read(recorded -> lines.addAll(recorded.trace()));
        Recording.more().read(recorded -> lines.addAll(recorded.trace()));
        for (String line : lines) {
            for (int i = 0; i < known.size(); i++) {
                if (known.get(i).matcher(line).find()) {
                    idle.remove(Normal.messages().get(i));
                }
            }
            Matcher error = LIBRARY_ERROR.matcher(line);
            while (error.find()) {
                String text = error.group().strip();
                if (known.stream().noneMatch(message -> message.matcher(text).find())
                        && !text.endsWith("ExceptionGroup: unhandled errors in a TaskGroup")) {
                    unknown.add(text);
                }
            }
        }
        assertEquals(Set.of(), unknown, "messages that are equal as they are, or differ");
        assertEquals(Set.of(), idle, "entries that no program needs");
    }

    @Test
    void theLimitOfPasses_isNeeded() {
        List<Recorded> left = new ArrayList<>();
        Recording.sample().read(recorded -> {
            if (recorded.tags().contains("left") && !recorded.program().drives()) {
                left.add(recorded);
            }
        });
        var engine = Engines.provider();
        left.forEach(each -> assertEquals(each.trace(), ProgramRun.trace(each.program(), Form.CHAINS, engine)));
        assertTrue(left.stream()
                .anyMatch(each -> !each.trace().equals(ProgramRun.trace(each.program(), Form.CHAINS, engine, 100))));
    }
}
