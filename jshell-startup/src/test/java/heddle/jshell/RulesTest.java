package heddle.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.EngineOptions;
import heddle.dsl.Session;
import heddle.house.Modules;
import heddle.jshell.example.Example;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the example of every rule as {@code rule(…)} does, and the steps of the tour, and compares what is printed with the pages. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path; once is enough")
@Timeout(120) // on a machine that is busy with other things
class RulesTest {
    private static final Pattern PRINTS = Pattern.compile("\n[^\n]*it prints:\n", Pattern.DOTALL);

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Session session;

    private void begin(boolean virtualTime) {
        session = Session.start(virtualTime ? EngineOptions.DEFAULT.withVirtualTime() : EngineOptions.DEFAULT);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        System.setOut(before);
        session.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyRule_hasAnExampleThatPrintsWhatThePageShows(boolean virtualTime) throws Exception {
        begin(virtualTime);
        var page = new StringBuilder(INTRODUCTION);
        var chapter = "";
        var rules = Rules.published().all();
        assertTrue(rules.size() >= 143, () -> "only " + rules.size() + " rules");
        for (var rule : rules) {
            printed.reset();
            Explore.rule(rule.id());
            var shown = text();
            assertTrue(shown.contains(rule.id() + ", " + rule.chapter().title() + "\n"), shown);
            var prints = PRINTS.matcher(shown);
            assertTrue(prints.find(), shown);
            if (!chapter.equals(rule.chapter().title())) {
                chapter = rule.chapter().title();
                page.append("\n## ").append(chapter).append("\n");
            }
            var example = Example.ofRule(rule.id());
            page.append("\n[")
                    .append(rule.id())
                    .append("](specification.md#")
                    .append(rule.id())
                    .append("): ")
                    .append(rule.sentence())
                    .append("\n\n```java not-run: RulesTest runs it\n")
                    .append(example.needsLoop() ? "// with a new loop\n" : "")
                    .append(example.code())
                    .append("```\n\n```text\n")
                    .append(shown.substring(prints.end()))
                    .append("```\n");
        }
        compare(page, "rules.md");
    }

    @Test
    void everyStepOfTheTour_printsWhatThePageShows() throws Exception {
        begin(true);
        var page = new StringBuilder(TOUR);
        for (int step = 1; step <= Learn.TOUR_STEPS; step++) {
            printed.reset();
            Explore.tour();
            var shown = text();
            var head = Pattern.compile("(\\d+)/14  (.+)\\.\n(?s:(.+?))\n\n").matcher(shown);
            assertTrue(head.lookingAt(), shown);
            assertEquals("" + step, head.group(1));
            var prints = PRINTS.matcher(shown);
            assertTrue(prints.find(), shown);
            page.append("\n## ")
                    .append(step)
                    .append(". ")
                    .append(head.group(2))
                    .append("\n\n")
                    .append(head.group(3))
                    .append("\n\n```java not-run: RulesTest runs it\n")
                    .append(Example.ofTour(step).code())
                    .append("```\n\n```text\n")
                    .append(shown, prints.end(), shown.lastIndexOf("\n", shown.length() - 2))
                    .append("```\n");
        }
        compare(page, "tour.md");
        printed.reset();
        Explore.tour();
        assertTrue(text().startsWith("1/14  "), this::text);
        assertThrows(IllegalArgumentException.class, () -> Explore.tour(15));
    }

    @Test
    void tour_runsInRealTime() throws Exception {
        begin(false);
        for (int step = 1; step <= Learn.TOUR_STEPS; step++) {
            Explore.tour(step);
        }
        assertTrue(text().contains("That was the tour."), this::text);
    }

    private static void compare(CharSequence page, String name) throws Exception {
        var made = Modules.ROOT.resolve("jshell-startup/target/" + name);
        Files.createDirectories(made.getParent());
        Files.writeString(made, page);
        assertEquals(
                Files.readString(Modules.ROOT.resolve("docs/" + name)),
                page.toString(),
                () -> "is the new " + made + " better? then it is the page");
    }

    @Test
    void chapters_areListed() {
        begin(true);
        Explore.rule();
        var lines = text().lines().toList();
        assertEquals(10, lines.size(), lines::toString);
        assertEquals("LOOP-1 to LOOP-15      Callbacks, turns, runs.", lines.get(0));
        assertEquals(
                "NET-1 to NET-13        Connections and listeners of engines that claim `NETWORK`: they are judged over the loopback interface.",
                lines.get(8));
    }

    @Test
    void ruleThatIsNotThere_isAnsweredByTheNearest() throws Exception {
        begin(true);
        var error = assertThrows(IllegalArgumentException.class, () -> Explore.rule("TASKS-7"));
        assertEquals(
                "there is no rule TASKS-7; the nearest are TASK-7, TASK-17, TASK-1; rule() lists the chapters"
                        + " (docs/codes.md#unknown-rule)",
                error.getMessage());
        Explore.rule("task 7");
        assertTrue(text().startsWith("TASK-7, Tasks\n"), this::text);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static final String INTRODUCTION = """
            # Every rule by example

            The rules of [the specification](specification.md), each with an example and what that prints. At the prompt,
            `rule("TASK-7")` shows one and runs it. Those that say so get a new loop, on virtual time, on a thread of their own;
            the others are what one may type at the prompt.
            """;

    private static final String TOUR = """
            # A tour of the model

            In fourteen steps through what an event loop is and does. At the prompt, `tour()` shows the next step and runs it, and
            `tour(3)` the third. What is printed here was printed on virtual time: else the numbers vary.
            """;
}
