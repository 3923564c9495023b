package heddle.bench;

import heddle.bench.Figures.Figure;
import heddle.bench.Measure.Sample;
import heddle.bench.Workload.Contestant;
import heddle.bench.Workload.Kind;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures workloads, each contestant in JVMs of its own, one round after the other; prints a line of JSON for each figure, the
 * table, and what changed since the figures that are committed. It runs in {@code engine/bench}, by the script {@code run}.
 */
final class Bench {

    private static final Path FIGURES = Path.of("figures.jsonl");
    private static final Path PAGE = Path.of("../../docs/performance.md");
    private static final Path LIB = Path.of("target/lib");
    private static final Path ARCHIVE = Path.of("target/start-up.archive");
    /** Whether the JVM makes archives that hold more than classes. */
    private static final boolean HAS_CACHE = Runtime.version().feature() >= 25;

    private final int rounds;
    private final List<String> prefix;
    private final boolean outsiders;

    private Bench(int rounds, List<String> prefix, boolean outsiders) {
        this.rounds = rounds;
        this.prefix = prefix;
        this.outsiders = outsiders;
    }

    /**
     * Options: {@code --rounds N}, {@code --cpus LIST} (where the measured processes may run), {@code --only-java}, {@code
     * --heddle} (no peers), {@code --save} (into the committed figures and the page); then names of workloads, or their
     * beginnings.
     */
    public static void main(String[] args) throws Exception {
        int rounds = 5;
        boolean save = false;
        boolean peers = true;
        boolean outsiders = true;
        List<String> prefix = List.of();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--cpus" -> prefix = List.of("taskset", "-c", args[++i]);
                case "--only-java" -> outsiders = false;
                case "--heddle" -> peers = false;
                case "--save" -> save = true;
                default -> wanted.add(args[i]);
            }
        }
        List<Workload> workloads = Workloads.all().stream()
                .filter(each -> wanted.isEmpty() || wanted.stream().anyMatch(each.name::startsWith))
                .toList();
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("no workload " + wanted + ": there are " + Workloads.all());
        }
        Bench bench = new Bench(rounds, prefix, peers && outsiders);
        Figures now = new Figures();
        List<String> lines = new ArrayList<>();
        for (Workload workload : workloads) {
            bench.measure(workload, peers, now);
            for (Figure figure : now.of(workload.name)) {
                String line = now.json(workload, figure);
                System.out.println(line);
                lines.add(line);
            }
        }
        System.out.println();
        System.out.println(Table.of(workloads, now));
        List<String> changes = Table.changes(workloads, Figures.read(FIGURES), now);
        System.out.println(
                changes.isEmpty()
                        ? "No figure changed by 10 % or more against " + FIGURES + "."
                        : "Changed by 10 % or more against " + FIGURES + ":\n  " + String.join("\n  ", changes));
        if (save) {
            save(workloads, lines);
        }
    }

    /** The new lines take the place of those of the same workloads; the page is made of all. */
    private static void save(List<Workload> measured, List<String> lines) throws IOException {
        List<String> kept = Files.exists(FIGURES) ? new ArrayList<>(Files.readAllLines(FIGURES)) : new ArrayList<>();
        kept.removeIf(
                line -> measured.stream().anyMatch(each -> line.startsWith("{\"workload\":\"" + each.name + "\"")));
        kept.addAll(lines);
        Files.write(FIGURES, kept);
        Table.into(PAGE, Table.of(Workloads.all(), Figures.read(FIGURES)));
    }

    private void measure(Workload workload, boolean peers, Figures into) throws Exception {
        long descriptors = Measure.descriptors();
        if (workload.descriptors > descriptors) {
            System.err.printf(
                    "%s is left out: a process may have %d files open here, and it needs %d: ulimit -n %d%n",
                    workload.name, descriptors, workload.descriptors, workload.descriptors);
            return;
        }
        Map<String, Command> commands = new LinkedHashMap<>();
        for (Contestant contestant : workload.contestants()) {
            if (peers || contestant.isHeddle()) {
                commands.put(contestant.name(), command(workload, contestant));
            }
        }
        if (outsiders) {
            commands.putAll(Outsiders.commands(workload));
        }
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        Map<String, Long> nanos = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Command> each : commands.entrySet()) {
                long begin = System.nanoTime();
                Sample sample = run(workload.name + ", " + each.getKey(), each.getValue());
                if (sample != null) {
                    samples.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                            .add(sample);
                    nanos.merge(each.getKey(), System.nanoTime() - begin, Long::sum);
                }
            }
        }
        samples.forEach((contestant, all) ->
                into.add(Figure.of(workload.name, contestant, all, nanos.get(contestant) / 1e9 / all.size())));
        System.err.printf(
                Locale.ROOT,
                "%s: %.0f s a round%n",
                workload.name,
                into.of(workload.name).stream().mapToDouble(Figure::seconds).sum());
    }

    /** A process to measure: by what it prints, or by the time to its first line. */
    record Command(List<String> words, boolean byTime) {}

    private Command command(Workload workload, Contestant contestant) throws Exception {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (contestant.flags().contains(StartUp.ARCHIVE)) {
            words.add((HAS_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive());
        }
        words.addAll(contestant.flags());
        if (workload.kind == Kind.LARGE || workload.kind == Kind.CPU) {
            words.addAll(List.of("-Xms3g", "-Xmx3g"));
        }
        words.addAll(List.of("-cp", classPath(workload.kind == Kind.START && contestant.isHeddle())));
        if (workload.kind == Kind.START) {
            words.addAll(List.of(StartUp.class.getName(), contestant.name()));
        } else {
            words.addAll(List.of(Measure.class.getName(), workload.name, contestant.name()));
        }
        return new Command(words, workload.kind == Kind.START);
    }

    /** The jars, Heddle's first; only those that a program needs, when the time is that of its start. */
    private static String classPath(boolean least) throws IOException {
        try (var jars = Files.list(LIB)) {
            return String.join(
                    File.pathSeparator,
                    jars.map(Path::toString)
                            .filter(jar -> !least || jar.contains("heddle-") || jar.contains("slf4j-api"))
                            .sorted((a, b) -> Boolean.compare(!a.contains("heddle-"), !b.contains("heddle-")))
                            .toList());
        }
    }

    private static Path archive() throws Exception {
        if (!Files.exists(ARCHIVE)) {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            (HAS_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + ARCHIVE,
                            StartUp.ENGINE,
                            "-cp",
                            classPath(true),
                            StartUp.class.getName(),
                            "heddle")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        return ARCHIVE;
    }

    /** Null if the process has nothing to say about the workload. */
    private Sample run(String what, Command command) throws Exception {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(command.words);
        long begin = System.nanoTime();
        Process process =
                new ProcessBuilder(words).redirectError(Redirect.DISCARD).start();
        Sample sample = null;
        StringBuilder output = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(Measure.ABSENT)) {
                    System.err.println(what + ": it doesn't exist on this machine, or in this JDK");
                } else if (sample == null) {
                    sample = command.byTime ? new Sample((System.nanoTime() - begin) / 1e6, 0) : Sample.of(line);
                }
                output.append(line).append('\n');
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", words) + "\n" + output);
        }
        return sample;
    }
}
