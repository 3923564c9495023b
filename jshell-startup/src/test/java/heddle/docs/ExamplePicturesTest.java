package heddle.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.EngineProvider;
import heddle.house.Modules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each program of {@code docs/examples} on the {@link DrawnEngine}, and compares the picture of it. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "an engine of the test's own is found on the class path; once is enough")
@Timeout(60)
class ExamplePicturesTest {

    /** The JDK's client has threads and sockets of its own, so that what these do differs from run to run. */
    private static final Set<String> WITH_HTTP_CLIENT = Set.of("Crawler", "Fetch");

    @TempDir
    static Path folder;

    private static URLClassLoader loader;

    /** The names of the programs, but for those that can't be drawn. */
    static List<String> examples() throws Exception {
        try (Stream<Path> all = Files.list(Modules.ROOT.resolve("docs/examples"))) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .filter(name -> !WITH_HTTP_CLIENT.contains(name))
                    .sorted()
                    .toList();
        }
    }

    /** Heddle's classes are loaded anew, beside the engine, so that the lookup finds it here and in no other test. */
    @BeforeAll
    static void compile() throws Exception {
        String classPath = System.getProperty("java.class.path");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString(), "-cp", classPath));
        for (String name : examples()) {
            arguments.add(
                    Modules.ROOT.resolve("docs/examples/" + name + ".java").toString());
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(EngineProvider.class.getName()), DrawnEngine.class.getName());
        List<URL> urls = new ArrayList<>(List.of(folder.toUri().toURL()));
        for (String entry : classPath.split(System.getProperty("path.separator"))) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @AfterAll
    static void close() throws Exception {
        loader.close();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_picture(String name) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertTrue(printed.size() > 0, "it printed nothing");
        loader.loadClass(DrawnEngine.class.getName())
                .getMethod("compare", String.class)
                .invoke(null, name + ".svg");
    }

    @Test
    void pictures_areAllOfSomething() throws Exception {
        Set<String> drawn = new TreeSet<>();
        examples().forEach(name -> drawn.add(name + ".svg"));
        for (Page page : DocsTest.pages().toList()) {
            for (String line : Files.readAllLines(page.file())) {
                int at = line.indexOf("](pictures/");
                if (line.startsWith("!") && at >= 0) {
                    drawn.add(line.substring(at + "](pictures/".length(), line.indexOf(".svg") + ".svg".length()));
                }
            }
        }
        try (Stream<Path> all = Files.list(Pictures.FOLDER)) {
            assertEquals(
                    drawn,
                    new TreeSet<>(all.map(file -> file.getFileName().toString()).toList()));
        }
    }
}
