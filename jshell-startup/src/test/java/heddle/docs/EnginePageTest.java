package heddle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import heddle.house.Modules;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Does what {@code docs/write-an-engine.md} says, file by file, and compares what comes with what the page shows. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the page's engine is compiled for the class path; once is enough")
@Timeout(300) // on a machine that is busy with other things
class EnginePageTest {
    private static final Path PAGE = Modules.ROOT.resolve("docs/write-an-engine.md");

    /** The name of a file, in a line of its own before the block that is its content. */
    private static final Pattern FILE = Pattern.compile("`(?<name>[\\w/.-]+)`:");

    /** What stands for lines that aren't shown. */
    private static final String GAP = "…";

    private static final Map<String, String> FILES = new LinkedHashMap<>();
    private static final List<List<String>> OUTPUTS = new ArrayList<>();
    private static final List<String> CHANGES = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void readThePage() throws Exception {
        String name = null;
        String info = null;
        var block = new ArrayList<String>();
        for (var line : Files.readAllLines(PAGE)) {
            var file = FILE.matcher(line);
            if (line.startsWith("```")) {
                if (info == null) {
                    info = line.substring(3);
                } else {
                    keep(name, info, block);
                    name = null;
                    info = null;
                    block.clear();
                }
            } else if (info != null) {
                block.add(line);
            } else if (file.matches()) {
                name = file.group("name");
            }
        }
    }

    private static void keep(String name, String info, List<String> block) {
        if (name != null) {
            FILES.put(name, String.join("\n", block) + "\n");
        } else if (info.equals("text")) {
            OUTPUTS.add(List.copyOf(block));
        } else {
            assertTrue(info.endsWith("a change"), () -> "a block without the name of its file: " + info);
            CHANGES.add(String.join("\n", block));
        }
    }

    @Test
    void page_hasAllThatItNeeds() {
        assertEquals(8, FILES.size(), FILES.keySet()::toString);
        assertEquals(1, CHANGES.size());
        assertEquals(3, OUTPUTS.size());
    }

    @Test
    void build_asksForWhatThereIs() throws Exception {
        var pom = file("pom.xml");
        var root = Files.readString(Modules.ROOT.resolve("pom.xml"));
        var version = between(root, "<artifactId>heddle</artifactId>\n  <version>", "<");
        for (var module : List.of("engine", "tck")) {
            var artifact = "<artifactId>heddle-" + module + "</artifactId>";
            assertTrue(
                    Files.readString(Modules.ROOT.resolve(module + "/pom.xml")).contains(artifact), artifact);
            assertTrue(pom.contains(artifact + "\n      <version>" + version + "</version>"), artifact);
        }
        var surefire = "<artifactId>maven-surefire-plugin</artifactId>";
        assertEquals(
                between(root, surefire + "\n          <version>", "<"),
                between(pom, surefire + "\n        <version>", "<"));
    }

    @Test
    void mistake_isFoundAsThePageShows() throws Exception {
        compile(false);
        matches(OUTPUTS.get(0), run("-Dheddle.tck.seconds=2", "inbox.Certify"));
    }

    @Test
    void engine_isCertifiedOnceItIsRepaired() throws Exception {
        compile(true);
        var certificate = start("inbox.Certify"); // all at the same time
        var tests = start("heddle.docs.RunTests", "inbox.InboxTckTest", "inbox.InboxLibraryTest");
        var use = start("-Dheddle.engine=inbox", "inbox.Use");
        matches(OUTPUTS.get(2), use.get());
        matches(OUTPUTS.get(1), certificate.get());
        matches(List.of(GAP, "137 succeeded, 0 failed, 13 skipped"), tests.get());
    }

    /** Writes the files, with or without the change, and compiles them. */
    private void compile(boolean changed) throws Exception {
        var sources = new ArrayList<String>();
        for (var name : FILES.keySet()) {
            var target = folder.resolve(name.startsWith("src/main/resources/") ? name.substring(19) : name);
            Files.createDirectories(target.getParent());
            Files.writeString(target, changed ? changed(file(name)) : file(name));
            if (name.endsWith(".java")) {
                sources.add(target.toString());
            }
        }
        var arguments =
                new ArrayList<>(List.of("--release", "17", "-proc:none", "-d", folder.toString(), "-cp", classPath()));
        arguments.addAll(sources);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }

    /** The change is a whole method, which stands in the place of the one that begins like it. */
    private static String changed(String file) {
        var change = CHANGES.get(0);
        var begin = change.substring(0, change.indexOf("{") + 1);
        int from = file.indexOf(begin);
        int to = file.indexOf("    }\n", from);
        return from < 0 ? file : file.substring(0, from) + change + file.substring(to + 5);
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private FutureTask<List<String>> start(String... arguments) {
        var task = new FutureTask<>(() -> run(arguments));
        var thread = new Thread(task, arguments[arguments.length - 1]);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** What a JVM prints. It doesn't live long enough for the better compiler. */
    private List<String> run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                folder + File.pathSeparator + classPath()));
        command.addAll(List.of(arguments));
        var child = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        child.getOutputStream().close();
        try (var lines = child.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        } finally {
            child.destroyForcibly();
        }
    }

    /** Compares line by line; where the page has a gap, any lines may be. */
    private static void matches(List<String> shown, List<String> came) {
        int next = 0;
        boolean gap = false;
        for (var line : shown) {
            if (line.equals(GAP)) {
                gap = true;
                continue;
            }
            int at = next;
            while (gap && at < came.size() && !came.get(at).equals(line)) {
                at++;
            }
            if (at >= came.size() || !came.get(at).equals(line)) {
                fail("the page shows\n" + line + "\nbut what came is\n" + String.join("\n", came));
            }
            next = at + 1;
            gap = false;
        }
    }

    private static String file(String name) {
        return FILES.get(name);
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before);
        assertTrue(from >= 0, before);
        return text.substring(from + before.length(), text.indexOf(after, from + before.length()));
    }
}
