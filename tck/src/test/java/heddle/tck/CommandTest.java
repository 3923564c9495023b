package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.spi.Engines;
import heddle.tck.BadEngineTest.Run;
import heddle.tck.command.Arguments;
import heddle.tck.command.Jars;
import heddle.tck.model.ModelProvider;
import heddle.tck.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The command certifies what is right, rejects what is wrong, and tells how to see it again. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the engine's process has a class path")
@Timeout(240) // on a machine that is busy with other things
class CommandTest {
    private static final Pattern REPLAY = Pattern.compile("(?m)^    java -jar heddle-tck-all\\.jar (.*)$");
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]+…?");

    private static final int RULES = Specification.read().rules().size();

    @TempDir
    private Path folder;

    @Test
    void model_isCertified() throws Exception {
        Path jar = Jars.pack(folder.resolve("model.jar"), folder, List.of(), ModelProvider.class.getName());
        Run run = Run.of("--engine-path", jar, "--tries", 1, "--programs", 0);
        run.ended(
                0,
                "Certificate of the engine model",
                "CERTIFIED: " + RULES + " passed, 0 FAILED, 0 not judged, 0 not claimed");
        assertFalse(run.out().contains("library program"), run.out());
    }

    @Test
    void nio_isCertified_withReports() throws Exception {
        Path reports = folder.resolve("some/where");
        Path nio = Jars.home(Engines.provider("nio").getClass());
        Run.of("--engine-path", nio, "--tries", 1, "--programs", 20, "--report", reports)
                .ended(
                        0,
                        "the engine nio",
                        "  passed      library programs as chains (20 run)\n",
                        "\nCERTIFIED: " + RULES + " passed, 0 FAILED, 0 not judged, 0 not claimed; "
                                + "library programs: chains passed, direct style passed\n");
        Path page = Files.exists(Path.of("docs")) ? Path.of("docs") : Path.of("../docs");
        assertTrue(
                Files.readString(page.resolve("certify.md")).contains("CERTIFIED: " + RULES + " passed"),
                "docs/certify.md shows another number of rules");
        String xml = Files.readString(reports.resolve("TEST-heddle.tck.nio.xml"));
        assertTrue(xml.contains("tests=\"" + (RULES + 2) + "\" failures=\"0\" errors=\"0\" skipped=\"0\""), xml);
        String html = Files.readString(reports.resolve("certificate.html"));
        assertTrue(html.contains("heddle.engine.nio.NioEngine"), html);
        assertTrue(!html.contains("http:") && !html.contains("https:") && !html.contains(" src="), "it needs others");
        assertTrue(html.contains("<td>chains</td><td class=\"passed\">passed</td><td>20 run</td>"), html);
    }

    @Test
    void programs_areRunByDefault_unlessSingleRulesAreAskedFor() {
        List<String> words = List.of("--engine-path", ".");
        assertEquals(500, Arguments.parse(words, Specification.read()).programs());
        words = List.of("--engine-path", ".", "--rules", "FUT");
        assertEquals(0, Arguments.parse(words, Specification.read()).programs());
    }

    @Test
    void failingProgram_isToldAsOne_andAgain() throws Exception {
        Path jar = zoo("LOOP-2");
        Path reports = folder.resolve("reports");
        Run run = Run.of("--engine-path", jar, "--rules", "none", "--programs", 30, "--seed", 7, "--report", reports);
        run.ended(
                1,
                "  broken: library programs as chains",
                "  FAILED      library programs as direct style (30 run)",
                "\na library program, no engine law, as chains on the engine Breaks_LOOP_2: program ",
                "\n> ",
                "\nNOT CERTIFIED (a library program failed): 0 passed");
        Matcher command = REPLAY.matcher(run.out());
        assertTrue(command.find(), run.out());
        assertEquals(run.out(), Run.of((Object[]) command.group(1).split(" ")).out());
        String xml = Files.readString(reports.resolve("TEST-heddle.tck.Breaks_LOOP_2.xml"));
        assertTrue(xml.contains("tests=\"2\" failures=\"2\" errors=\"0\" skipped=\"0\""), xml);
        assertTrue(
                xml.contains("<failure message=\"library programs as chains\">a library program, no engine law"), xml);
        String html = Files.readString(reports.resolve("certificate.html"));
        assertTrue(html.contains("<h3 id=\"direct-style\">library programs as direct style</h3>"), html);
        assertTrue(html.contains("<mark>&gt; "), html);
    }

    @Test
    void programs_areNotJudged_whenALawFailed() throws Exception {
        Run.of("--engine-path", zoo("LOOP-2"), "--rules", "LOOP", "--tries", 8, "--programs", 30)
                .ended(
                        1,
                        "broken by the engine Breaks_LOOP_2 (engine law)",
                        "  not judged  library programs as chains (needs LOOP-2)",
                        "\nNOT CERTIFIED: ",
                        "; library programs: chains not judged, direct style not judged");
    }

    /** Three broken engines in one jar, named by the rule that each breaks. */
    private Path zoo(String... rules) throws Exception {
        Map<String, String> sources = new TreeMap<>();
        for (String rule : rules) {
            String name = "Breaks_" + rule.replace('-', '_');
            sources.put(name, """
                import heddle.api.EventLoop;
                import heddle.api.spi.*;
                import heddle.tck.zoo.*;
                public class %1$s implements EngineProvider {
                    private final Beast beast = Zoo.beasts().stream()
                            .filter(each -> each.rule().equals("%2$s")).findFirst().orElseThrow();
                    public String name() { return "%1$s"; }
                    public java.util.Set<Capability> capabilities() { return beast.capabilities(); }
                    public EventLoop newEventLoop(EngineOptions options) { return beast.newEventLoop(options); }
                }
                """.formatted(name, rule));
        }
        Path classes = folder.resolve("classes");
        Jars.compile(classes, sources, EventLoop.class, Zoo.class);
        for (String file : Jars.classes(Jars.home(Zoo.class))) {
            if (file.startsWith("heddle/tck/zoo/")) {
                Path copy = classes.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(Jars.home(Zoo.class).resolve(file), copy);
            }
        }
        return Jars.pack(
                folder.resolve("zoo.jar"),
                classes,
                Jars.classes(classes),
                sources.keySet().toArray(String[]::new));
    }

    @Test
    void brokenEngines_areRejectedByTheirRule_andAgain() throws Exception {
        List<String> rules = List.of("FUT-6", "TIME-4", "TASK-22");
        Path jar = zoo(rules.toArray(String[]::new));
        for (String rule : rules) {
            Run run = Run.of(
                    "--engine-path",
                    jar,
                    "--engine",
                    "Breaks_" + rule.replace('-', '_'),
                    "--rules",
                    "LOOP,FUT,TIME-3,TIME-4,TASK-22",
                    "--tries",
                    8,
                    "--seed",
                    7);
            run.ended(1, "  broken: " + rule, "FAILED      " + rule, "1 FAILED", "class Rule_", "expected ", "  -> ");
            Matcher command = REPLAY.matcher(run.out());
            assertTrue(command.find(), run.out());
            Run again = Run.of((Object[]) command.group(1).split(" "));
            assertEquals(1, again.status(), again.err());
            assertEquals(failure(run, rule), failure(again, rule));
        }
    }

    /** What is told of a failure, but for identities. */
    private static String failure(Run run, String rule) {
        int begin = run.out().indexOf("\n\n" + rule + " ");
        assertTrue(begin > 0, run.out());
        return IDENTITY.matcher(run.out().substring(begin, run.out().lastIndexOf("\n  to open JShell")))
                .replaceAll("@");
    }

    @Test
    void nothingJudged_isAFailure() throws Exception {
        Path classes = Jars.compile(folder.resolve("hosted"), Map.of("Hosted", """
            import heddle.api.*;
            import heddle.api.spi.*;
            public class Hosted implements EngineProvider {
                public String name() { return "hosted"; }
                public java.util.Set<Capability> capabilities() { return java.util.Set.of(); }
                public EventLoop newEventLoop(EngineOptions options) { throw new AssertionError(); }
            }
            """), EventLoop.class);
        Path jar = Jars.pack(folder.resolve("hosted.jar"), classes, Jars.classes(classes), "Hosted");
        String rule = unclaimed().get(0);
        Run.of("--engine-path", jar, "--rules", rule).ended(1, "not claimed " + rule, "no rule was judged");
        Run.of("--engine-path", jar, "--rules", "none", "--programs", 5)
                .ended(
                        1,
                        "not claimed library programs as chains (needs [DRIVEN, VIRTUAL_TIME])",
                        "NOT CERTIFIED (no rule was judged)");
    }

    private static List<String> unclaimed() {
        List<String> ids = new ArrayList<>();
        Specification.read().rules().stream()
                .filter(rule -> !rule.capabilities().isEmpty())
                .forEach(rule -> ids.add(rule.id()));
        return ids;
    }
}
