package heddle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.house.Modules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Runs the tour as the launcher does, and compares what it prints with what the README says that it prints. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
@Timeout(240) // on a machine that is busy with other things
class TourTest {
    private static final Pattern SHOWN = Pattern.compile("(?s)<!-- tour output -->\n```text\n(.*?)\n```\n");
    private static final Pattern TIMES =
            Pattern.compile("8 pages, one after another: ([0-9.]+) s\n8 pages, with gather: ([0-9.]+) s\n");

    @Test
    void tour_printsWhatTheReadmeShows() throws Exception {
        var shown = SHOWN.matcher(Files.readString(Modules.ROOT.resolve("README.md")));
        assertTrue(shown.find(), "the README doesn't show it");

        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-exports",
                        "java.base/jdk.internal.vm=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "heddle.jshell.RunFile",
                        "jshell-startup/heddle.jsh",
                        "docs/tour.jsh")
                .directory(Modules.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), printed);
        assertTrue(
                Transcript.matches(
                        shown.group(1).lines().toList(), printed.lines().toList()),
                () -> "it printed:\n" + printed);
        var times = TIMES.matcher(printed);
        assertTrue(times.find(), printed);
        assertTrue(Double.parseDouble(times.group(1)) >= 8 * 0.15, printed);
    }
}
