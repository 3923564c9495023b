package heddle.tck.command;

import heddle.api.spi.Capability;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The process in which the engine runs, so that it can hang, crash, exit, print and leak without harm to the kit. It
 * judges one rule at a time, or runs some programs; after a death a new one is started.
 */
final class EngineProcess implements AutoCloseable {

    /** How many seconds more than a try may take the process has to tell that it took them. */
    private static final int GRACE = 10;

    private static final int LONGEST_LINE = 1 << 20;
    private static final Wire GONE = Wire.of("gone");

    private final Process process;
    private final BlockingQueue<Wire> answers = new LinkedBlockingQueue<>();
    private final Output output;
    private final int limit;
    private final String mark = "heddle-" + UUID.randomUUID();
    private final Thread killer;
    private String name = "";
    private String type = "";
    private Set<Capability> claims = Set.of();

    private EngineProcess(List<String> classPath, String main, Arguments arguments, Output output) {
        this.output = output;
        limit = arguments.limit();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+SuppressFatalErrorMessage",
                "-cp",
                String.join(File.pathSeparator, classPath),
                main,
                mark,
                Long.toString(TimeUnit.SECONDS.toMillis(limit))));
        if (arguments.engine() != null) {
            command.add(arguments.engine());
        }
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new WrongUse("no process could be started for the engine: " + e.getMessage());
        }
        killer = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(killer);
        background(() -> output.drain(process.getErrorStream()));
        background(() -> listen(process.getInputStream()));
    }

    private static void background(Runnable code) {
        Thread thread = new Thread(code, "heddle-tck-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a process, and waits until it has found the engine.
     *
     * @throws WrongUse if there is no engine that could be judged
     */
    static EngineProcess start(List<String> kit, String main, Arguments arguments, Output output) {
        List<String> classPath = new ArrayList<>(kit);
        classPath.addAll(arguments.enginePath());
        EngineProcess started = new EngineProcess(classPath, main, arguments, output);
        try {
            Wire hello = started.next(Wire.LOADING * started.limit);
            if (!hello.word().equals(Wire.ENGINE)) {
                throw new WrongUse("no engine could be loaded: " + started.end(hello, "while it was loaded"));
            }
            started.name = hello.argument(0);
            started.type = hello.argument(1);
            started.claims = EnumSet.noneOf(Capability.class);
            Arrays.stream(hello.argument(2).split(","))
                    .filter(each -> !each.isEmpty())
                    .map(Capability::valueOf)
                    .forEach(started.claims::add);
            return started;
        } catch (Throwable e) {
            started.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    Set<Capability> claims() {
        return claims;
    }

    /** What came of a rule, or of the programs. */
    record Answer(@Nullable String failure, boolean usable, List<Integer> unshrunk) {}

    /**
     * Judges a rule, or runs programs.
     *
     * @param order what the process is told to do
     * @param where the words for where it is, with a place for the number of the try
     * @param progress told the number of each try
     * @return the failure, if there is one; whether the process may be used on; and if it is dead, what the last try told
     *     of its program
     * @throws WrongUse if it turns out that the engine isn't complete
     */
    Answer judge(Wire order, String where, IntConsumer progress) {
        say(order);
        int number = 0;
        List<Integer> numbers = List.of();
        while (true) {
            Wire answer = next(limit);
            switch (answer.word()) {
                case Wire.TRY -> {
                    number = Integer.parseInt(answer.argument(0));
                    numbers = Arrays.stream(answer.argument(1).split(","))
                            .filter(each -> !each.isEmpty())
                            .map(Integer::valueOf)
                            .toList();
                    progress.accept(number);
                }
                case Wire.PASSED -> {
                    return new Answer(null, true, List.of());
                }
                case Wire.FAILED -> {
                    return new Answer(answer.argument(0), true, List.of());
                }
                case Wire.UNABLE -> throw new WrongUse("the engine is not complete: " + answer.argument(0));
                default -> {
                    boolean told = answer.word().equals(Wire.HUNG);
                    return new Answer(end(answer, where.formatted(number)), false, told ? List.of() : numbers);
                }
            }
        }
    }

    /** The threads that the engine left running, or nothing if it doesn't say. */
    List<String> threads() {
        say(Wire.of(Wire.END));
        Wire answer = next(limit);
        return answer.word().equals(Wire.THREADS) ? answer.arguments() : List.of();
    }

    private void say(Wire line) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((line.encoded() + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // it is dead: next() tells
        }
    }

    private Wire next(int seconds) {
        try {
            Wire answer = answers.poll(seconds + GRACE, TimeUnit.SECONDS);
            return answer == null ? Wire.of("silence") : answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GONE;
        }
    }

    /** In words, why there is nothing more to expect. */
    private String end(Wire last, String when) {
        switch (last.word()) {
            case Wire.HUNG, Wire.UNABLE -> {
                return last.argument(0);
            }
            case "silence" -> {
                return "it hung " + when + ": no end after " + limit + " s, and it could not say where";
            }
            default -> {
                try {
                    int status = process.waitFor();
                    return "the engine ended its JVM " + when + ": exit status " + status
                            + (status > 128 ? ", as after a crash (signal " + (status - 128) + ")" : "");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return "interrupted";
                }
            }
        }
    }

    /** Picks the lines with the mark out of what the process writes; the rest is the engine's output. */
    private void listen(InputStream in) {
        byte[] buffer = new byte[8192];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, from, i - from);
                        from = i + 1;
                        heard(line.toByteArray());
                        line.reset();
                    }
                }
                line.write(buffer, from, count - from);
                if (line.size() > LONGEST_LINE) {
                    heard(line.toByteArray());
                    line.reset();
                }
            }
        } catch (IOException e) {
            // the process ended
        } finally {
            answers.add(GONE);
        }
    }

    private void heard(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.startsWith(mark)) {
            answers.add(Wire.decode(text.substring(mark.length() + 1)));
        } else if (line.length > 0) {
            output.add(line, 0, line.length);
            output.add(new byte[] {'\n'}, 0, 1);
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // it is running
        }
    }
}
