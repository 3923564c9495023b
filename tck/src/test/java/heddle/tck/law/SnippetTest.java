package heddle.tck.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.dsl.Heddle;
import heddle.tck.Certificate;
import heddle.tck.Specification;
import heddle.tck.command.Jars;
import heddle.tck.model.ModelProvider;
import heddle.tck.zoo.Zoo;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The code that a failure is told with compiles, and does what the kit did. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the code is for JShell, which has a class path")
@Timeout(240) // on a machine that is busy with other things
class SnippetTest {
    private static final int PROGRAMS = Integer.getInteger("heddle.snippets", 12);

    @TempDir
    Path folder;

    /** Compiles classes, and loads them. */
    private ClassLoader load(Map<String, String> sources) throws Exception {
        Jars.compile(folder, sources, Law.class, EventLoop.class, Heddle.class);
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    private static String code(String rule, String name, List<Integer> numbers) {
        return String.join("\n", Snippet.code(rule, name, numbers).orElseThrow());
    }

    @Test
    void everyLaw_standsAloneAndIsBrokenByItsBeast() throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        Specification.read().rules().forEach(rule -> {
            String name = Snippet.className(rule.id());
            sources.put(name, code(rule.id(), name, List.of()));
        });
        ClassLoader loader = load(sources);
        int judged = 0;
        for (String rule : List.of("LOOP-2", "FUT-6", "TASK-3", "CANCEL-2", "CTX-1", "ERR-1")) {
            Class<?> type = loader.loadClass(Snippet.className(rule));
            Method law = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Law.class))
                    .findFirst()
                    .orElseThrow();
            law.setAccessible(true);
            Integer[] numbers = new Random(1).ints(40, 0, 256).boxed().toArray(Integer[]::new);
            assertTrue(Replay.law(new ModelProvider(), code(law), numbers).startsWith("kept"), rule);
            if (!Replay.law(beast(rule), code(law), numbers).startsWith("kept")) {
                judged++;
            }
        }
        assertTrue(judged >= 4, "only " + judged + " broken engines seen");
    }

    private static Replay.Code code(Method law) {
        return (t, c) -> {
            try {
                law.invoke(null, t, c);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
    }

    private static EngineProvider beast(String rule) {
        return Zoo.beasts().stream()
                .filter(each -> each.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyProgram_runsAsTheKitRanIt() throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        Map<String, Program> programs = new LinkedHashMap<>();
        for (String rule : List.of("LOOP-15", "TASK-22", "CANCEL-24")) {
            for (int seed = 0; seed < PROGRAMS; seed++) {
                String name = Snippet.className(rule) + "_" + seed;
                List<Integer> numbers =
                        new Random(seed).ints(80, 0, 256).boxed().toList();
                sources.put(name, code(rule, name, numbers));
                programs.put(name, ProgramLaws.program(rule, Choices.of(numbers)));
            }
        }
        ClassLoader loader = load(sources);
        for (EngineProvider engine : List.of(new ModelProvider(), Engines.provider("nio"))) {
            for (var program : programs.entrySet()) {
                Constructor<?> made = loader.loadClass(program.getKey()).getDeclaredConstructor();
                made.setAccessible(true);
                assertEquals(
                        String.join("\n", Replay.trace(engine, new ProgramRun(program.getValue()))),
                        String.join("\n", Replay.trace(engine, (Scripted) made.newInstance())),
                        () -> program.getValue() + "\n" + sources.get(program.getKey()));
            }
        }
    }

    @Test
    void failure_isToldWithCode() {
        Certificate certificate = Certificate.of(beast("TASK-22"), 10, 1);
        String text = certificate.toString();
        assertTrue(text.contains("    class Rule_"), text);
        assertTrue(text.contains("Engines.provider(\"broken: "), text);
    }
}
