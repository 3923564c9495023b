package heddle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.house.Modules;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code docs/asyncio.md} has every name of asyncio, and no name of Heddle's that isn't there. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "it looks at all modules; once is enough")
class AsyncioNamesTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** One line of a table. */
    private record Row(String asyncio, String heddle, String note) {}

    @Test
    void everyNameOfAsyncio_isThereOnce() throws Exception {
        Set<String> names = new TreeSet<>(asyncioNames());
        assertTrue(names.size() > 250, () -> "only " + names.size() + " names of asyncio known");
        Set<String> told = new TreeSet<>();
        Set<String> twice = new TreeSet<>();
        for (Row row : rows("asyncio")) {
            if (!told.add(row.asyncio)) {
                twice.add(row.asyncio);
            }
        }
        assertEquals(Set.of(), twice);
        assertEquals(names, told);
    }

    @Test
    void everyNameOfHeddle_exists() throws Exception {
        Map<String, Class<?>> types = publicTypes();
        List<String> wrong = new ArrayList<>();
        List<Row> all = new ArrayList<>(rows("asyncio"));
        all.addAll(rows("Python"));
        int found = 0;
        for (Row row : all) {
            var names = CODE.matcher(row.heddle);
            int before = found;
            while (names.find()) {
                found++;
                if (!exists(names.group(1), types)) {
                    wrong.add(row.asyncio + ": there is no " + names.group(1));
                }
            }
            if (found == before && (!row.heddle.equals("–") || row.note.isEmpty())) {
                wrong.add(row.asyncio + ": neither a name nor – with a reason");
            }
        }
        assertEquals("", String.join("\n", wrong));
        int checked = found;
        assertTrue(checked > 200, () -> "only " + checked + " names checked");
    }

    @Test
    void aNameThatIsNotThere_isFound() throws Exception {
        Map<String, Class<?>> types = publicTypes();
        assertTrue(
                exists("Heddle.gather", types) && exists("Lock", types) && exists("ReturnWhen.FIRST_COMPLETED", types));
        for (String wrong : List.of("Heddle.nothing", "Nothing", "java.util.Nothing", "Lock.lines")) {
            assertTrue(!exists(wrong, types), wrong);
        }
    }

    private static List<String> asyncioNames() throws Exception {
        try (InputStream list = AsyncioNamesTest.class.getResourceAsStream("asyncio-3.13.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        }
    }

    /** The lines of the tables whose first column has this title. */
    private static List<Row> rows(String title) throws Exception {
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Modules.ROOT.resolve("docs/asyncio.md"))) {
            String[] cells = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            if (cells.length != 5) {
                inside = false;
            } else if (!cells[1].startsWith("`") && !cells[1].startsWith("---")) {
                inside = cells[1].equals(title);
            } else if (inside && cells[1].startsWith("`")) {
                rows.add(new Row(cells[1].replace("`", ""), cells[2], cells[3]));
            }
        }
        assertTrue(!rows.isEmpty(), () -> "no table of " + title);
        return rows;
    }

    private static Map<String, Class<?>> publicTypes() throws Exception {
        Map<String, Class<?>> types = new HashMap<>();
        for (String module : List.of("api", "engine", "dsl")) {
            for (String name : Modules.exported(Modules.descriptor(module))) {
                if (name.equals("heddle.view")) {
                    continue; // tools, with an Event of their own
                }
                for (Class<?> type : Modules.publicTypes(module, name)) {
                    types.put(type.getSimpleName(), type);
                }
            }
        }
        return types;
    }

    private static boolean exists(String name, Map<String, Class<?>> types) {
        Class<?> whole = type(name, types);
        if (whole != null) {
            return true;
        }
        int dot = name.lastIndexOf('.');
        Class<?> holder = dot < 0 ? null : type(name.substring(0, dot), types);
        String member = name.substring(dot + 1);
        return holder != null
                && (Stream.of(holder.getMethods())
                                .filter(method -> Modifier.isPublic(method.getModifiers()))
                                .map(Method::getName)
                                .anyMatch(member::equals)
                        || Stream.of(holder.getFields()).map(Field::getName).anyMatch(member::equals));
    }

    private static @Nullable Class<?> type(String name, Map<String, Class<?>> types) {
        if (types.containsKey(name)) {
            return types.get(name);
        }
        for (String binary : List.of(name, name.replaceFirst("\\.([A-Z]\\w*)$", "\\$$1"))) {
            try {
                return Class.forName(binary);
            } catch (ClassNotFoundException | LinkageError e) {
                // perhaps a member of a type
            }
        }
        return null;
    }
}
