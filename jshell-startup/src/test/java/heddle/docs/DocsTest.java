package heddle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import heddle.house.Modules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Types the code of every page into a new JShell, block after block, and compares what the page shows with what the terminal
 * shows. How pages are written is in {@code docs/decisions/0050-documentation-runs.md}.
 */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path; once is enough")
@Timeout(240) // on a machine that is busy with other things
class DocsTest {
    /** How many blocks must at least run: raise it as pages are added. */
    private static final int BLOCKS = 69;

    /** What JShell says of its own accord about code that is in order. */
    private static final Pattern IN_ORDER = Pattern.compile("\\|  (created|modified|replaced) [^,]*");

    @Test
    void pages_haveBlocksThatRun() throws Exception {
        int blocks = 0;
        for (var page : pages().toList()) {
            blocks += page.blocks().size();
        }
        int found = blocks;
        assertTrue(found >= BLOCKS, () -> "only " + found + " blocks found, expected at least " + BLOCKS);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_showsWhatTheTerminalShows(Page page) throws Exception {
        var shown = run(page);
        var wrong = new ArrayList<String>();
        for (int i = 0; i < page.blocks().size(); i++) {
            var block = page.blocks().get(i);
            var actual = shown.get(i);
            var right = block.transcript() ? Transcript.matches(block.lines(), actual) : isInOrder(actual);
            if (!right) {
                wrong.add(Modules.ROOT.relativize(page.file()) + ":" + block.line() + ": the terminal shows\n"
                        + String.join("\n", actual));
            }
        }
        if (!wrong.isEmpty()) {
            fail(String.join("\n\n", wrong));
        }
    }

    /** The pages with blocks that run. */
    static Stream<Page> pages() throws Exception {
        var files = new ArrayList<Path>();
        files.add(Modules.ROOT.resolve("README.md"));
        try (var docs = Files.walk(Modules.ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        var pages = new ArrayList<Page>();
        for (var file : files) {
            var page = Page.read(file);
            if (!page.blocks().isEmpty()) {
                pages.add(page);
            }
        }
        return pages.stream();
    }

    private static boolean isInOrder(List<String> actual) {
        return actual.stream()
                .filter(line -> line.startsWith("|"))
                .allMatch(line -> IN_ORDER.matcher(line).matches());
    }

    /** What the terminal shows for each block. */
    private static List<List<String>> run(Page page) throws Exception {
        var input = new ArrayList<String>();
        for (int i = 0; i < page.blocks().size(); i++) {
            input.add(marker(i));
            input.addAll(page.blocks().get(i).input());
        }
        input.add(marker(page.blocks().size()));
        var all = Terminal.show(Modules.ROOT.resolve("jshell-startup/heddle.jsh"), input);
        var blocks = new ArrayList<List<String>>();
        int from = all.indexOf(Page.PROMPT + marker(0));
        assertFalse(from < 0, () -> "no prompt came:\n" + String.join("\n", all));
        for (int i = 1; i <= page.blocks().size(); i++) {
            int to = all.indexOf(Page.PROMPT + marker(i));
            assertFalse(to < 0, () -> page.file() + ": a block ends within a snippet:\n" + String.join("\n", all));
            blocks.add(all.subList(from + 1, to));
            from = to;
        }
        assertEquals(page.blocks().size(), blocks.size());
        return blocks;
    }

    private static String marker(int block) {
        return "// block " + block;
    }
}
