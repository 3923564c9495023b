package heddle.house;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Compares the public API of all modules with the committed {@code docs/public-api.txt}: no change of it goes unseen. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the JSpecify annotations, part of the listing, are at run time on the class path only")
class PublicApiTest {
    /** How many lines the listing must at least have: raise it as Heddle grows. */
    private static final int LINES = 250;

    private static final Path COMMITTED = Modules.ROOT.resolve("docs/public-api.txt");
    private static final Path ACTUAL = Modules.ROOT.resolve("jshell-startup/target/public-api.txt");

    @Test
    void publicApi_isTheCommittedOne() throws Exception {
        var actual = new ArrayList<String>();
        for (var module : Modules.names(Modules.ROOT)) {
            actual.addAll(listing(module));
        }
        assertTrue(actual.size() >= LINES, () -> "only " + actual.size() + " lines, expected at least " + LINES);

        var committed = Files.readAllLines(COMMITTED);
        if (!actual.equals(committed)) {
            Files.write(ACTUAL, actual);
            fail("the public API changed:\n" + difference(committed, actual) + "To accept it:\n  cp "
                    + Modules.ROOT.relativize(ACTUAL) + " " + Modules.ROOT.relativize(COMMITTED));
        }
    }

    @Test
    void difference_namesTheTypeOfEachMember() {
        var before = List.of("interface A", "    void a()", "interface B", "    void b()");
        var after = List.of("interface A", "    void a()", "interface B", "    int b()");
        assertEquals("- interface B: void b()\n+ interface B: int b()\n", difference(before, after));
    }

    private static List<String> listing(String folder) throws Exception {
        var lines = new ArrayList<String>();
        var module = Modules.descriptor(folder);
        lines.add("module " + module.name());
        var packages = Modules.exported(module);
        for (var name : packages) {
            lines.add("");
            lines.add("package " + name);
            for (var type : Modules.publicTypes(folder, name)) {
                lines.addAll(Signatures.of(type));
            }
        }
        lines.add("");
        return lines;
    }

    private static String difference(List<String> before, List<String> after) {
        var old = qualified(before);
        var fresh = qualified(after);
        var gone = old.stream().filter(line -> !fresh.contains(line)).map(line -> "- " + line + "\n");
        var added = fresh.stream().filter(line -> !old.contains(line)).map(line -> "+ " + line + "\n");
        return gone.collect(joining()) + added.collect(joining());
    }

    /** The lines with their type in front of each member, so that each makes sense by itself. */
    private static List<String> qualified(List<String> lines) {
        var result = new ArrayList<String>();
        var type = "";
        for (var line : lines) {
            if (line.startsWith(" ")) {
                result.add(type + ": " + line.strip());
            } else {
                type = line;
                result.add(line);
            }
        }
        return result;
    }
}
