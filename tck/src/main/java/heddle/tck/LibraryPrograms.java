package heddle.tck;

import heddle.api.spi.Capability;
import heddle.api.spi.EngineProvider;
import heddle.tck.Verdict.Status;
import heddle.tck.model.ModelProvider;
import heddle.tck.program.Form;
import heddle.tck.program.Listing;
import heddle.tck.program.Program;
import heddle.tck.program.ProgramRun;
import heddle.tck.program.Recorded;
import heddle.tck.program.Recording;
import heddle.tck.program.SideBySide;
import heddle.tck.program.Smaller;
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

    /** How long to look for a smaller program: the verdict stands before. */
    private static final long SHRINKING = 10_000_000_000L;

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
    private final long millis;
    private final Search.Progress progress;
    private int run;
    private boolean hung;
    private @Nullable Failed smallest;
    private String detail = "";

    private record Failed(Recorded program, String how, boolean differs) {
        long size() {
            return program.program().statements().count();
        }
    }

    private LibraryPrograms(EngineProvider engine, Form form, long millis, Search.Progress progress) {
        this.engine = engine;
        this.form = form;
        this.millis = millis;
        this.progress = progress;
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
            Failed failed = suite.smallest;
            if (failed != null) {
                suite.detail = failed(form, engine.name()) + suite.told(failed);
            }
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
        Failed failed = failure(recorded);
        if (failed != null && (smallest == null || failed.size() < smallest.size())) {
            smallest = failed;
        }
    }

    /** How a program went wrong, or null. */
    private @Nullable Failed failure(Recorded recorded) {
        List<String> came;
        try {
            came = trace(recorded.program(), engine);
        } catch (NoClassDefFoundError | UnsupportedClassVersionError e) {
            throw e; // the engine isn't complete, which says nothing about it
        } catch (Watchdog.Hung e) {
            return new Failed(recorded, String.valueOf(e.getMessage()), false);
        } catch (Throwable e) {
            return new Failed(recorded, "it threw " + e, false);
        }
        List<String> expected = ProgramRun.comparable(recorded.trace(), engine);
        return expected.equals(came)
                ? null
                : new Failed(recorded, SideBySide.of("CPython", expected, engine.name(), came), true);
    }

    /** The trace that an engine makes of a program, as far as it is compared. */
    private List<String> trace(Program program, EngineProvider who) throws Throwable {
        List<List<String>> traces = new CopyOnWriteArrayList<>();
        try {
            WATCHDOG.run(() -> traces.add(ProgramRun.trace(program, form, who)), () -> "", () -> {}, millis);
        } catch (Watchdog.Hung e) {
            hung = true;
            throw e;
        }
        return ProgramRun.comparable(traces.get(0), engine);
    }

    // ---- the smallest

    /** The words about what failed, with a program that is as small as can be found. */
    private String told(Failed failed) {
        Program whole = failed.program().program();
        Program best = whole;
        String bestHow = failed.differs() ? differs(whole) : null;
        if (bestHow == null) {
            return failed.program() + ": " + failed.how() + "\n" + listing(failed.program(), whole);
        }
        long end = System.nanoTime() + SHRINKING;
        boolean better = true;
        while (better) {
            better = false;
            for (Program smaller : Smaller.than(best)) {
                progress.begins(run, List.of(failed.program().id())); // whoever watches knows that it goes on
                String how = hung || System.nanoTime() - end > 0 ? null : differs(smaller);
                if (how != null) {
                    best = smaller;
                    bestHow = how;
                    better = true;
                    break;
                }
            }
        }
        return failed.program() + ", made smaller: " + best.statements().count() + " of " + failed.size()
                + " statements\n" + bestHow + listing(failed.program(), best);
    }

    /** How the engine's trace differs from the reference model's, or null. */
    private @Nullable String differs(Program program) {
        try {
            List<String> expected = trace(program, new ModelProvider());
            List<String> came = trace(program, engine);
            return expected.equals(came) ? null : SideBySide.of("reference model", expected, engine.name(), came);
        } catch (Throwable e) {
            return null; // another failure than the one that was found
        }
    }

    private String listing(Recorded recorded, Program program) {
        return Listing.forPrompt(program, form, "Program_" + recorded.id(), engine.name());
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
        return new Result(words(form), Status.FAILED, run, detail);
    }

    /** How the words about a failure begin, so that nobody takes it for a law's. */
    static String failed(Form form, String engine) {
        return FAILED + ", as " + words(form) + " on the engine " + engine + ": ";
    }
}
