package heddle.tck.program;

import heddle.api.Awaitable;
import heddle.api.DeadlockError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.dsl.Runner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of one program, on a new loop with virtual time. */
public final class ProgramRun {

    final Program program;
    final Form form;
    final EventLoop loop;
    final Trace trace;
    final Names names;
    final Actions actions;
    final Awaits awaits;
    private final EngineProvider engine;
    private final @Nullable Runner runner;
    private final Map<String, Callback> callbacks = new HashMap<>();
    private @Nullable Failure handlerRaises;
    private final List<Task<?>> tasks = new ArrayList<>();
    private final List<ErrorReport> lost = new ArrayList<>();
    private final List<Future<?>> seenLate = new ArrayList<>();

    private ProgramRun(Program program, Form form, EngineProvider engine, int shutdownPasses) {
        this.program = program;
        this.form = form;
        this.engine = engine;
        EngineOptions options = EngineOptions.DEFAULT.withVirtualTime();
        runner = program.drives() ? null : Runner.open(engine, options, shutdownPasses);
        loop = runner == null ? engine.newEventLoop(options) : runner.loop();
        trace = new Trace(loop);
        names = new Names(trace);
        actions = new Actions(this);
        awaits = new Awaits(this);
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
        ProgramRun run = new ProgramRun(program, form, engine, shutdownPasses);
        if (run.runner == null) {
            run.drive();
        } else {
            run.run(run.runner);
        }
        run.finish();
        return run.trace.lines();
    }

    /** As {@code Heddle.run}, and says when it is deadlocked. */
    private void run(Runner runner) {
        Object value = null;
        Throwable failure = null;
        try {
            value = runner.run(body("main"));
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
        Frame frame = new Frame();
        program.drive().forEach(s -> actions.act(s, frame));
        trace.end();
        trace.always("end");
    }

    void tellDeadlock(Throwable e) {
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

    /** The program looks at a future after it closed the loop, which has reported what was lost. */
    void seenLate(Future<?> future) {
        seenLate.add(future);
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

    // ---- what statements refer to

    Awaitable<@Nullable Object> body(String name) {
        return form.body(this, name);
    }

    /** The function of a callback: always the same object, so that it can be removed. */
    Callback callback(String name) {
        return callbacks.computeIfAbsent(name, unused -> new Callback(this, name));
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
