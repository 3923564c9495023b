package heddle.terminal;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A program in a pseudo-terminal, which the tool {@code script} of util-linux makes. Who types waits for what the screen
 * shows, never for a time.
 */
public final class Pty implements AutoCloseable {
    public static final String CTRL_C = "\003";
    public static final String CTRL_D = "\004";
    public static final String TAB = "\t";
    public static final String ENTER = "\r";

    private static final int COLUMNS = 120;
    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final OutputStream keys;
    private final Screen screen = new Screen(COLUMNS);
    private boolean ended;
    private Throwable failure;

    private Pty(Process process) {
        this.process = process;
        this.keys = process.getOutputStream();
        var reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    /** Why there can be no pseudo-terminal here; null if there can. */
    public static String missing() {
        if (!Files.isExecutable(Path.of("/usr/bin/script"))
                || !System.getProperty("os.name").equals("Linux")) {
            return "skipped: no pseudo-terminal, since there is no /usr/bin/script of util-linux";
        }
        try {
            var process = new ProcessBuilder(command("stty size && test -t 0"))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : "skipped: script makes no pseudo-terminal here: " + said;
        } catch (IOException | InterruptedException e) {
            return "skipped: script can't be run: " + e;
        }
    }

    /** Starts a program. */
    public static Pty start(List<String> program) throws IOException {
        var words = new ArrayList<String>();
        for (var word : program) {
            words.add("'" + word.replace("'", "'\\''") + "'");
        }
        var builder = new ProcessBuilder(command("stty rows 50 cols " + COLUMNS + "; exec " + String.join(" ", words)))
                .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("INPUTRC");
        return new Pty(builder.start());
    }

    private static List<String> command(String line) {
        return List.of("/usr/bin/script", "-q", "-e", "-f", "-c", line, "/dev/null");
    }

    private void read() {
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            var buffer = new char[1024];
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                synchronized (screen) {
                    screen.write(new String(buffer, 0, n));
                    screen.notifyAll();
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
        synchronized (screen) {
            ended = true;
            screen.notifyAll();
        }
    }

    public void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    public void enter(String line) throws IOException {
        type(line + ENTER);
    }

    public List<String> lines() {
        synchronized (screen) {
            return screen.lines();
        }
    }

    /** Waits until the screen is as wanted, and gives it. */
    public List<String> await(String what, Predicate<List<String>> wanted) throws InterruptedException {
        if (!shows(LONGEST_SECONDS, wanted)) {
            throw new AssertionError(
                    "the screen never showed " + what + (ended ? "; the program ended" : "") + ":\n"
                            + String.join("\n", lines()),
                    failure);
        }
        return lines();
    }

    /** Waits until the screen is as wanted, so many seconds at most, and tells whether it is. */
    public boolean shows(long seconds, Predicate<List<String>> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (screen) {
            while (!wanted.test(screen.lines())) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    return false;
                }
                screen.wait(left);
            }
            return true;
        }
    }

    /** Waits until the last line is {@code line}. */
    public List<String> awaitLastLine(String line) throws InterruptedException {
        return await(
                "as its last line: " + line,
                lines -> !lines.isEmpty() && lines.get(lines.size() - 1).equals(line));
    }

    public int exitValue() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
