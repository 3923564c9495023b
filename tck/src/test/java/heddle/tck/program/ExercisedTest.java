package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every rule of asyncio from 1 to 160 is exercised by five recorded programs, or it is written down why none can show it, and
 * what covers it instead. The table {@code docs/exercised.md} says which five, and how many there are; here the five are
 * looked at, with {@code -Dheddle.traces=all} all programs are counted.
 */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "nothing here depends on the path, and once is long enough")
class ExercisedTest {

    private static final int WANTED = 5;
    private static final int RULES = 160;
    private static final Path TABLE = Path.of("../docs/exercised.md");
    private static final Path COUNTED = Path.of("target/exercised.md");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+) \\| (\\d+) \\| ([\\d, ]+) \\|");

    @Test
    void everyRule_isExercised_orCoveredElsewhere() {
        List<Integer> rules = Stream.concat(
                        Exercises.all().stream().map(Exercise::rule),
                        Elsewhere.all().stream().map(Elsewhere::rule))
                .sorted()
                .toList();
        assertEquals(IntStream.rangeClosed(1, RULES).boxed().toList(), rules);
    }

    @Test
    void whatCoversTheOthers_isThere() {
        Elsewhere.all().forEach(rule -> assertTrue(rule.exists(), rule::toString));
    }

    @Test
    void aProgramThatDoesNothing_exercisesNothing() {
        String json = "{\"bodies\":{\"main\":[]}}";
        Seen nothing = new Seen(new Recorded(
                0,
                "",
                List.of(),
                json,
                Json.program(json),
                List.of("0 1 Task-1 start main", "0 1 Task-1 return main null", "0 - - end = null")));
        Exercises.all().forEach(rule -> assertFalse(rule.isIn().test(nothing), rule::name));
    }

    @Test
    void fiveProgramsOfTheTable_exerciseEachRule() throws Exception {
        Map<Integer, List<Integer>> table = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertTrue(Integer.parseInt(row.group(3)) >= WANTED, line);
                table.put(
                        Integer.valueOf(row.group(1)),
                        Stream.of(row.group(4).split(", "))
                                .map(Integer::valueOf)
                                .toList());
            }
        }
        assertEquals(Exercises.all().stream().map(Exercise::rule).toList(), List.copyOf(table.keySet()));
        Map<Integer, Seen> programs = new HashMap<>();
        Set<Integer> ids = table.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        Recording.first().read(ids, recorded -> programs.put(recorded.id(), new Seen(recorded)));
        Recording.more().read(ids, recorded -> programs.put(recorded.id(), new Seen(recorded)));
        assertAll(Exercises.all().stream().map(rule -> () -> {
            List<Integer> five = table.get(rule.rule());
            assertEquals(WANTED, Set.copyOf(five).size());
            five.forEach(id -> assertTrue(
                    rule.isIn().test(programs.get(id)), rule.rule() + " " + rule.name() + ": program " + id));
        }));
    }

    @Test
    @EnabledIfSystemProperty(named = "heddle.traces", matches = "all")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void table_isWhatIsCounted() throws Exception {
        Map<Integer, Set<Integer>> found = new TreeMap<>();
        int[] programs = {0};
        Exercises.all().forEach(rule -> found.put(rule.rule(), new TreeSet<>()));
        Consumer<Recorded> count = recorded -> {
            programs[0]++;
            Seen seen = new Seen(recorded);
            for (Exercise rule : Exercises.all()) {
                if (rule.isIn().test(seen)) {
                    found.get(rule.rule()).add(recorded.id());
                }
            }
        };
        Recording.first().read(count);
        Recording.more().read(count);
        List<String> lines = table(programs[0], found);
        Files.createDirectories(COUNTED.getParent());
        Files.write(COUNTED, lines);
        found.forEach((rule, ids) -> assertTrue(ids.size() >= WANTED, () -> "rule " + rule + ": only " + ids));
        assertEquals(
                lines,
                Files.exists(TABLE) ? Files.readAllLines(TABLE) : List.of(),
                "to accept it: cp tck/target/exercised.md docs/exercised.md");
    }

    private static List<String> table(int programs, Map<Integer, Set<Integer>> found) {
        List<String> lines = new ArrayList<>(List.of(
                "# Which rules the recorded programs exercise",
                "",
                "Of " + programs
                        + " programs recorded from CPython (see [exactness](exactness.md)) so many show each rule of asyncio. What",
                "must be seen in a program is in `Exercises` of the conformance kit's tests; five of the programs are named, and can be",
                "looked at with `-Dheddle.traces.program=NUMBER`.",
                "",
                "| rule | what it says | programs | five of them |",
                "|---|---|---|---|"));
        for (Exercise rule : Exercises.all()) {
            Set<Integer> ids = found.get(rule.rule());
            String five = ids.stream().limit(WANTED).map(String::valueOf).collect(Collectors.joining(", "));
            lines.add("| " + rule.rule() + " | " + rule.name() + " | " + ids.size() + " | " + five + " |");
        }
        lines.addAll(List.of(
                "",
                "No program can show these:",
                "",
                "| rule | what it says | why not | what covers it |",
                "|---|---|---|---|"));
        for (Elsewhere rule : Elsewhere.all()) {
            String covered = rule.covered().contains("#")
                    ? "`" + rule.covered().replaceFirst("^.*\\.", "").replace('#', '.') + "`"
                    : "[" + rule.covered() + "](specification.md#" + rule.covered() + ")";
            lines.add("| " + rule.rule() + " | " + rule.name() + " | " + rule.why() + " | " + covered + " |");
        }
        return lines;
    }
}
