package heddle.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C at the launcher's prompt, in a real terminal. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
@Timeout(1200) // a hundred presses on a machine that is busy with other things
class CtrlCTest {
    /** How often Ctrl-C is pressed: few times in every build, a hundred times with {@code -Dheddle.test.presses=100}. */
    private static final int PRESSES = Integer.getInteger("heddle.test.presses", 10);

    @BeforeAll
    static void needsATerminal() {
        var missing = Pty.missing();
        assumeTrue(missing == null, missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heddle", "heddle:local(true)"})
    void press_atAnyMoment_leavesAPromptThatAnswers(String execution) throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (var pty = PromptInTerminal.open("--execution", execution)) {
            pty.enter("int ticks = 0");
            pty.awaitLastLine(PromptInTerminal.PROMPT);
            pty.enter("createTask(async(() -> { while (true) { await(sleep(0.001)); ticks++; } }), \"clock\");");
            pty.awaitLastLine(PromptInTerminal.PROMPT);
            var snippets = List.of(
                    "await(sleep(60))",
                    "await(gather(sleep(60), sleep(60)))",
                    "for (int i = 0; i < 1_000_000; i++) { await(sleep(0)); }",
                    "await(async(() -> { try { await(sleep(60)); } finally { await(sleep(0.01)); } }))",
                    "createTask(sleep(0.01), \"short\")",
                    "1 + 1");
            for (int press = 1; press <= PRESSES; press++) {
                pty.enter(snippets.get(random.nextInt(snippets.size())));
                LockSupport.parkNanos(random.nextInt(400_000_000)); // a moment, whichever: nothing depends on it
                pty.type(Pty.CTRL_C);
                int sum = 1_000_000 + press;
                var shown = answer(pty, press + " + 1000000", "" + sum);
                assertTrue(shown.stream().noneMatch(line -> line.contains("terminated")), () -> "seed " + seed);
            }
            answer(pty, "int before = ticks", "before ==> ");
            answer(pty, "await(sleep(0.2))", " ==> null");
            answer(pty, "ticks > before", " ==> true");
            pty.enter("/exit");
            assertEquals(0, pty.exitValue());
        }
    }

    /**
     * Types a snippet until it is answered: what was typed before may not have begun when Ctrl-C was pressed, or the line
     * may have been thrown away with what Ctrl-C was pressed for. Every further press is one for what still runs.
     */
    private static List<String> answer(Pty pty, String snippet, String answer) throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            pty.enter(snippet);
            if (pty.shows(
                    20, lines -> lines.stream().anyMatch(line -> line.contains(answer) && !line.contains(snippet)))) {
                return pty.lines();
            }
            pty.type(Pty.CTRL_C);
        }
        throw new AssertionError("no answer to " + snippet + ":\n" + String.join("\n", pty.lines()));
    }

    @Test
    void secondPress_endsAStepThatDoesNotEnd() throws Exception {
        try (var pty = PromptInTerminal.open()) {
            pty.enter("while (true) {}");
            pty.await(
                    "the step's remark",
                    lines -> lines.stream()
                            .anyMatch(line -> line.startsWith("[heddle] prompt-1 blocks the event loop in line 1: ")));
            pty.type(Pty.CTRL_C);
            pty.type(Pty.CTRL_C);
            pty.awaitLastLine(PromptInTerminal.PROMPT);
            pty.enter("class Slow { public String toString() { while (true) {} } }");
            pty.await("a class", lines -> lines.contains("|  created class Slow"));
            pty.enter("new Slow()");
            pty.await(
                    "the second step's remark",
                    lines -> lines.stream()
                            .anyMatch(line ->
                                    line.startsWith("[heddle] prompt-2 blocks the event loop in toString, line 1: ")));
            pty.type(Pty.CTRL_C);
            pty.type(Pty.CTRL_C);
            pty.awaitLastLine(PromptInTerminal.PROMPT);
            pty.enter("40 + 2");
            pty.await("an answer", lines -> lines.stream().anyMatch(line -> line.endsWith(" ==> 42")));
            assertTrue(
                    pty.lines().stream().noneMatch(line -> line.contains("interrupted")),
                    () -> String.join("\n", pty.lines()));
        }
    }
}
