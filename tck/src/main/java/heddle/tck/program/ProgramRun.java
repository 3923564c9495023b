package heddle.tck.program;

import heddle.api.DeadlockError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Task;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.dsl.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of one program, on a new loop with virtual time. */
public final class ProgramRun {

    final EventLoop loop;
    final Trace trace;
    final Names names;
    private final Code code;
    private final EngineProvider engine;
    private final @Nullable Runner runner;
    private @Nullable Failure handlerRaises;
    private final List<Task<?>> tasks = new ArrayList<>();
    private final List<ErrorReport> lost = new ArrayList<>();
    private final List<Future<?>> seenLate = new ArrayList<>();

    private ProgramRun(Function<ProgramRun, Code> made, boolean drives, EngineProvider engine, int shutdownPasses) {
        this.engine = engine;
        EngineOptions options = EngineOptions.DEFAULT.withVirtualTime();
        runner = drives ? null : Runner.open(engine, options, shutdownPasses);
        loop = runner == null ? engine.newEventLoop(options) : runner.loop();
        trace = new Trace(loop);
        names = new Names(trace);
        code = made.apply(this);
        loop.addObserver(trace);
        loop.addObserver(new LoopObserver() {
            @Override
            public void taskCreated(Task<?> task) {
                tasks.add(task);
            }
        });
        loop.setExceptionHandler((unused, report) -> report(report));
    }

    /**
     * Runs a program.
     *
     * @param program the program
     * @param form how its bodies are written
     * @param engine whose loop runs it
     * @return the lines of its trace
     */
    public static List<String> trace(Program program, Form form, EngineProvider engine) {
        return trace(program, form, engine, Normal.SHUTDOWN_PASSES);
    }

    /** With another limit of passes at shutdown. */
    static List<String> trace(Program program, Form form, EngineProvider engine, int shutdownPasses) {
        return trace(run -> new Interpreter(run, program, form), program.drives(), engine, shutdownPasses);
    }

    /** Of any code, that drives the loop itself or doesn't. */
    static List<String> trace(
            Function<ProgramRun, Code> made, boolean drives, EngineProvider engine, int shutdownPasses) {
        ProgramRun run = new ProgramRun(made, drives, engine, shutdownPasses);
        if (run.runner == null) {
            run.drive();
        } else {
            run.run(run.runner);
        }
        run.finish();
        return run.trace.lines();
    }

    /**
     * What is compared of a trace: all, or what doesn't depend on turns where an engine isn't turn-exact.
     *
     * @param trace a trace
     * @param engine an engine
     * @return the lines, perhaps without their second word
     */
    public static List<String> comparable(List<String> trace, EngineProvider engine) {
        return engine.capabilities().contains(Capability.TURN_EXACT)
                ? trace
                : trace.stream().map(line -> line.replaceFirst(" \\S+", "")).toList();
    }

    /** As {@code Heddle.run}, and says when it is deadlocked. */
    private void run(Runner runner) {
        Object value = null;
        Throwable failure = null;
        try {
            value = runner.run(code.main());
        } catch (Throwable e) {
            failure = e;
            tellDeadlock(e);
        }
        try {
            runner.close();
        } catch (Throwable e) {
            failure = e; // as in Python, what leaving throws replaces
            tellDeadlock(e);
        }
        trace.end();
        trace.always(failure == null ? "end = " + Normal.value(value) : "end ! " + Normal.exception(failure));
    }

    private void drive() {
        try {
            code.drive(new Me(this));
        } catch (Exception e) {
            throw Throwing.raise(e); // written code may declare what it doesn't throw
        }
        trace.end();
        trace.always("end");
    }

    /** Runs code that runs the loop, and says when it is deadlocked. */
    @Nullable
    Object driving(Callable<? extends @Nullable Object> run) throws Exception {
        try {
            return run.call();
        } catch (Throwable e) {
            tellDeadlock(e);
            throw e;
        }
    }

    /** Closes the loop, which the program does itself. */
    void closeLoop() {
        try {
            loop.close();
        } finally {
            trace.unmute();
        }
    }

    private void tellDeadlock(Throwable e) {
        if (e instanceof DeadlockError) {
            trace.always("deadlock");
        }
    }

    /** What is left pending, and the failures that nobody asked for. */
    private void finish() {
        List<String> left =
                tasks.stream().filter(task -> !task.done()).map(Task::name).toList();
        if (!left.isEmpty()) {
            trace.always("left [" + String.join(", ", left) + "]");
        }
        trace.mute();
        loop.close();
        lost.stream()
                .filter(report -> !isSeenLate(report))
                .map(this::lostLine)
                .sorted()
                .forEach(trace::always);
    }

    /** The program looks at a future: perhaps after it closed the loop, which has reported what was lost. */
    void looksAt(Future<?> future) {
        if (loop.isClosed()) {
            seenLate.add(future);
        }
    }

    private boolean isSeenLate(ErrorReport report) {
        Future<?> future = report.future();
        return future != null && seenLate.stream().anyMatch(each -> Names.same(each, future));
    }

    private String lostLine(ErrorReport report) {
        Future<?> future = report.future();
        String who = future instanceof Task<?> task ? "task " + task.name() : "future " + names.label(future);
        return "lost " + who + " " + Normal.exception(nonNull(report.exception()));
    }

    /** The loop's exception handler. */
    private void report(ErrorReport report) {
        switch (report.kind()) {
            case CALLBACK -> trace.line("report callback " + Normal.exception(nonNull(report.exception())));
            case SHUTDOWN ->
                trace.line("report leftover " + taskName(report) + " " + Normal.exception(nonNull(report.exception())));
            case LOST -> lost.add(report);
            case PENDING -> trace.mute(); // the loop is being closed, and closes its coroutines
            default -> throw new AssertionError("an unexpected report: " + report, report.exception());
        }
        Failure raised = handlerRaises;
        if (raised != null && !trace.muted()) {
            throw Throwing.raise(raised.make());
        }
    }

    private static String taskName(ErrorReport report) {
        return report.future() instanceof Task<?> task ? task.name() : "-";
    }

    private static <T> T nonNull(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("a report without exception");
        }
        return value;
    }

    /** A future of another loop, which a step must not end in. */
    Future<?> foreignFuture(int label) {
        return newLoop().createFuture(label);
    }

    /** Another loop of the same engine. */
    EventLoop newLoop() {
        return engine.newEventLoop(EngineOptions.DEFAULT.withVirtualTime());
    }

    /** From now on the exception handler throws, after its line. */
    void handlerRaises(Failure failure) {
        handlerRaises = failure;
    }
}
