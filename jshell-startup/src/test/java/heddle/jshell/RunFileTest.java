package heddle.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.dsl.Session;
import heddle.house.Modules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
class RunFileTest {
    private static final Path HEDDLE = Modules.ROOT.resolve("jshell-startup/heddle.jsh");

    @TempDir
    private Path folder;

    private Path nothing;
    private Path file;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void files() throws IOException {
        nothing = Files.createFile(folder.resolve("startup.jsh"));
        file = folder.resolve("the file.jsh");
    }

    @Test
    void fine_is0() throws IOException {
        assertStatus(0, "int f(int x) {\n  return x + 1;\n}\nf(1); f(2)\nvar list = new ArrayList<String>()");
        assertErr("");
    }

    @Test
    void exception_endsItWithItsPlacesInTheFile() throws IOException {
        assertStatus(1, """
                void f(int x) {
                    if (x > 1) {
                        throw new IllegalStateException("boom", new RuntimeException("why"));
                    }
                }
                f(1)

                f(
                  2);
                System.exit(99)
                """);
        assertErr("""
                FILE:8: java.lang.IllegalStateException: boom
                f(
                  2);
                    at f (FILE:3)
                    at FILE:8
                Caused by: java.lang.RuntimeException: why
                    at f (FILE:3)
                    at FILE:8
                """);
    }

    @Test
    void compileErrors_areToldWithTheirLines() throws IOException {
        assertStatus(1, "int x = 1;\n\nint y = x +\n  one(x) + two;\n");
        assertErr("""
                FILE:4: error: cannot find symbol
                  symbol:   method one(int)
                  one(x) + two;
                  ^^^
                FILE:4: error: cannot find symbol
                  symbol:   variable two
                  one(x) + two;
                           ^^^
                """);
    }

    @Test
    void incompleteSnippetAtTheEnd_isAnError() throws IOException {
        assertStatus(1, "int x = 1;\nvoid f() {\n");
        assertTrue(err().startsWith("FILE:2: error: reached end of file while parsing\nvoid f() {\n"), this::err);
    }

    @Test
    void methodThatLacksSomething_failsWhereItIsUsed() throws IOException {
        assertStatus(1, "void f() { g(); }\nf()\n");
        assertErr("FILE:2: it uses f, which needs what is never declared: method g()\nf()\n");
    }

    @Test
    void methodThatLacksSomething_failsAtTheEnd() throws IOException {
        assertStatus(1, "void f() { g(); }\nint g = 1;");
        assertErr("FILE:1: f, which needs what is never declared: method g()\nvoid f() { g(); }\n");
    }

    @Test
    void methodDeclaredLater_isFine() throws IOException {
        assertStatus(0, "int f() { return g(); }\nint g() { return 1; }\nf()");
    }

    @Test
    void exit_endsItWithItsStatus() throws IOException {
        assertStatus(7, "int x;\n/exit 7\nnonsense");
        assertStatus(0, "/exit");
    }

    @Test
    void otherCommand_isAnError() throws IOException {
        assertStatus(1, "int x;\n/vars\n");
        assertErr("FILE:2: error: a command of the jshell tool; of those, a file that heddle runs can only have /exit\n"
                + "/vars\n");
    }

    @Test
    void firstLineForTheSystem_isSkipped() throws IOException {
        assertStatus(1, "#!/usr/bin/env heddle\nint x = y;\n");
        assertTrue(err().startsWith("FILE:2: "), this::err);
    }

    @Test
    void brokenStartup_isToldAsSuch() throws IOException {
        Files.writeString(nothing, "nonsense");
        assertStatus(1, "int x;");
        assertTrue(err().startsWith("startup.jsh:1: error: "), this::err);
    }

    @Test
    void tasksThatAreLeft_cleanUpAndTellTheirFailures() throws IOException {
        Files.writeString(file, """
                createTask(async(() -> {
                    try {
                        await(sleep(60));
                    } finally {
                        throw new IllegalStateException("told at the end");
                    }
                }))
                await(sleep(0.01))
                """);
        var before = System.err;
        var all = new ByteArrayOutputStream();
        System.setErr(new PrintStream(all, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, RunFile.run(HEDDLE, file, System.err));
        } finally {
            System.setErr(before);
        }
        assertTrue(all.toString(StandardCharsets.UTF_8).contains("told at the end"), all::toString);
        assertNull(Session.current());
    }

    @Test
    void program_exitsWithWhatItSays() throws Exception {
        Files.writeString(file, "System.out.println(\"hello\"); System.exit(9)");
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunFile.class.getName(),
                        nothing.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertEquals("hello\n", new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        assertEquals(9, child.exitValue());
    }

    private void assertStatus(int expected, String text) throws IOException {
        Files.writeString(file, text);
        err.reset();
        assertEquals(
                expected, RunFile.run(nothing, file, new PrintStream(err, true, StandardCharsets.UTF_8)), this::err);
    }

    private void assertErr(String expected) {
        assertEquals(expected, err());
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace(file.toString(), "FILE");
    }
}
