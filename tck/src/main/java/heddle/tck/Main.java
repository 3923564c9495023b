package heddle.tck;

import com.grack.nanojson.JsonObject;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineProvider;
import heddle.dsl.Heddle;
import heddle.tck.LibraryPrograms.Result;
import heddle.tck.Verdict.Status;
import heddle.tck.command.Arguments;
import heddle.tck.command.Engine;
import heddle.tck.command.Judgement;
import heddle.tck.command.Printable;
import heddle.tck.command.Progress;
import heddle.tck.command.Reports;
import heddle.tck.command.WrongUse;
import heddle.tck.program.Form;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kit as a command: {@code java -jar heddle-tck-all.jar --engine-path PATH}. */
final class Main {

    private static final int FINE = 0;
    private static final int FAILED = 1;
    private static final int COULD_NOT_RUN = 2;

    private static final int LONGEST_DETAIL = 40_000;

    private Main() {}

    /** See {@code --help}. */
    public static void main(String[] args) {
        int status = run(
                List.of(args),
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
        System.exit(status);
    }

    /** The certificate goes to {@code out}, all else to {@code err}; answers the exit status. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        try {
            Specification specification = Judge.specification();
            Arguments arguments = Arguments.parse(args, specification);
            return switch (arguments.mode()) {
                case HELP -> {
                    out.print(Arguments.USAGE);
                    yield FINE;
                }
                case LIST -> {
                    arguments.rules().forEach(out::println);
                    yield FINE;
                }
                case CERTIFY -> certify(arguments, out, err);
            };
        } catch (WrongUse e) {
            err.println("heddle-tck: " + Printable.lines(String.valueOf(e.getMessage())));
            return COULD_NOT_RUN;
        }
    }

    private static int certify(Arguments arguments, PrintStream out, PrintStream err) {
        Reports reports = Reports.into(arguments.report());
        try (Engine engine = new Engine(kit(), Servant.class.getName(), arguments)) {
            Progress progress =
                    new Progress(err, engine.name(), arguments.rules().size(), arguments.programs());
            Certificate certificate = Certificate.of(
                    engine.name(),
                    engine.claims(),
                    arguments.tries() + " tries, seed " + arguments.seed(),
                    arguments.rules(),
                    rule -> judge(engine, arguments, rule, progress));
            Judgement judgement = new Judgement(certificate, programs(engine, arguments, certificate, progress));
            List<String> remarks =
                    engine.remarks().stream().map(Printable::lines).toList();
            remarks.forEach(remark -> out.println("remark: " + remark.replace("\n", "\n  ")));
            out.print(Printable.lines(judgement.text()));
            reports.write(judgement, remarks, engine, progress.seconds());
            return judgement.passed() ? FINE : FAILED;
        }
    }

    private static Optional<String> judge(Engine engine, Arguments arguments, Rule rule, Progress progress) {
        progress.begins(rule.id());
        @Nullable String failure = engine.judge(rule.id(), progress::tries);
        progress.ended(rule, failure == null);
        if (failure == null) {
            return Optional.empty();
        }
        String whole = failure.startsWith(rule.id() + " ")
                ? failure
                : rule + "\nbroken by the engine " + engine.name() + " (engine law): " + failure;
        return Optional.of(told(whole, arguments, arguments.replay(jar(), engine.typed(), rule.id())));
    }

    /** The second suite: what came of the library's programs in each form, or nothing if none were asked for. */
    private static List<Result> programs(
            Engine engine, Arguments arguments, Certificate certificate, Progress progress) {
        return arguments.programs() == 0
                ? List.of()
                : Arrays.stream(Form.values())
                        .map(form -> programs(engine, arguments, form, certificate.failed(), progress))
                        .toList();
    }

    private static Result programs(
            Engine engine, Arguments arguments, Form form, Set<String> broken, Progress progress) {
        String words = LibraryPrograms.words(form);
        Set<Capability> missing = LibraryPrograms.missing(engine.claims());
        if (!missing.isEmpty()) {
            return new Result(words, Status.NOT_CLAIMED, 0, "needs " + missing);
        }
        if (!broken.isEmpty()) {
            return new Result(words, Status.NOT_JUDGED, 0, "needs " + String.join(", ", broken));
        }
        progress.begins(Judgement.name(words));
        int[] run = {0};
        @Nullable
        String failure = engine.programs(form, number -> {
            run[0] = number;
            progress.tries(number);
        });
        if (failure == null) {
            return new Result(words, Status.PASSED, run[0], "");
        }
        progress.broken(Judgement.name(words));
        String begin = LibraryPrograms.failed(form, engine.name());
        String whole = failure.startsWith(begin) ? failure : begin + failure;
        return new Result(
                words, Status.FAILED, run[0], told(whole, arguments, arguments.replayPrograms(jar(), engine.typed())));
    }

    private static String told(String failure, Arguments arguments, String replay) {
        return Printable.cut(failure, LONGEST_DETAIL) + "\n  to see it again (seed " + arguments.seed() + "):\n    "
                + replay + "\n  to open JShell for the program:\n    " + arguments.prompt(jar());
    }

    private static String jar() {
        String kit = kit().get(0);
        return kit.endsWith(".jar") ? kit : "heddle-tck-all.jar";
    }

    /** Where the classes are that the engine's process needs, the engine aside. */
    private static List<String> kit() {
        return Stream.of(Main.class, EngineProvider.class, Heddle.class, JsonObject.class)
                .map(Main::location)
                .distinct()
                .toList();
    }

    private static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new WrongUse("the kit can't find its own classes");
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
