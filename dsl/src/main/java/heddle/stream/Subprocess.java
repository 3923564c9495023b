package heddle.stream;

import heddle.api.Awaitable;
import heddle.api.EventLoop;
import heddle.dsl.Chain;
import heddle.dsl.Heddle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs as a process of its own. Close it when it isn't needed any more: it is killed then, and so is what it
 * started, unless it has ended. Start it in a try-with-resources, and no cancellation leaves an orphan.
 */
public final class Subprocess implements AutoCloseable {

    private final Process process;
    private final StreamWriter stdin;
    private final StreamReader stdout;
    private final StreamReader stderr;

    private Subprocess(Process process) {
        EventLoop loop = EventLoop.running();
        this.process = process;
        this.stdin = new StreamWriter(loop, new Pipe(loop, "stdin", null, process.getOutputStream()));
        this.stdout = reader(new Pipe(loop, "stdout", process.getInputStream(), null));
        this.stderr = reader(new Pipe(loop, "stderr", process.getErrorStream(), null));
    }

    private static StreamReader reader(Pipe pipe) {
        return new StreamReader(pipe, StreamReader.DEFAULT_LIMIT);
    }

    /** Starts a process, off the loop; if nobody takes it any more when it has started, it is killed. */
    static Awaitable<Subprocess> starting(ProcessBuilder builder) {
        AtomicReference<@Nullable Object> state = new AtomicReference<>(); // null, then the process, then who took it
        return Heddle.<Process>toThread(() -> {
                    Process started = builder.start();
                    if (!state.compareAndSet(null, started)) {
                        killTree(started);
                    }
                    return started;
                })
                .then(started -> {
                    Subprocess taken = new Subprocess(started);
                    state.set(taken);
                    return taken;
                })
                .eventually(() -> {
                    if (state.getAndSet(Subprocess.class) instanceof Process abandoned) {
                        killTree(abandoned);
                    }
                });
    }

    /**
     * What it reads.
     *
     * @return never null
     */
    public StreamWriter stdin() {
        return stdin;
    }

    /**
     * What it prints. It waits when nobody reads this.
     *
     * @return never null
     */
    public StreamReader stdout() {
        return stdout;
    }

    /**
     * What it complains of. It waits when nobody reads this.
     *
     * @return never null
     */
    public StreamReader stderr() {
        return stderr;
    }

    /**
     * Its number in the system.
     *
     * @return the process id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * How it ended.
     *
     * @return its exit code; null while it runs
     */
    public @Nullable Integer returnCode() {
        return process.isAlive() ? null : process.exitValue();
    }

    /**
     * Waits until it has ended. Cancelling the wait leaves it running.
     *
     * @return a recipe, of its exit code
     */
    public Chain<Integer> waitFor() {
        Awaitable<Process> ended =
                () -> Heddle.<Process>fromCompletionStage(process.onExit()).coroutine();
        return Heddle.<Process>chain(ended).then(Process::exitValue).named("waitFor " + pid());
    }

    /**
     * Gives it all its input, and gathers all its output, up to its end. If this is cancelled, it is killed.
     *
     * @param input what it reads
     * @return a recipe, of all that it printed
     */
    public Chain<Output> communicate(byte[] input) {
        byte[] own = Objects.requireNonNull(input, "input").clone();
        return Heddle.chain(own)
                .tap(data -> {
                    stdin.write(data);
                    stdin.close();
                })
                .<byte[]>gather(data -> List.of(stdout.read(), stderr.read()))
                .await(both -> waitFor().then(code -> new Output(code, both.get(0), both.get(1))))
                .eventually(this::close)
                .named("communicate");
    }

    /**
     * As {@link #communicate(byte[])}, without input.
     *
     * @return a recipe, of all that it printed
     */
    public Chain<Output> communicate() {
        return communicate(new byte[0]);
    }

    /** Asks it to end, which it may refuse. What it still says can be read. */
    public void terminate() {
        process.toHandle().destroy(); // the process's own destroy() would close its pipes, and its last words be lost
    }

    /** Ends it, and what it started, without asking. What it said can be read. */
    public void kill() {
        killTree(process);
    }

    private static void killTree(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    /** Kills it, if it runs, and closes its pipes. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        stdin.abort();
        stdout.connection().close();
        stderr.connection().close();
    }

    @Override
    public String toString() {
        Integer code = returnCode();
        return "Subprocess " + pid() + (code == null ? " running" : " ended with " + code);
    }

    /**
     * What a process left behind.
     *
     * @param returnCode its exit code
     * @param stdout what it printed
     * @param stderr what it complained of
     */
    @SuppressWarnings("ArrayRecordComponent") // what was read is handed over, not shared
    public record Output(int returnCode, byte[] stdout, byte[] stderr) {

        /**
         * Checks that neither is null.
         *
         * @param returnCode its exit code
         * @param stdout what it printed
         * @param stderr what it complained of
         * @throws NullPointerException if one is
         */
        public Output {
            Objects.requireNonNull(stdout, "stdout");
            Objects.requireNonNull(stderr, "stderr");
        }

        /**
         * What it printed, as UTF-8.
         *
         * @return the text
         */
        public String text() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        /**
         * What it complained of, as UTF-8.
         *
         * @return the text
         */
        public String errorText() {
            return new String(stderr, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Output of " + stdout.length + " and " + stderr.length + " bytes, exit code " + returnCode;
        }
    }
}
