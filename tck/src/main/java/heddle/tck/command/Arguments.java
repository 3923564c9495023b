package heddle.tck.command;

import heddle.tck.Rule;
import heddle.tck.Specification;
import heddle.tck.program.Recording;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param enginePath where the engine and what it needs is: jars and folders of classes
 * @param engine the engine's name; null for the only one there is
 * @param rules the rules to judge, in the order of the specification
 * @param rulesAsked how they were asked for; null for all
 * @param tries how many programs to try for each rule
 * @param programs how many recorded programs of the library to run; 0 for none
 * @param seed what programs are generated from
 * @param limit how many seconds one try may take
 * @param report the folder for the reports; null for none
 * @param mode what to do
 */
public record Arguments(
        List<String> enginePath,
        @Nullable String engine,
        List<Rule> rules,
        @Nullable String rulesAsked,
        int tries,
        int programs,
        long seed,
        int limit,
        @Nullable Path report,
        Mode mode) {

    /** What to do. */
    public enum Mode {
        /** Judge an engine. */
        CERTIFY,
        /** Say how the command is used. */
        HELP,
        /** List the rules. */
        LIST
    }

    private static final int TRIES = 100;
    private static final int MOST_TRIES = 1_000_000;
    private static final int PROGRAMS = 500;
    private static final int LIMIT = 20;

    /** What to ask for instead of rules, to run the library's programs alone. */
    private static final String NO_RULES = "none";

    private static final int LONGEST_LIMIT = 86_400;

    /** How the command is used. */
    public static final String USAGE = """
        Certifies an event loop engine by the rules of Heddle's specification.

        usage: java -jar heddle-tck-all.jar --engine-path PATH[%1$sPATH...] [option...]

          --engine-path PATH   the engine's jar or folder of classes, and those it needs
          --engine NAME        which engine, by name or class, where there are several
          --rules R[,R...]     only these: chapters (FUT) or rules (TASK-3); none; all if not given
          --tries N            programs to try for each rule (100)
          --programs N         library programs to run as well (500; with --rules: 0)
          --seed S             what the programs are generated from (1)
          --limit SECONDS      how long one try may take (20), and loading four times as long
          --report DIR         writes certificate.txt, certificate.html and TEST-*.xml there
          --list               lists the rules
          --help               prints this

        exit status: 0 every rule that was judged is kept, and every program had CPython's trace,
                     1 one is broken or none was judged, 2 the kit could not run: it says why
        """.formatted(File.pathSeparator);

    /**
     * Reads a command line.
     *
     * @param arguments the words; never null
     * @param specification the rules to choose from; never null
     * @return what they ask for
     * @throws WrongUse if they make no sense
     */
    public static Arguments parse(List<String> arguments, Specification specification) {
        List<String> enginePath = new ArrayList<>();
        String engine = null;
        List<Rule> rules = specification.rules();
        String rulesAsked = null;
        int tries = TRIES;
        Integer programs = null;
        long seed = 1;
        int limit = LIMIT;
        Path report = null;
        Mode mode = Mode.CERTIFY;
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String word = words.next();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            Iterator<String> value =
                    equals < 0 ? words : List.of(word.substring(equals + 1)).iterator();
            String option = equals < 0 ? word : word.substring(0, equals);
            switch (option) {
                case "--engine-path" -> enginePath.addAll(path(value(option, value)));
                case "--engine" -> engine = value(option, value);
                case "--rules" -> {
                    rulesAsked = value(option, value);
                    rules = rules(rulesAsked, specification);
                }
                case "--tries" -> tries = (int) number(option, value(option, value), 1, MOST_TRIES);
                case "--programs" -> programs = (int) number(option, value(option, value), 0, Recording.PROGRAMS);
                case "--seed" -> seed = number(option, value(option, value), Long.MIN_VALUE, Long.MAX_VALUE);
                case "--limit" -> limit = (int) number(option, value(option, value), 1, LONGEST_LIMIT);
                case "--report" -> report = folder(value(option, value));
                case "--list" -> mode = Mode.LIST;
                case "--help", "-h" -> mode = Mode.HELP;
                default ->
                    throw new WrongUse((word.startsWith("-") ? "unknown option " : "unexpected ") + word
                            + ": --help lists what there is");
            }
            if (equals >= 0 && value.hasNext()) {
                throw new WrongUse(option + " takes no value");
            }
        }
        if (mode == Mode.CERTIFY && enginePath.isEmpty()) {
            throw new WrongUse("--engine-path is missing: name the jar or the folder of classes of your engine,"
                    + " and those that it needs, with " + File.pathSeparator + " between them");
        }
        int run = programs != null ? programs : rulesAsked == null ? PROGRAMS : 0;
        if (mode == Mode.CERTIFY && rules.isEmpty() && run == 0) {
            throw new WrongUse("--rules none leaves nothing to judge: say how many library programs, --programs N");
        }
        return new Arguments(enginePath, engine, rules, rulesAsked, tries, run, seed, limit, report, mode);
    }

    private static String value(String option, Iterator<String> words) {
        String value = words.hasNext() ? words.next() : "";
        if (value.isBlank()) {
            throw new WrongUse(option + " needs a value: --help says which");
        }
        return value;
    }

    private static long number(String option, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new WrongUse(
                option + " is " + text + ": expected a whole number" + (min < 0 ? "" : " from " + min + " to " + max));
    }

    private static void checkJar(Path file) {
        try {
            new ZipFile(file.toFile()).close();
        } catch (IOException e) {
            throw new WrongUse(
                    "--engine-path names " + file + ", which is neither a folder nor a jar: " + e.getMessage());
        }
    }

    private static List<String> path(String text) {
        List<String> path = new ArrayList<>();
        for (String each : List.of(text.split(File.pathSeparator))) {
            if (each.isBlank()) {
                continue;
            }
            boolean all = each.endsWith("*");
            Path file = Path.of(all ? each.substring(0, each.length() - 1) : each);
            if (!Files.exists(file)) {
                throw new WrongUse("--engine-path names " + file.toAbsolutePath()
                        + ", which does not exist: expected jars or folders of classes");
            }
            if (!Files.isDirectory(file)) {
                checkJar(file.toAbsolutePath());
            }
            path.add(file.toAbsolutePath() + (all ? File.separator + "*" : ""));
        }
        if (path.isEmpty()) {
            throw new WrongUse("--engine-path is empty: expected jars or folders of classes");
        }
        return path;
    }

    private static Path folder(String text) {
        Path folder = Path.of(text).toAbsolutePath();
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            throw new WrongUse("--report names " + folder + ": expected a folder that can be written to");
        }
        return folder;
    }

    private static List<Rule> rules(String asked, Specification specification) {
        if (asked.strip().equals(NO_RULES)) {
            return List.of();
        }
        Set<String> chapters =
                specification.rules().stream().map(Rule::chapter).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Rule> chosen = new LinkedHashSet<>();
        for (String each : List.of(asked.split(",", -1))) {
            String name = each.strip();
            List<Rule> found = specification.rules().stream()
                    .filter(rule -> rule.id().equals(name) || rule.chapter().equals(name))
                    .toList();
            if (found.isEmpty()) {
                throw new WrongUse("--rules names " + (name.isEmpty() ? "nothing" : name) + ": expected chapters, "
                        + String.join(", ", chapters) + ", or single rules, as "
                        + specification.rules().get(0).id()
                        + " (--list lists them)");
            }
            chosen.addAll(found);
        }
        return specification.rules().stream().filter(chosen::contains).toList();
    }

    /**
     * The command that judges one rule as this one does.
     *
     * @param jar the kit's jar, as it is to be named
     * @param engineName the engine's name
     * @param rule the rule; never null
     * @return a line for a shell
     */
    public String replay(String jar, String engineName, String rule) {
        return command(jar, engineName, "--rules", rule, "--tries", Integer.toString(tries));
    }

    /**
     * The command that runs the library's programs as this one does, and judges no rule.
     *
     * @param jar the kit's jar, as it is to be named
     * @param engineName the engine's name
     * @return a line for a shell
     */
    public String replayPrograms(String jar, String engineName) {
        return command(jar, engineName, "--rules", NO_RULES, "--programs", Integer.toString(programs));
    }

    private String command(String jar, String engineName, String... what) {
        List<String> words = new ArrayList<>(List.of(
                "java",
                "-jar",
                jar,
                "--engine-path",
                String.join(File.pathSeparator, enginePath),
                "--engine",
                engineName));
        words.addAll(List.of(what));
        words.addAll(List.of("--seed", Long.toString(seed)));
        if (limit != LIMIT) {
            words.addAll(List.of("--limit", Integer.toString(limit)));
        }
        return words.stream().map(Arguments::quoted).collect(Collectors.joining(" "));
    }

    /**
     * The command that opens JShell with the kit and the engine, for the program of a failure.
     *
     * @param jar the kit's jar, as it is to be named
     * @return a line for a shell
     */
    public String prompt(String jar) {
        List<String> path = new ArrayList<>(List.of(jar));
        path.addAll(enginePath);
        return "jshell --class-path " + quoted(String.join(File.pathSeparator, path));
    }

    private static String quoted(String word) {
        return word.matches("[-\\w./:,=+@%]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
