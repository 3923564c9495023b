package heddle.stream;

import heddle.api.EventLoop;
import heddle.api.ThrowingRunnable;
import heddle.dsl.AsyncIterable;
import heddle.dsl.Chain;
import heddle.dsl.Heddle;
import heddle.dsl.signal.Signals;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files, processes and signals; made for {@code import static heddle.stream.Os.*}. What touches the disk runs on threads of
 * the loop's default executor, since no system offers it without blocking; cancelling the wait doesn't stop it.
 */
public final class Os {

    private Os() {}

    // ---- files

    /**
     * Reads a whole file.
     *
     * @param path the file
     * @return a recipe, of its bytes
     */
    public static Chain<byte[]> readFile(Path path) {
        Objects.requireNonNull(path, "path");
        return Heddle.toThread(() -> Files.readAllBytes(path)).named("readFile");
    }

    /**
     * Reads a whole file of UTF-8 text.
     *
     * @param path the file
     * @return a recipe, of its text; it fails with {@link java.nio.charset.MalformedInputException} if it isn't UTF-8
     */
    public static Chain<String> readText(Path path) {
        Objects.requireNonNull(path, "path");
        return Heddle.toThread(() -> Files.readString(path)).named("readText");
    }

    /**
     * Writes a file.
     *
     * @param path the file
     * @param data its bytes, copied
     * @param options how to open it; with none it is created, or its content replaced
     * @return a recipe, of the path
     */
    public static Chain<Path> writeFile(Path path, byte[] data, OpenOption... options) {
        Objects.requireNonNull(path, "path");
        byte[] own = Objects.requireNonNull(data, "data").clone();
        OpenOption[] how = Objects.requireNonNull(options, "options").clone();
        return Heddle.toThread(() -> Files.write(path, own, how)).named("writeFile");
    }

    /**
     * Writes a file of UTF-8 text.
     *
     * @param path the file
     * @param text its text
     * @param options how to open it; with none it is created, or its content replaced
     * @return a recipe, of the path
     */
    public static Chain<Path> writeText(Path path, CharSequence text, OpenOption... options) {
        Objects.requireNonNull(path, "path");
        String own = Objects.requireNonNull(text, "text").toString();
        OpenOption[] how = Objects.requireNonNull(options, "options").clone();
        return Heddle.toThread(() -> Files.writeString(path, own, how)).named("writeText");
    }

    /**
     * Lists a folder and all that is below it.
     *
     * @param folder the folder
     * @return a recipe, of the paths, sorted, beginning with the folder
     */
    public static Chain<List<Path>> walk(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return Heddle.<List<Path>>toThread(() -> {
                    try (Stream<Path> all = Files.walk(folder)) {
                        return all.sorted().toList();
                    }
                })
                .named("walk");
    }

    /**
     * Follows a text file as it grows: all its lines, then each new one when it is complete; as {@code tail -F} does. It is
     * looked at ten times a second. A file that becomes shorter, or is replaced by a shorter one, is read from its beginning.
     *
     * @param path the file, which exists at the start
     * @return its lines, without end: leave the iteration, or cancel it
     */
    public static AsyncIterable<String> follow(Path path) {
        return follow(path, 0.1);
    }

    /**
     * As {@link #follow(Path)}.
     *
     * @param path the file, which exists at the start
     * @param interval how many seconds to wait between two looks
     * @return its lines, without end
     * @throws IllegalArgumentException if {@code interval} isn't positive
     */
    public static AsyncIterable<String> follow(Path path, double interval) {
        Objects.requireNonNull(path, "path");
        if (!(interval > 0)) {
            throw new IllegalArgumentException("interval is " + interval + ": expected more than 0 seconds");
        }
        return () -> new Follower(path, interval);
    }

    // ---- processes

    /**
     * Starts a program, with pipes for its input, output and errors.
     *
     * @param command the program and its arguments
     * @return a recipe, of the running process, to be closed; it fails with {@link java.io.IOException} if there is no such
     *     program
     */
    public static Chain<Subprocess> createSubprocess(String... command) {
        Objects.requireNonNull(command, "command");
        for (String each : command) {
            Objects.requireNonNull(each, "command");
        }
        return createSubprocess(new ProcessBuilder(command));
    }

    /**
     * Starts a program in a folder, with an environment, or with redirections of its own.
     *
     * @param builder what to start, and how
     * @return a recipe, of the running process, to be closed
     */
    public static Chain<Subprocess> createSubprocess(ProcessBuilder builder) {
        Objects.requireNonNull(builder, "builder");
        return Heddle.<@Nullable Void>chain((Void) null)
                .<Subprocess>await(() -> Subprocess.starting(builder))
                .named("createSubprocess");
    }

    // ---- signals

    /**
     * Has {@code callback} run on the calling loop whenever the process gets a signal, in place of what the JVM does with
     * it. The loop is held until the handler is removed or replaced.
     *
     * @param signal its name without SIG, as INT, TERM or HUP
     * @param callback what to do
     * @throws UnsupportedOperationException if this JVM has no access to signals; the message says what to do
     * @throws IllegalArgumentException if there is no such signal, or the JVM keeps it for itself
     */
    public static void addSignalHandler(String signal, ThrowingRunnable callback) {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(callback, "callback");
        EventLoop loop = EventLoop.running();
        Signals.handle(signal, loop, callback);
    }

    /**
     * Ends what {@link #addSignalHandler} did.
     *
     * @param signal its name without SIG
     * @return whether there was a handler
     */
    public static boolean removeSignalHandler(String signal) {
        return Signals.remove(Objects.requireNonNull(signal, "signal"));
    }
}
