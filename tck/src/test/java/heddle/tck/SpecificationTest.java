package heddle.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.spi.Capability;
import heddle.tck.law.Laws;
import heddle.tck.zoo.Beast;
import heddle.tck.zoo.Zoo;
import java.io.BufferedReader;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The text, the laws, the properties and the zoo speak of the same rules. */
class SpecificationTest {
    /** How many rules there are at least: raise it as the specification grows. */
    private static final int RULES = 148;

    private static final String WITHDRAWN = "withdrawn";

    private static final Path PUBLISHED = Path.of(Files.exists(Path.of("tck")) ? "tck" : "")
            .resolve("src/test/resources/heddle/tck/published-rules.txt");

    private static final Specification SPECIFICATION = Specification.read();

    private static final Set<String> IDS =
            SPECIFICATION.rules().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void rules_areAsManyAsEver() {
        assertTrue(IDS.size() >= RULES, () -> "only " + IDS.size() + " rules");
    }

    @Test
    void everyRule_hasALaw() {
        assertEquals(IDS, new TreeSet<>(Laws.rules()));
    }

    @Test
    void everyRule_hasAProperty() {
        Set<String> labelled = new TreeSet<>();
        for (Method method : EngineTck.class.getMethods()) {
            if (method.isAnnotationPresent(Property.class)) {
                String id = method.getAnnotation(Label.class).value().split(" ", 2)[0];
                assertEquals(id.toLowerCase(Locale.ROOT).replace("-", ""), method.getName());
                labelled.add(id);
            }
        }
        assertEquals(IDS, labelled);
    }

    @Test
    void everyRule_hasABrokenEngine() {
        assertEquals(IDS, Zoo.beasts().stream().map(Beast::rule).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void capabilities_areThoseOfTheTable() throws Exception {
        try (InputStream in = Specification.class.getResourceAsStream("specification.md")) {
            List<String> rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.substring(3, line.indexOf('`', 3)))
                    .toList();
            assertEquals(Arrays.stream(Capability.values()).map(Enum::name).toList(), rows);
        }
    }

    @Test
    void everyRule_isOneMustWithAnIntent() {
        for (Rule rule : SPECIFICATION.rules()) {
            assertEquals(2, rule.sentence().split("\\bMUST\\b", -1).length, rule::toString);
            assertTrue(rule.sentence().endsWith("."), rule::toString);
            assertTrue(rule.intent().endsWith("."), rule::toString);
        }
    }

    /** The sentences as they were published: engines were certified by them. */
    @Test
    void publishedRule_saysWhatItSaid() throws Exception {
        Map<String, String> published = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(PUBLISHED)) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(words -> published.put(words[0], words[1]));
        }
        assertTrue(published.size() >= RULES, () -> "only " + published.size() + " published rules");
        Map<String, String> current = new TreeMap<>();
        for (Rule rule : SPECIFICATION.rules()) {
            current.put(rule.id(), fingerprint(rule));
        }
        List<String> wrong = new ArrayList<>();
        published.forEach((id, fingerprint) -> {
            if (fingerprint.equals(WITHDRAWN)) {
                if (current.containsKey(id)) {
                    wrong.add(id + " was withdrawn, and its number is not given again: take a new one");
                }
            } else if (!current.containsKey(id)) {
                wrong.add(id + " was published and is gone: write '" + id + " " + WITHDRAWN + "' into " + PUBLISHED);
            } else if (!fingerprint.equals(current.get(id))) {
                wrong.add(id + " doesn't say what it said when it was published: restore its sentence, and give the"
                        + " new one a new number");
            }
        });
        current.forEach((id, fingerprint) -> {
            if (!published.containsKey(id)) {
                wrong.add(id + " is new: add the line '" + id + " " + fingerprint + "' to " + PUBLISHED);
            }
        });
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    /** What an engine was promised: the sentence, and whom it is for. */
    private static String fingerprint(Rule rule) throws Exception {
        String promise = rule.sentence() + " " + new TreeSet<>(rule.capabilities());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(promise.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    @Test
    void needs_nameRulesAndGoInNoCircle() {
        for (Rule rule : SPECIFICATION.rules()) {
            assertTrue(IDS.containsAll(SPECIFICATION.needs(rule.id())), rule::toString);
        }
    }

    @Test
    void everyFactAboutAsyncio_isCoveredOrSaidToHaveNoRule() {
        Set<Integer> wanted = new TreeSet<>();
        IntStream.rangeClosed(1, 95).forEach(wanted::add);
        wanted.addAll(List.of(161, 162, 163, 164, 167));
        // what Java has no equivalent of, or what is the library's: the text says which
        wanted.removeAll(List.of(40, 41, 47, 57, 58, 59, 60, 61, 62, 68));
        Set<Integer> cited = new TreeSet<>();
        SPECIFICATION.rules().forEach(rule -> cited.addAll(rule.asyncio()));
        wanted.removeAll(cited);
        assertEquals(Set.of(), wanted);
    }

    @Test
    void parse_ruleOfAnotherForm_fails() {
        String good = "### <a id=\"X-1\"></a>X-1\n\nIt MUST.\n\n*Why.*\n\nasyncio: - · needs: - · profile: semantic\n";
        assertEquals(1, Specification.parse(good).rules().size());
        assertThrows(IllegalStateException.class, () -> Specification.parse(good.replace("needs", "wants")));
        assertThrows(IllegalStateException.class, () -> Specification.parse(good + good));
        String circle = good.replace("needs: -", "needs: X-1");
        assertThrows(
                IllegalStateException.class, () -> Specification.parse(circle).needs("X-1"));
    }
}
