package heddle.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.docs.Terminal;
import heddle.house.Modules;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The session at the prompt, with snippets in a JVM of their own as they are there. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
@Timeout(240) // on a machine that is busy with other things
class PromptTest {
    private static final Path SCRIPT = Modules.ROOT.resolve("jshell-startup/heddle.jsh");

    @Test
    void ctrlC_cancelsWhatThePromptAwaitsAndNothingElse() throws Exception {
        var begun = new CountDownLatch(1);
        var out = new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                begun.countDown(); // nothing else prints
            }
        };
        try (var shell = JShell.builder().out(out).build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            evalAll(shell, Files.readString(SCRIPT));
            evalAll(shell, """
                    int ticks = 0;
                    var clock = createTask(async(() -> { while (true) { await(sleep(0.005)); ticks++; } }));
                    var slow = createTask(sleep(60), "slow");
                    """);
            var prompt = CompletableFuture.supplyAsync(
                    () -> shell.eval("await(async(() -> { System.out.println(); await(slow); }))"));
            begun.await(); // a Ctrl-C before that would stop the snippet before it awaits
            shell.stop(); // what the tool calls at Ctrl-C
            prompt.get(30, TimeUnit.SECONDS);

            assertEquals("\"slow cancelled\"", value(shell, "slow.toString()"));
            assertEquals("\"alive\"", value(shell, "await(sleep(0.02, \"alive\"))"));
            assertEquals("true", value(shell, "int before = ticks; await(sleep(0.1)); boolean on = ticks > before;"));
            assertEquals("false", value(shell, "clock.done()"));

            // without the launcher, the session is exchanged inside the call
            evalAll(shell, "virtualTime();");
            assertEquals("true", value(shell, "clock.cancelled()"));
            assertEquals("\"an hour\"", value(shell, "await(sleep(3600, \"an hour\"))"));
            assertEquals("3600.0", value(shell, "Session.current().onLoop(() -> Session.current().loop().time())"));
            evalAll(shell, "rule(\"FUT-5\"); rule(\"LOOP-5\"); tour(3); engine(\"netty\"); realTime();");
            assertEquals("\"awake\"", value(shell, "await(sleep(0.01, \"awake\"))"));
        }
    }

    @Test
    void newJvm_comesUpWithANewSession() throws Exception {
        var shown = Terminal.show(
                SCRIPT,
                List.of(
                        "await(sleep(0.01, \"first\"))",
                        "/reset",
                        "await(sleep(0.01, \"after reset\"))",
                        "/reload -quiet",
                        "await(sleep(0.01, \"after reload\"))",
                        "/env --add-modules jdk.httpserver",
                        "await(sleep(0.01, \"after env\"))",
                        "Future<String> f = null"));
        for (var expected : List.of(
                "$1 ==> \"first\"",
                "$1 ==> \"after reset\"",
                "$2 ==> \"after reload\"",
                "$3 ==> \"after env\"",
                "f ==> null")) {
            assertTrue(shown.contains(expected), () -> expected + " missing in:\n" + String.join("\n", shown));
        }
    }

    private static void evalAll(JShell shell, String text) {
        var snippets = new Snippets(shell.sourceCodeAnalysis(), text);
        var failure = new Failure(shell, "script");
        for (var piece = snippets.next(); piece != null; piece = snippets.next()) {
            assertNull(failure.in(shell.eval(piece.source()), piece.line()));
        }
    }

    /** The value of the last snippet in a text. */
    private static String value(JShell shell, String text) {
        var snippets = new Snippets(shell.sourceCodeAnalysis(), text);
        var value = "";
        for (var piece = snippets.next(); piece != null; piece = snippets.next()) {
            List<SnippetEvent> events = shell.eval(piece.source());
            value = events.get(0).value();
        }
        return value;
    }
}
