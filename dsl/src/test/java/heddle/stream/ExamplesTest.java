package heddle.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles and runs the programs of {@code docs/examples}; each ends in what it prints. */
@Timeout(60)
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the examples are run on the class path; once is enough")
class ExamplesTest {
    /** How many there must at least be: raise it as examples are added. */
    private static final int FLOOR = 9;

    @TempDir
    static Path classes;

    static List<Path> examples() throws Exception {
        try (Stream<Path> all = Files.list(folder())) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/examples"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/examples");
    }

    @BeforeAll
    static void compile() throws Exception {
        assertTrue(examples().size() >= FLOOR, () -> "fewer than " + FLOOR + " examples");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                Program.classPath()));
        examples().forEach(file -> command.add(file.toString()));
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String problems = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, compiler.waitFor(), problems);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_printsWhatItSays(Path file) throws Exception {
        String source = Files.readString(file);
        String expected = source.substring(source.indexOf("// prints\n") + "// prints\n".length())
                .replaceAll("(?m)^// ", "");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            String name = file.getFileName().toString().replace(".java", "");
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            System.setOut(before);
        }
        assertEquals(expected, printed.toString(UTF_8).replace("\r\n", "\n"));
    }
}
