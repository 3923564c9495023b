package heddle.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C at the launcher's prompt, in a real terminal. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
@Timeout(3600) // a hundred presses on a machine that is busy with other things
class CtrlCTest {
    /** How often Ctrl-C is pressed: few times in every build, a hundred times with {@code -Dheddle.test.presses=100}. */
    private static final int PRESSES = Integer.getInteger("heddle.test.presses", 4);

    private static final String REMOTE = "heddle";
    private static final List<String> SNIPPETS = List.of(
            "await(sleep(60))",
            "await(gather(sleep(60), sleep(60)))",
            "for (int i = 0; i < 1_000_000; i++) { await(sleep(0)); }",
            "await(async(() -> { try { await(sleep(60)); } finally { await(sleep(0.01)); } }))",
            "createTask(sleep(0.01), \"short\")",
            "1 + 1");

    /** How many answers were asked for. */
    private int asked;

    @BeforeAll
    static void needsATerminal() {
        var missing = Pty.missing();
        assumeTrue(missing == null, missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {REMOTE, "heddle:local(true)"})
    void press_leavesAPromptThatAnswers(String execution) throws Exception {
        try (var pty = PromptInTerminal.open("--execution", execution)) {
            atAnyMoment(pty);
            boolean remote = execution.equals(REMOTE);
            whilePaused(pty, remote);
            if (remote) { // nobody can throw into a thread of the tool's own JVM
                inAStepThatDoesNotEnd(pty);
            }
            pty.enter("/exit");
            assertEquals(0, pty.exitValue());
        }
    }

    private void atAnyMoment(Pty pty) throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        answer(pty, "int ticks = 0", "ticks ==> 0");
        answer(
                pty,
                "var clock = createTask(async(() -> { while (true) { await(sleep(0.001)); ticks++; } }), \"clock\")",
                "clock ==> clock ");
        for (int press = 1; press <= PRESSES; press++) {
            pty.enter(SNIPPETS.get(random.nextInt(SNIPPETS.size())));
            LockSupport.parkNanos(random.nextInt(300_000_000)); // a moment, whichever: nothing depends on it
            pty.type(Pty.CTRL_C);
            assertAnswers(pty);
            assertTrue(pty.lines().stream().noneMatch(line -> line.contains("terminated")), () -> "seed " + seed);
        }
        answer(pty, "int before = ticks", "before ==> ");
        answer(pty, "await(sleep(0.1))", " ==> null");
        answer(pty, "ticks > before", " ==> true");
        answer(pty, "clock.cancel()", " ==> true");
    }

    private void whilePaused(Pty pty, boolean remote) throws Exception {
        pty.enter("pause()");
        pty.await("that it is paused", lines -> lines.contains("paused: step() lets one turn pass, resume() all"));
        pty.awaitLastLine(PromptInTerminal.PROMPT);
        pty.enter("{ System.out.println(\"stepping\"); while (true) { step(); } }");
        pty.await("that it steps", lines -> lines.contains("stepping"));
        pty.type(Pty.CTRL_C); // nothing is ready: now, or soon, a step waits
        assertAnswers(pty);
        pty.type(Pty.CTRL_C); // nothing runs
        assertAnswers(pty);
        if (remote) {
            pty.enter("for (;;) {}");
            pty.type(Pty.CTRL_C);
            assertAnswers(pty);
        }
        answer(pty, "Session.current().stepper().isPaused()", " ==> true");
        pty.enter("resume()");
        answer(pty, "await(sleep(0.01, \"slept\"))", " ==> \"slept\"");
    }

    private void inAStepThatDoesNotEnd(Pty pty) throws Exception {
        pty.enter("while (true) {}");
        awaitRemark(pty, "blocks the event loop in line 1: ");
        pty.type(Pty.CTRL_C);
        pty.type(Pty.CTRL_C);
        assertAnswers(pty);
        pty.enter("class Slow { public String toString() { while (true) {} } }");
        pty.await("a class", lines -> lines.contains("|  created class Slow"));
        pty.enter("new Slow()");
        awaitRemark(pty, "blocks the event loop in toString, line 1: ");
        pty.type(Pty.CTRL_C);
        pty.type(Pty.CTRL_C);
        assertAnswers(pty);
        assertTrue(
                pty.lines().stream().noneMatch(line -> line.contains("interrupted")),
                () -> String.join("\n", pty.lines()));
    }

    private static void awaitRemark(Pty pty, String remark) throws Exception {
        var pattern = Pattern.compile("\\[heddle] prompt-\\d+ " + Pattern.quote(remark) + ".*");
        pty.await(
                "the remark " + remark,
                lines -> lines.stream().anyMatch(line -> pattern.matcher(line).matches()));
    }

    private void assertAnswers(Pty pty) throws Exception {
        asked++;
        answer(pty, asked + " + 1000000", "" + (1_000_000 + asked));
    }

    /**
     * Types a snippet until it is answered: what was typed before may not have begun when Ctrl-C was pressed, or the line
     * may have been thrown away with what Ctrl-C was pressed for. Every further press is one for what still runs.
     */
    private static void answer(Pty pty, String snippet, String answer) throws Exception {
        for (int attempt = 0; attempt < 40; attempt++) {
            if (!pty.shows(5, CtrlCTest::waits)) {
                pty.type(Pty.CTRL_C);
                continue;
            }
            int before = pty.lines().size();
            pty.enter(snippet);
            pty.shows(5, lines -> isAnswered(lines, snippet, answer) || lines.size() > before && waits(lines));
            if (pty.shows(1, lines -> isAnswered(lines, snippet, answer))) {
                return;
            }
        }
        throw new AssertionError("no answer to " + snippet + ":\n" + String.join("\n", pty.lines()));
    }

    private static boolean isAnswered(List<String> lines, String snippet, String answer) {
        return lines.stream().anyMatch(line -> line.contains(answer) && !line.contains(snippet));
    }

    private static boolean waits(List<String> lines) {
        return !lines.isEmpty() && lines.get(lines.size() - 1).equals(PromptInTerminal.PROMPT);
    }
}
