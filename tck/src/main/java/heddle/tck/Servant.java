package heddle.tck;

import heddle.api.spi.EngineProvider;
import heddle.tck.command.Wire;
import heddle.tck.program.Form;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs in the process of the engine: finds it, and judges the rules and runs the programs that the kit asks for. */
final class Servant {

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final BlockingQueue<Wire> orders = new LinkedBlockingQueue<>();
    private final String mark;
    private final long millis;

    private Servant(String mark, long millis) {
        this.mark = mark;
        this.millis = millis;
    }

    /** The mark that its lines begin with, how many milliseconds a try may take and, if there is a choice, the name of the engine. */
    public static void main(String[] args) throws Exception {
        Servant servant = new Servant(args[0], Long.parseLong(args[1]));
        InputStream in = System.in;
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        Thread reader = new Thread(() -> servant.read(in), "heddle-tck-orders");
        reader.setDaemon(true);
        reader.start();
        servant.serve(args.length > 2 ? args[2] : null);
    }

    /** Takes orders, and ends at once when nobody is left to give any. */
    private void read(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.add(Wire.decode(line));
            }
        } catch (IOException e) {
            // as if it had ended
        }
        Runtime.getRuntime().halt(0);
    }

    private void say(Wire line) {
        // whatever the engine has printed, this begins a line
        out.print("\n" + mark + " " + line.encoded() + "\n");
        out.flush();
    }

    private void serve(@Nullable String name) throws InterruptedException {
        EngineProvider engine = find(name);
        while (true) {
            Wire order = orders.take();
            switch (order.word()) {
                case Wire.JUDGE ->
                    judge(
                            engine,
                            Judge.specification().rule(order.argument(0)),
                            Integer.parseInt(order.argument(1)),
                            Long.parseLong(order.argument(2)));
                case Wire.PROGRAMS ->
                    programs(
                            engine,
                            Form.valueOf(order.argument(0)),
                            Integer.parseInt(order.argument(1)),
                            Long.parseLong(order.argument(2)));
                case Wire.END -> {
                    say(new Wire(Wire.THREADS, threads()));
                    Runtime.getRuntime().halt(0);
                }
                default -> throw new IllegalArgumentException(order.word());
            }
        }
    }

    private EngineProvider find(@Nullable String name) {
        EngineProvider[] found = new EngineProvider[1];
        try {
            new Watchdog()
                    .run(
                            () -> {
                                EngineProvider engine = Candidates.load().choose(name);
                                String claims = engine.capabilities().stream()
                                        .map(Enum::name)
                                        .collect(Collectors.joining(","));
                                say(Wire.of(
                                        Wire.ENGINE,
                                        engine.name(),
                                        engine.getClass().getName(),
                                        claims));
                                found[0] = engine;
                            },
                            () -> "",
                            () -> {},
                            Wire.LOADING * millis);
        } catch (Candidates.None e) {
            unable(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            unable(Candidates.words(e));
        }
        return found[0];
    }

    private void unable(String why) {
        say(Wire.of(Wire.UNABLE, why));
        Runtime.getRuntime().halt(1);
    }

    private void judge(EngineProvider engine, Rule rule, int tries, long seed) {
        Search search = new Search(engine, tries, seed, true, millis, this::tell);
        Optional<Search.Counterexample> found = search.counterexample(rule);
        if (found.isEmpty()) {
            say(Wire.of(Wire.PASSED));
            return;
        }
        Search.Counterexample failure = found.get();
        for (Throwable e = failure.error(); e != null; e = e.getCause()) {
            if (e instanceof NoClassDefFoundError || e instanceof UnsupportedClassVersionError) {
                unable(Candidates.words(e));
            }
        }
        broken(failure.error() instanceof Watchdog.Hung, failure.text());
    }

    private void programs(EngineProvider engine, Form form, int programs, long seed) {
        try {
            LibraryPrograms suite = LibraryPrograms.run(engine, form, programs, seed, millis, this::tell);
            if (suite.result().status() == Verdict.Status.FAILED) {
                broken(suite.hung(), suite.result().detail());
            } else {
                say(Wire.of(Wire.PASSED));
            }
        } catch (NoClassDefFoundError | UnsupportedClassVersionError e) {
            unable(Candidates.words(e));
        }
    }

    private void broken(boolean hung, String how) {
        say(Wire.of(hung ? Wire.HUNG : Wire.FAILED, how));
    }

    /** Tells of a try that begins: it may be the last word of this process. */
    private void tell(int number, List<Integer> numbers) {
        say(Wire.of(
                Wire.TRY,
                Integer.toString(number),
                numbers.stream().map(String::valueOf).collect(Collectors.joining(","))));
    }

    /** The threads that would keep a JVM alive, this one aside. */
    private static List<String> threads() {
        return List.copyOf(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread != Thread.currentThread())
                .map(Thread::getName)
                .filter(name -> !name.equals("DestroyJavaVM"))
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
