package heddle.jshell;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.house.Modules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names mean at the prompt, and what Tab offers there; in JShell itself, after its own script and Heddle's. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
@Timeout(240) // on a machine that is busy with other things
class NamesTest {
    /** Simple names that the packages which JShell imports on 17 share with Heddle's. */
    private static final Set<String> CLASHES_ON_17 = Set.of("Future", "PriorityQueue", "Queue", "Semaphore");

    /** From this JDK on JShell imports the module java.base, which any import of a package beats. */
    private static final int MODULE_IMPORT = 25;

    private static JShell prompt;

    @BeforeAll
    static void open() throws Exception {
        prompt = shell(script());
    }

    @AfterAll
    static void close() {
        prompt.close();
    }

    @Test
    void everyName_meansHeddlesType() throws Exception {
        assertEquals(Set.of(), strange(prompt));
    }

    @Test
    void namesThatClash_areKnownOnThisJdk() throws Exception {
        try (var shell = shell(script().replaceAll("(?m)^import heddle\\.[\\w.]+;$", ""))) {
            assertEquals(Runtime.version().feature() < MODULE_IMPORT ? CLASHES_ON_17 : Set.of(), strange(shell));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aw, await( awaitAll( awaitEach(",
        "gath, gather( gatherReturningExceptions(",
        "sl, sleep(",
        "createT, createTask(",
        "taskG, taskGroup(",
    })
    void tab_offersFewNames(String typed, String offered) {
        assertEquals(List.of(offered.split(" ")), offers(typed));
    }

    @Test
    void tab_offersWhatATaskCanDo() {
        assertEquals(List.of("cancel(", "cancelMessage()", "cancelled()", "cancelling()"), offers("task.canc"));
        assertEquals(List.of("name()"), offers("task.na"));
        assertEquals(List.of("then("), offers("chain.th"));
        for (var receiver : List.of("task.", "chain.")) {
            var offers = offers(receiver);
            assertTrue(offers.size() <= 40, () -> receiver + " offers " + offers);
        }
    }

    // ---- the stage

    private static String script() throws IOException {
        return Files.readString(Modules.ROOT.resolve("jshell-startup/heddle.jsh"));
    }

    private static JShell shell(String script) throws Exception {
        var shell = JShell.builder().executionEngine("local").build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        evalAll(
                shell,
                Files.readString(FileSystems.getFileSystem(URI.create("jrt:/"))
                        .getPath("modules/jdk.jshell/jdk/jshell/tool/resources/DEFAULT.jsh")));
        evalAll(shell, script.lines().filter(line -> line.startsWith("import ")).reduce("", (a, b) -> a + "\n" + b));
        evalAll(shell, "Task<String> task = null;\nChain<String> chain = null;\n");
        return shell;
    }

    private static void evalAll(JShell shell, String text) {
        var snippets = new Snippets(shell.sourceCodeAnalysis(), text);
        var failure = new Failure(shell, "script");
        for (var piece = snippets.next(); piece != null; piece = snippets.next()) {
            assertNull(failure.in(shell.eval(piece.source()), piece.line()));
        }
    }

    /** The simple names of Heddle's types that mean something else, or nothing. */
    private static Set<String> strange(JShell shell) throws Exception {
        var types = new ArrayList<>(StartupTest.typesImportedOnDemand());
        assertTrue(types.size() >= 30, types::toString);
        var strange = new TreeSet<String>();
        var event = shell.eval(listOf(types)).get(0);
        if (event.status() == Status.REJECTED) {
            shell.diagnostics(event.snippet())
                    .filter(Diag::isError)
                    .map(error -> event.snippet().source().substring((int) error.getStartPosition(), (int)
                            error.getEndPosition()))
                    .forEach(strange::add);
            types.removeIf(type -> strange.contains(type.getSimpleName()));
        }
        assertEquals(
                "true",
                shell.eval(listOf(types) + ".equals(" + namesOf(types) + ")")
                        .get(0)
                        .value());
        return strange;
    }

    private static String listOf(List<Class<?>> types) {
        return types.stream()
                .map(type -> type.getSimpleName() + ".class.getName()")
                .collect(joining(", ", "Arrays.asList(", ")"));
    }

    private static String namesOf(List<Class<?>> types) {
        return types.stream().map(type -> '"' + type.getName() + '"').collect(joining(", ", "Arrays.asList(", ")"));
    }

    /** What Tab offers, without repetitions, in order. */
    private static List<String> offers(String typed) {
        return new ArrayList<>(
                prompt.sourceCodeAnalysis().completionSuggestions(typed, typed.length(), new int[1]).stream()
                        .map(Suggestion::continuation)
                        .collect(toCollection(TreeSet::new)));
    }
}
