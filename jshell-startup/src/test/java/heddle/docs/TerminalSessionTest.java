package heddle.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heddle.house.Modules;
import heddle.terminal.PromptInTerminal;
import heddle.terminal.Pty;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Types the README's first session in a real terminal, as a person would: with Tab, Ctrl-C and a reset. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
@Timeout(600) // on a machine that is busy with other things
class TerminalSessionTest {
    private static final Pattern WAITS_FOR_INPUT = Pattern.compile("(jshell| {3}\\.\\.\\.)>");

    @Test
    void readmesSession_looksAsThere() throws Exception {
        var missing = Pty.missing();
        assumeTrue(missing == null, missing);
        var session = Page.read(Modules.ROOT.resolve("README.md")).blocks().get(0);
        try (var pty = PromptInTerminal.open()) {
            for (var line : session.input()) {
                if (!line.isBlank()) {
                    int before = pty.lines().size();
                    pty.enter(line.strip()); // the tool indents by itself
                    pty.await("a prompt after " + line, lines -> lines.size() > before && waits(lines));
                }
            }
            var shown = pty.lines();
            int first = first(shown, "jshell> ");
            assertTrue(
                    Transcript.matches(squeezed(session.lines()), squeezed(shown.subList(first, shown.size() - 1))),
                    () -> "the screen:\n" + String.join("\n", shown));

            pty.type("aw" + Pty.TAB);
            pty.await(
                    "what begins with aw",
                    lines -> lines.stream().anyMatch(line -> line.startsWith("await(") && line.contains("awaitAll(")));
            pty.await("what they share", lines -> last(lines).equals("jshell> await"));
            pty.type("(sleep(60))" + Pty.ENTER);
            pty.await("the line", lines -> lines.contains("jshell> await(sleep(60))"));
            pty.type(Pty.CTRL_C);
            pty.await("a prompt after Ctrl-C", TerminalSessionTest::waits);

            pty.enter("/reset");
            pty.await("a reset", lines -> lines.contains("|  Resetting state.") && waits(lines));
            pty.enter("currentTask().name()");
            pty.await("the first snippet's task", lines -> lines.contains("$1 ==> \"prompt-1\""));
        }
    }

    private static boolean waits(List<String> lines) {
        return !lines.isEmpty()
                && WAITS_FOR_INPUT.matcher(last(lines).stripTrailing()).matches();
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private static int first(List<String> lines, String beginning) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                return i;
            }
        }
        throw new AssertionError("no line begins with " + beginning);
    }

    /** The tool indents as it likes. */
    private static List<String> squeezed(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll(" +", " ")).toList();
    }
}
