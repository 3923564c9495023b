package heddle.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.house.Modules;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The kit's jar, as it was built: on an engine that is right, on one that is wrong, and in the workflow that is to be copied. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "it is a jar; once is enough")
@Timeout(240) // on a machine that is busy with other things
class KitJarTest {
    private static final Path JAR = Modules.ROOT.resolve("tck/target/heddle-tck-all.jar");
    private static final Path WORKFLOW = Modules.ROOT.resolve("docs/examples/certify-engine.yml");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** An engine that runs callbacks at once. */
    private static final String INLINE = """
        import heddle.api.*;
        import heddle.api.spi.*;
        import heddle.tck.model.*;
        public class Inline implements EngineProvider {
            public String name() { return "inline"; }
            public java.util.Set<Capability> capabilities() { return new ModelProvider().capabilities(); }
            public EventLoop newEventLoop(EngineOptions options) {
                return new ModelLoop(options) {
                    @Override public Handle callSoon(ThrowingRunnable callback) {
                        if (isRunning()) {
                            try { callback.run(); } catch (Exception e) { throw new RuntimeException(e); }
                            return super.callSoon(() -> {});
                        }
                        return super.callSoon(callback);
                    }
                };
            }
        }
        """;

    /** Reads a file as XML. */
    private static final String READ_XML = """
        import javax.xml.parsers.DocumentBuilderFactory;
        class ReadXml {
            public static void main(String[] args) throws Exception {
                var root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                        .parse(new java.io.File(args[0])).getDocumentElement();
                System.out.print(root.getTagName() + " " + root.getAttribute("tests") + " "
                        + root.getAttribute("failures") + " " + root.getElementsByTagName("testcase").getLength());
            }
        }
        """;

    @TempDir
    private Path folder;

    record Run(int status, String out, String err) {}

    @BeforeAll
    static void jar() {
        assertTrue(Files.exists(JAR), () -> JAR + " is missing: the phase package of the module tck builds it");
    }

    private Run run(List<String> command) throws Exception {
        var out = folder.resolve("out").toFile();
        var err = folder.resolve("err").toFile();
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out)
                .redirectError(err)
                .start();
        process.getOutputStream().close();
        int status = process.waitFor();
        return new Run(status, Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    private Run kit(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(JAVA, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String engine() {
        return Modules.classes("engine").toString();
    }

    @Test
    void nio_passes_withReportsThatBuildServersRead() throws Exception {
        var run = kit("--engine-path", engine(), "--rules", "FUT", "--tries", "2", "--report", "reports");
        assertEquals(0, run.status, run.err);
        assertTrue(run.out.contains("Certificate of the engine nio (2 tries, seed 1)"), run.out);
        var source = Files.writeString(folder.resolve("ReadXml.java"), READ_XML);
        var xml = folder.resolve("reports/TEST-heddle.tck.nio.xml").toString();
        var read = run(List.of(JAVA, source.toString(), xml));
        assertTrue(read.out.matches("testsuite (\\d+) 0 \\1"), read.out + read.err);
    }

    @Test
    void brokenEngine_isRejected_andItsFailureRunsInJShell() throws Exception {
        Files.writeString(folder.resolve("Inline.java"), INLINE);
        var classes = folder.resolve("classes");
        var services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("heddle.api.spi.EngineProvider"), "Inline");
        int compiled = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-proc:none",
                        "-cp",
                        JAR.toString(),
                        "-d",
                        classes.toString(),
                        folder.resolve("Inline.java").toString());
        assertEquals(0, compiled);

        var run = kit("--engine-path", classes.toString(), "--rules", "LOOP-1", "--tries", "5");
        assertEquals(1, run.status, run.out + run.err);
        assertTrue(run.out.contains("FAILED      LOOP-1"), run.out);
        assertTrue(run.out.contains("jshell --class-path " + JAR + File.pathSeparator + classes), run.out);
        var code = between(run.out, "  the program, for JShell:\n", "  to see it again");
        var told = inJShell(code, JAR, classes);
        var difference = between(run.out, "(engine law): ", "\n");
        assertTrue(told.contains(difference), "expected " + difference + " in\n" + told);
    }

    private static String between(String text, String from, String to) {
        int begin = text.indexOf(from);
        int end = text.indexOf(to, begin + from.length());
        assertTrue(begin >= 0 && end > begin, text);
        return text.substring(begin + from.length(), end);
    }

    /** What it prints when it is typed there. */
    private static String inJShell(String code, Path... classPath) {
        var printed = new ByteArrayOutputStream();
        try (var shell = JShell.builder()
                .out(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .build()) {
            for (var each : classPath) {
                shell.addToClasspath(each.toString());
            }
            for (var rest = code; !rest.isBlank(); ) {
                CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
                assertTrue(next.source() != null, rest);
                for (SnippetEvent event : shell.eval(next.source())) {
                    assertTrue(event.status() == Status.VALID && event.exception() == null, () -> event.toString());
                }
                rest = next.remaining();
            }
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void workflow_isInOrder_andItsCommandWorks() throws Exception {
        var text = Files.readString(WORKFLOW);
        assertTrue(text.lines().noneMatch(line -> line.contains("\t")), "YAML has no tabs");
        assertTrue(
                text.lines()
                        .allMatch(line -> (line.length() - line.stripLeading().length()) % 2 == 0),
                text);
        var scripts = scripts(text);
        assertEquals(3, scripts.size(), scripts::toString);
        for (var script : scripts) {
            var checked = run(List.of("sh", "-n", "-c", script));
            assertEquals(0, checked.status, checked.err);
        }
        var certify = scripts.get(2)
                .replace("java -jar", "'" + JAVA + "' -jar")
                .replace("heddle/tck/target/heddle-tck-all.jar", "'" + JAR + "'");
        assertTrue(scripts.get(2).contains("heddle/" + Modules.ROOT.relativize(JAR)), certify);
        var run = run(List.of(
                "sh",
                "-c",
                "ENGINE_PATH='" + engine() + "'; set -- --rules LOOP-1 --tries 1; " + certify.strip() + " \"$@\""));
        assertEquals(0, run.status, run.err);
        assertTrue(Files.exists(folder.resolve("certificate/certificate.html")), run.out);
    }

    /** What the steps run, in order. */
    private static List<String> scripts(String workflow) {
        var scripts = new ArrayList<String>();
        Matcher steps = Pattern.compile("(?m)^( +)run: (?:\\|\\n((?:\\1  .*\\n)+)|(.*)\\n)")
                .matcher(workflow);
        while (steps.find()) {
            scripts.add(steps.group(2) != null ? steps.group(2).stripIndent() : steps.group(3));
        }
        return scripts;
    }
}
