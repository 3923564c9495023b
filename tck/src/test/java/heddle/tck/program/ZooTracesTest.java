package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.tck.model.ModelProvider;
import heddle.tck.zoo.Beast;
import heddle.tck.zoo.Caught;
import heddle.tck.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every broken engine is told from a sound one by three recorded programs at least, or it is written down why no program of
 * the language can. {@code -Dheddle.zoo.find=true} runs all programs on each engine until three differ, and writes {@code
 * target/caught.txt}.
 */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "nothing here depends on the path, and once is long enough")
class ZooTracesTest {

    private static final int WANTED = 3;
    private static final List<String> HUNG = List.of("hung");
    private static final Recorded NOTHING =
            new Recorded(0, "", List.of(), "", Json.program("{\"bodies\":{\"main\":[]}}"), List.of());
    private static final long PATIENCE_SECONDS = 2;

    @Test
    void everyBrokenEngine_isCaughtOrExplained() {
        assertEquals(
                Zoo.beasts().stream().map(Beast::rule).distinct().toList(),
                List.copyOf(Caught.committed().keySet()));
        Caught.committed()
                .forEach((rule, caught) -> assertTrue(
                        caught.programs().isEmpty()
                                ? !caught.reason().isBlank()
                                : Set.copyOf(caught.programs()).size() == WANTED,
                        rule));
    }

    @TestFactory
    Stream<DynamicTest> brokenEngine_hasOtherTracesThanCPython() {
        Map<String, Caught> committed = Caught.committed();
        Map<Integer, Recorded> programs = programs(committed.values().stream()
                .flatMap(caught -> caught.programs().stream())
                .collect(Collectors.toSet()));
        return Zoo.beasts().stream()
                .filter(beast -> !committed.get(beast.rule()).programs().isEmpty())
                .map(beast -> DynamicTest.dynamicTest(
                        beast.toString(),
                        () -> assertAllDiffer(
                                beast,
                                committed.get(beast.rule()).programs().stream()
                                        .map(programs::get)
                                        .toList())));
    }

    /** After another program, as a mistake may be in what loops share; at the same time, so that a hang is waited for once. */
    private static void assertAllDiffer(Beast beast, List<Recorded> programs) throws InterruptedException {
        trace(start(NOTHING, beast));
        List<FutureTask<List<String>>> runs =
                programs.stream().map(recorded -> start(recorded, beast)).toList();
        for (int i = 0; i < runs.size(); i++) {
            assertNotEquals(
                    programs.get(i).trace(), trace(runs.get(i)), programs.get(i).id() + " is equal");
        }
    }

    @Test
    void referenceModel_hasCPythonsTracesOfThem() {
        programs(Caught.committed().values().stream()
                        .flatMap(caught -> caught.programs().stream())
                        .collect(Collectors.toSet()))
                .values()
                .forEach(recorded -> assertEquals(
                        recorded.trace(), ProgramRun.trace(recorded.program(), Form.CHAINS, new ModelProvider())));
    }

    private static Map<Integer, Recorded> programs(Set<Integer> ids) {
        Map<Integer, Recorded> programs = new HashMap<>();
        for (Recording recording : List.of(Recording.first(), Recording.more())) {
            recording.read(ids, recorded -> programs.put(recorded.id(), recorded));
        }
        assertEquals(new TreeSet<>(ids), new TreeSet<>(programs.keySet()));
        return programs;
    }

    private static FutureTask<List<String>> start(Recorded recorded, Beast beast) {
        FutureTask<List<String>> run = new FutureTask<>(() -> ProgramRun.trace(recorded.program(), Form.CHAINS, beast));
        Thread thread = new Thread(run, "program " + recorded.id() + " on " + beast);
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** What a broken engine makes of a program: a trace, or a single line that says what else came. */
    private static List<String> trace(FutureTask<List<String>> run) throws InterruptedException {
        try {
            return run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return List.of("threw " + e.getCause());
        } catch (TimeoutException e) {
            return HUNG;
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "heddle.zoo.find", matches = "true")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void find() throws Exception {
        String only = System.getProperty("heddle.zoo.rules", ".*");
        List<Recorded> programs = new ArrayList<>();
        Recording.more().read(programs::add);
        Recording.first().read(programs::add);
        List<String> lines = new ArrayList<>();
        for (Beast beast : Zoo.beasts()) {
            if (!beast.rule().matches(only)) {
                continue;
            }
            List<Integer> found = new ArrayList<>();
            List<String> how = new ArrayList<>();
            List<Integer> hung = new ArrayList<>();
            for (Recorded recorded : programs) {
                List<String> trace = trace(start(recorded, beast));
                if (trace.equals(HUNG)) {
                    hung.add(recorded.id());
                    if (hung.size() == WANTED) {
                        found = hung;
                        break;
                    }
                } else if (!trace.equals(recorded.trace())) {
                    found.add(recorded.id());
                    how.add(trace.size() == 1 ? trace.get(0) : recorded.template());
                    if (found.size() == WANTED) {
                        break;
                    }
                }
            }
            String line =
                    beast.rule() + " " + found.stream().map(String::valueOf).collect(Collectors.joining(" "));
            System.out.println(line + "   " + how + " hung " + hung + " " + beast.mistake());
            lines.add(line);
        }
        Files.write(Path.of("target/caught.txt"), lines);
    }
}
