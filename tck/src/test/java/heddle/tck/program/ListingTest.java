package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.grack.nanojson.JsonObject;
import heddle.api.EventLoop;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.dsl.Heddle;
import heddle.tck.command.Jars;
import heddle.tck.model.ModelProvider;
import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a recorded program is printed as compiles, and has the trace that CPython made of the program. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the code is for JShell, which has a class path")
@Timeout(240) // on a machine that is busy with other things
class ListingTest {

    /** How many of the first batch; of the others, which have what the language got later, half as many. */
    private static final int PROGRAMS = Integer.getInteger("heddle.listings", 8);

    private static final EngineProvider NIO = Engines.provider("nio");

    @TempDir
    Path folder;

    private static String name(Recorded recorded, Form form) {
        return "Program_" + recorded.id() + "_" + form;
    }

    private static List<Recorded> sample() {
        List<Recorded> sample = new ArrayList<>();
        int every = Recording.PROGRAMS / PROGRAMS;
        Recording.first().read(place -> place % every == 0, sample::add);
        int some = Math.max(1, every / 40);
        Recording.more().read(place -> place % some == 0 && place / some < PROGRAMS / 2, sample::add);
        Recording.busy().read(place -> place < PROGRAMS / 2, sample::add);
        return sample;
    }

    @Test
    void program_canBeTypedAtThePrompt() throws Exception {
        Recorded recorded = sample().stream()
                .filter(each -> each.program().statements().anyMatch(s -> s.op() == Op.NEW_QUEUE))
                .findFirst()
                .orElseThrow();
        StringBuilder script = new StringBuilder();
        for (Form form : Form.values()) {
            String told = Listing.forPrompt(recorded.program(), form, "P" + form, "nio");
            script.append(told, told.indexOf('\n'), told.length());
        }
        Path typed = Files.writeString(folder.resolve("typed.jsh"), script.append("\n/exit\n"));
        String path = Stream.of(Written.class, EventLoop.class, Heddle.class, JsonObject.class, NIO.getClass())
                .map(each -> Jars.home(each).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        Process shell = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jshell")
                                .toString(),
                        "--class-path",
                        path,
                        typed.toString())
                .redirectErrorStream(true)
                .start();
        String text;
        try {
            text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            shell.destroyForcibly();
        }
        assertEquals(3, text.split("both the same", -1).length, () -> text + script);
    }

    @Test
    void programs_runAsCPythonRanThem() throws Exception {
        List<Recorded> sample = sample();
        Map<String, String> sources = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            for (Recorded each : sample) {
                String name = name(each, form);
                sources.put(name, String.join("\n", Listing.of(each.program(), form, name)));
            }
        }
        Jars.compile(folder, sources, Written.class, EventLoop.class, Heddle.class);
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            for (Form form : Form.values()) {
                for (Recorded each : sample) {
                    String name = name(each, form);
                    Constructor<?> made = loader.loadClass(name).getDeclaredConstructor();
                    made.setAccessible(true);
                    for (EngineProvider engine : List.of(new ModelProvider(), NIO)) {
                        List<String> came = ((Written) made.newInstance()).trace(engine);
                        assertEquals(
                                each.trace(),
                                came,
                                () -> SideBySide.of("CPython", each.trace(), engine.name(), came) + sources.get(name));
                    }
                }
            }
        }
    }
}
