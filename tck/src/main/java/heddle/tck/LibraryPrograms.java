package heddle.tck;

import heddle.api.spi.Capability;
import heddle.api.spi.EngineProvider;
import heddle.tck.Verdict.Status;
import heddle.tck.program.Form;
import heddle.tck.program.ProgramRun;
import heddle.tck.program.Recorded;
import heddle.tck.program.Recording;
import heddle.tck.program.SideBySide;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The second suite: whole programs of the library on an engine, each compared with the trace that CPython made of it. The
 * first one, the engine laws of {@link EngineTck}, knows the API alone: an engine that keeps those and fails here has met a
 * mistake of the library's or of a carrier's, or one that the laws don't see.
 *
 * <p>Programs run on virtual time and drive their loop, so an engine has to claim both. Turns are compared where it claims to
 * be turn-exact, order and times anyway.
 */
public final class LibraryPrograms {

    private static final Set<Capability> NEEDED = EnumSet.of(Capability.DRIVEN, Capability.VIRTUAL_TIME);

    /** Which suite a failure is of. */
    private static final String FAILED = "a library program, no engine law";

    private static final Watchdog WATCHDOG = new Watchdog();

    /**
     * What came of the programs in one form.
     *
     * @param form how they were written: {@code chains} or {@code direct style}
     * @param status whether all were equal, or one wasn't, or the engine doesn't claim what they need
     * @param programs how many were run
     * @param detail the smallest program that failed, with both traces; what is missing; or nothing
     */
    public record Result(String form, Status status, int programs, String detail) {

        /**
         * Checks what must not be null.
         *
         * @throws NullPointerException if anything is null
         */
        public Result {
            Objects.requireNonNull(form, "form");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String toString() {
            return "library programs as " + form + ": " + programs + " run, " + status
                    + (detail.isEmpty() ? "" : "\n" + detail);
        }
    }

    private final EngineProvider engine;
    private final Form form;
    private final boolean turns;
    private final long millis;
    private final Search.Progress progress;
    private int run;
    private boolean hung;
    private @Nullable Failed smallest;

    private record Failed(Recorded program, String how) {
        long size() {
            return program.program().statements().count();
        }
    }

    private LibraryPrograms(EngineProvider engine, Form form, long millis, Search.Progress progress) {
        this.engine = engine;
        this.form = form;
        this.millis = millis;
        this.progress = progress;
        turns = engine.capabilities().contains(Capability.TURN_EXACT);
    }

    /**
     * Runs programs on an engine in every form.
     *
     * @param engine the engine; never null
     * @param programs how many, at least 1
     * @param seed which ones: the same seed chooses the same
     * @return a result for each form
     * @throws NoClassDefFoundError if a class is missing that the engine needs
     */
    public static List<Result> run(EngineProvider engine, int programs, long seed) {
        Objects.requireNonNull(engine, "engine");
        return Arrays.stream(Form.values())
                .map(form -> run(engine, form, programs, seed))
                .toList();
    }

    static Result run(EngineProvider engine, Form form, int programs, long seed) {
        return run(engine, form, programs, seed, Watchdog.PATIENCE_MILLIS, (number, id) -> {})
                .result();
    }

    /** With another patience than usual; somebody is told the number of each program as it begins, and its id. */
    static LibraryPrograms run(
            EngineProvider engine, Form form, int programs, long seed, long millis, Search.Progress progress) {
        if (programs < 1) {
            throw new IllegalArgumentException("programs is " + programs + ": at least 1 is needed");
        }
        LibraryPrograms suite = new LibraryPrograms(engine, form, millis, progress);
        if (missing(engine.capabilities()).isEmpty()) {
            Set<Integer> places = places(Math.min(programs, Recording.PROGRAMS), seed);
            Recording.first().read(places::contains, suite::check);
        }
        return suite;
    }

    /** What the programs need and an engine doesn't claim. */
    static Set<Capability> missing(Set<Capability> claims) {
        Set<Capability> missing = EnumSet.copyOf(NEEDED);
        missing.removeAll(claims);
        return missing;
    }

    private static Set<Integer> places(int programs, long seed) {
        Random random = new Random(seed);
        Set<Integer> places = new HashSet<>();
        while (places.size() < programs) {
            places.add(random.nextInt(Recording.PROGRAMS));
        }
        return places;
    }

    static String words(Form form) {
        return form == Form.CHAINS ? "chains" : "direct style";
    }

    private void check(Recorded recorded) {
        if (hung) {
            return; // an engine that hangs has shown enough
        }
        progress.begins(++run, List.of(recorded.id()));
        String how = failure(recorded);
        if (how != null) {
            Failed failed = new Failed(recorded, how);
            if (smallest == null || failed.size() < smallest.size()) {
                smallest = failed;
            }
        }
    }

    /** How a program went wrong, or null. */
    private @Nullable String failure(Recorded recorded) {
        List<List<String>> traces = new CopyOnWriteArrayList<>();
        try {
            WATCHDOG.run(
                    () -> traces.add(ProgramRun.trace(recorded.program(), form, engine)),
                    () -> "\n  program: " + recorded.json(),
                    () -> {},
                    millis);
        } catch (NoClassDefFoundError | UnsupportedClassVersionError e) {
            throw e; // the engine isn't complete, which says nothing about it
        } catch (Watchdog.Hung e) {
            hung = true;
            return String.valueOf(e.getMessage());
        } catch (Throwable e) {
            return "it threw " + e + "\n" + recorded.json();
        }
        Recorded expected = turns ? recorded : recorded.withTrace(withoutTurns(recorded.trace()));
        List<String> came = turns ? traces.get(0) : withoutTurns(traces.get(0));
        return expected.trace().equals(came) ? null : SideBySide.show(expected, came);
    }

    /** The lines without their second word. */
    private static List<String> withoutTurns(List<String> trace) {
        return trace.stream().map(line -> line.replaceFirst(" \\S+", "")).toList();
    }

    /** Whether a program hung, so that something of it still runs. */
    boolean hung() {
        return hung;
    }

    Result result() {
        Set<Capability> missing = missing(engine.capabilities());
        if (!missing.isEmpty()) {
            return new Result(words(form), Status.NOT_CLAIMED, 0, "needs " + missing);
        }
        if (smallest == null) {
            return new Result(words(form), Status.PASSED, run, "");
        }
        return new Result(words(form), Status.FAILED, run, failed(form, engine.name()) + smallest.how());
    }

    /** How the words about a failure begin, so that nobody takes it for a law's. */
    static String failed(Form form, String engine) {
        return FAILED + ", as " + words(form) + " on the engine " + engine + ": ";
    }
}
