package heddle.stream;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.stream.Os.createSubprocess;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heddle.api.CancelledError;
import heddle.api.Task;
import heddle.dsl.AsyncIterator;
import heddle.dsl.signal.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OsTest {

    private static void needsUnix() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a Unix shell");
    }

    @Test
    void files_areReadAndWrittenAndWalked(@TempDir Path folder) throws Exception {
        run(() -> {
            Path a = folder.resolve("a");
            assertEquals(a, await(Os.writeText(a, "h\u00e9llo")));
            assertEquals("h\u00e9llo", await(Os.readText(a)));
            await(Os.writeFile(a, new byte[] {1, 2}));
            await(Os.writeFile(a, new byte[] {3}, StandardOpenOption.APPEND));
            assertArrayEquals(new byte[] {1, 2, 3}, await(Os.readFile(a)));
            assertEquals(List.of(folder, a), await(Os.walk(folder)));
            assertThrows(NoSuchFileException.class, () -> await(Os.readFile(folder.resolve("none"))));
        });
    }

    @Test
    void follow_growingFile_givesEachLineOnce_cancelledOrNot(@TempDir Path folder) throws Exception {
        run(() -> {
            Path log = folder.resolve("log");
            Files.writeString(log, "one\ntw");
            AsyncIterator<String> lines = Os.follow(log, 0.001).asyncIterator();
            assertEquals("one", await(lines.next()));
            Task<String> next = createTask(async(() -> await(lines.next())));
            await(sleep(0.02));
            Files.writeString(log, "o\nthree\n", StandardOpenOption.APPEND);
            assertEquals("two", await(next));
            Task<String> cancelled = createTask(async(() -> await(lines.next())));
            cancelled.cancel();
            assertThrows(CancelledError.class, () -> await(cancelled));
            assertEquals("three", await(lines.next()));
            Files.writeString(log, "new\n");
            assertEquals("new", await(lines.next()));
            assertThrows(
                    NoSuchFileException.class,
                    () -> await(
                            Os.follow(folder.resolve("none")).asyncIterator().next()));
        });
    }

    @Test
    void communicate_gathersBothOutputs() throws Exception {
        needsUnix();
        run(() -> {
            Subprocess process = await(createSubprocess("/bin/sh", "-c", "cat; echo oh >&2; exit 3"));
            assertNull(process.returnCode());
            byte[] much = new byte[300_000];
            new Random(3).nextBytes(much);
            Subprocess.Output output = await(process.communicate(much));
            assertArrayEquals(much, output.stdout());
            assertEquals("oh\n", output.errorText());
            assertEquals(3, output.returnCode());
            assertEquals(3, process.returnCode());
        });
    }

    @Test
    void subprocess_isTalkedToLineByLine() throws Exception {
        needsUnix();
        run(() -> {
            try (Subprocess cat = await(createSubprocess("cat"))) {
                for (String line : List.of("one", "two")) {
                    cat.stdin().write(line + "\n");
                    await(cat.stdin().drain());
                    assertEquals(line, await(cat.stdout().readLine()));
                }
                Task<String> cancelled = createTask(cat.stdout().readLine());
                await(sleep(0));
                cancelled.cancel();
                assertThrows(CancelledError.class, () -> await(cancelled));
                cat.stdin().write("three\n");
                assertEquals("three", await(cat.stdout().readLine()));
                cat.stdin().writeEof();
                assertNull(await(cat.stdout().readLine()));
                assertEquals(0, await(cat.waitFor()));
            }
        });
        var e = assertThrows(IOException.class, () -> run(createSubprocess("/no/such/program")));
        assertTrue(e.getMessage().contains("/no/such/program"), e.getMessage());
    }

    @Test
    void terminate_lastWords_areRead() throws Exception {
        needsUnix();
        run(() -> {
            String program = "trap 'echo last; echo words >&2; exit 7' TERM; echo ready; while :; do sleep 0.05; done";
            try (Subprocess process = await(createSubprocess("/bin/sh", "-c", program))) {
                assertEquals("ready", await(process.stdout().readLine()));
                process.terminate();
                assertEquals(7, await(process.waitFor()));
                assertEquals("last", await(process.stdout().readLine()));
                assertEquals("words", await(process.stderr().readLine()));
                assertNull(await(process.stdout().readLine()));
            }
        });
    }

    @Test
    void kill_whatWasSaid_isRead() throws Exception {
        needsUnix();
        run(() -> {
            String program = "echo said; echo ready >&2; exec sleep 100";
            try (Subprocess process = await(createSubprocess("/bin/sh", "-c", program))) {
                assertEquals("ready", await(process.stderr().readLine()));
                process.kill();
                assertEquals(137, await(process.waitFor()));
                assertEquals("said", await(process.stdout().readLine()));
                assertNull(await(process.stdout().readLine()));
            }
        });
    }

    @Test
    void subprocess_cancelledAtAnyTurn_leavesNoOrphan() throws Exception {
        needsUnix();
        String mark = "7" + (System.nanoTime() % 1_000_000_000);
        run(() -> {
            for (int turns = 0; turns < 12; turns++) {
                Task<?> user = createTask(async(() -> {
                    try (Subprocess process = await(createSubprocess("sleep", mark))) {
                        await(process.communicate());
                    }
                }));
                for (int i = 0; i < turns; i++) {
                    await(sleep(turns < 6 ? 0 : 0.005));
                }
                user.cancel();
                assertThrows(CancelledError.class, () -> await(user));
            }
            for (int i = 0; i < 400 && children(mark) > 0; i++) {
                await(sleep(0.01)); // one that was about to start is killed when it has
            }
        });
        assertEquals(0, children(mark));
    }

    private static long children(String mark) {
        return ProcessHandle.current()
                .descendants()
                .filter(each ->
                        each.isAlive() && each.info().commandLine().orElse("").contains(mark))
                .count();
    }

    @Test
    void sigint_once_cancelsMain() throws Exception {
        needsUnix();
        run(() -> {
            try (Subprocess program = await(createSubprocess(interruptible("cancelled")))) {
                assertEquals("ready", await(program.stdout().readLine()));
                signal("INT", program);
                assertEquals("cleaned up", await(program.stdout().readLine()));
                assertEquals(1, await(program.waitFor()));
            }
        });
    }

    @Test
    void sigint_twice_endsTheProcess() throws Exception {
        needsUnix();
        run(() -> {
            try (Subprocess program = await(createSubprocess(interruptible("stubborn")))) {
                assertEquals("ready", await(program.stdout().readLine()));
                signal("INT", program);
                assertEquals("no, SIGINT", await(program.stdout().readLine()));
                signal("INT", program);
                assertEquals(130, await(program.waitFor()));
            }
        });
    }

    @Test
    void signalHandler_runsOnTheLoop() throws Exception {
        needsUnix();
        run(() -> {
            try (Subprocess program = await(createSubprocess(Program.command("handler")))) {
                assertEquals("ready", await(program.stdout().readLine()));
                signal("TERM", program);
                assertEquals("got TERM", await(program.stdout().readLine()));
                assertEquals("true false", await(program.stdout().readLine()));
                assertEquals(0, await(program.waitFor()));
            }
        });
    }

    /**
     * A command of {@link Program} that hears SIGINT, also where the tests were started as a background job of a shell: such a
     * job ignores the signal, its children inherit that, and a JVM then leaves it so.
     */
    private static String[] interruptible(String argument) throws Exception {
        String[] command = Program.command(argument);
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        if (!ignored) {
            return command;
        }
        int known = new ProcessBuilder("env", "--default-signal=INT", "true")
                .redirectErrorStream(true)
                .start()
                .waitFor();
        assumeTrue(known == 0, "SIGINT is ignored here, and env cannot undo that");
        return Stream.concat(Stream.of("env", "--default-signal=INT"), Stream.of(command))
                .toArray(String[]::new);
    }

    private static void signal(String name, Subprocess to) throws Exception {
        await(await(createSubprocess("/bin/sh", "-c", "kill -" + name + " " + to.pid()))
                .communicate());
    }

    @Test
    void addSignalHandler_unknownOrMissing_saysSo() throws Exception {
        run(() -> {
            if (Signals.available()) {
                assertThrows(IllegalArgumentException.class, () -> Os.addSignalHandler("NOSUCH", () -> {}));
            } else {
                var e = assertThrows(UnsupportedOperationException.class, () -> Os.addSignalHandler("TERM", () -> {}));
                assertTrue(e.getMessage().contains("--add-modules jdk.unsupported"), e.getMessage());
            }
        });
    }
}
