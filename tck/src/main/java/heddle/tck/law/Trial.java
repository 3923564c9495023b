package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.Capability;
import heddle.api.spi.Display;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One try of a law: the engine under test, a fresh loop of it, what happened in which order, and what the loop reported.
 * Closed after the try, whatever happened.
 */
public final class Trial implements AutoCloseable {

    /** How many callbacks one after another a law waits for things to settle: far more than any program of its needs. */
    private static final int SETTLED = 60;

    private final EngineProvider engine;
    private final List<String> trace = Collections.synchronizedList(new ArrayList<>());
    private final List<ErrorReport> reports = Collections.synchronizedList(new ArrayList<>());
    private final List<EventLoop> loops = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean abandoned;
    private boolean onMachineClock;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable EventLoop loop;
    private volatile @Nullable TestClock clock;
    private volatile CountDownLatch served = new CountDownLatch(1);
    private volatile boolean serving;
    private int turn;

    public Trial(EngineProvider engine) {
        this.engine = engine;
    }

    // ---- the engine

    public EngineProvider engine() {
        return engine;
    }

    public boolean claims(Capability capability) {
        return engine.capabilities().contains(capability) && !(capability == Capability.VIRTUAL_TIME && onMachineClock);
    }

    /**
     * Lets this try run on the machine's clock, perhaps, on which an engine waits in its own way and not by its time source.
     * To be called first.
     */
    public void drawClock(Choices c) {
        onMachineClock = c.flag("on the machine's clock");
    }

    /** The loop of this try, made when it is first asked for; on a {@link TestClock} where the engine can. */
    public synchronized EventLoop loop() {
        EventLoop made = loop;
        if (made == null) {
            made = newLoop(options());
            loop = made;
        }
        return made;
    }

    /** The options of {@link #loop()}. */
    public EngineOptions options() {
        return claims(Capability.VIRTUAL_TIME) ? EngineOptions.DEFAULT.withTimeSource(clock()) : EngineOptions.DEFAULT;
    }

    /** Another loop, which is closed after the try, and whose reports are recorded. */
    public EventLoop newLoop(EngineOptions options) {
        EventLoop made = Objects.requireNonNull(engine.newEventLoop(options), "newEventLoop returned null");
        loops.add(made);
        onLoop(made, () -> made.setExceptionHandler((where, report) -> reports.add(report)));
        return made;
    }

    /** Runs {@code code} where it may change {@code which}: here, while nobody runs a driven loop, else on its host's thread. */
    private void onLoop(EventLoop which, ThrowingRunnable code) {
        if (claims(Capability.DRIVEN)) {
            rethrown(code);
            return;
        }
        CountDownLatch over = new CountDownLatch(1);
        which.callSoonThreadsafe(() -> {
            try {
                code.run();
            } catch (Throwable e) {
                failed(e);
            }
            over.countDown();
        });
        await(over, "the host to run a callback");
    }

    private static void rethrown(ThrowingRunnable code) {
        Throwable thrown = thrownBy(code);
        if (thrown != null) {
            throw Bodies.<RuntimeException>as(thrown);
        }
    }

    /** A pending future of another loop. */
    public Promise<@Nullable Object> foreignFuture() {
        EventLoop other = newLoop(EngineOptions.DEFAULT);
        if (claims(Capability.DRIVEN)) {
            return other.createFuture();
        }
        List<Promise<@Nullable Object>> made = new ArrayList<>();
        onLoop(other, () -> made.add(other.createFuture()));
        return made.get(0);
    }

    /** The clock of {@link #loop()}, for rules that need virtual time. */
    public synchronized TestClock clock() {
        TestClock made = clock;
        if (made == null) {
            made = new TestClock();
            clock = made;
        }
        return made;
    }

    /** A time in seconds that a law can wait for: long on virtual time, short on the machine's. */
    public double moment() {
        return claims(Capability.VIRTUAL_TIME) ? 1 : 0.001;
    }

    // ---- running

    /** Runs {@code first} as a callback of the loop, and goes on until things have settled. */
    public void run(ThrowingRunnable first) {
        run(first, SETTLED);
    }

    /** As {@link #run(ThrowingRunnable)}, for a number of turns. */
    public void run(ThrowingRunnable first, int turns) {
        turn = 0;
        CountDownLatch over = new CountDownLatch(1);
        Hop hop = new Hop(turns, over);
        drive(hop, guarded(first), over);
    }

    /**
     * Runs {@code first}, lets {@code seconds} pass on the loop's clock, and goes on until things have settled. The machine's
     * clock may jump between any two lines, so there only orders count: a timer that is set behind others, for as long, runs
     * behind them, and another one behind those that they set.
     */
    public void run(double seconds, ThrowingRunnable first) {
        turn = 0;
        CountDownLatch over = new CountDownLatch(1);
        ThrowingRunnable end = () -> new Hop(SETTLED, over).run();
        ThrowingRunnable later = () -> loop().callLater(seconds, end);
        if (!claims(Capability.VIRTUAL_TIME)) {
            ThrowingRunnable last = later;
            later = () -> behind(seconds, () -> behind(0, last));
        }
        drive(guarded(later), guarded(first), over);
    }

    /** Runs {@code next} when {@code seconds} have passed since all that is about to happen has happened. */
    private void behind(double seconds, ThrowingRunnable next) throws Exception {
        new Delay(loop(), SETTLED, () -> loop().callLater(seconds, next)).run();
    }

    /** Runs {@code first}, and goes on, asleep if there is nothing to do, until somebody calls {@link #finish}. */
    public void serve(ThrowingRunnable first) {
        turn = 0;
        if (claims(Capability.VIRTUAL_TIME)) {
            clock().expectCalls();
        }
        serving = true;
        drive(() -> {}, guarded(first), served); // a host's loop runs already, so somebody may have finished before
        serving = false;
        served = new CountDownLatch(1);
    }

    /** Ends {@link #serve}, from any thread, when what was posted before has run and things have settled. */
    public void finish() {
        loop().callSoonThreadsafe(() -> new Hop(SETTLED, served).run());
    }

    private void drive(ThrowingRunnable one, ThrowingRunnable other, CountDownLatch over) {
        if (claims(Capability.DRIVEN)) {
            loop().callSoon(one);
            loop().callSoon(other);
            loop().runForever();
        } else {
            loop().callSoonThreadsafe(
                            () -> { // both at once, so that they run in one turn
                                loop().callSoon(one);
                                loop().callSoon(other);
                            });
            await(over, "the loop to settle");
        }
        rethrow();
    }

    /** Which turn of a run it is: the first is 1. Exact where {@code LOOP-3} holds. */
    public int turn() {
        return turn;
    }

    /** Counts turns by running once in each, and ends the run after some. */
    private final class Hop implements ThrowingRunnable {
        private final CountDownLatch over;
        private int left;

        Hop(int turns, CountDownLatch over) {
            left = turns;
            this.over = over;
        }

        @Override
        public void run() {
            turn++;
            if (--left > 0) {
                loop().callSoon(this);
            } else {
                if (claims(Capability.DRIVEN)) {
                    loop().stop();
                }
                over.countDown();
            }
        }
    }

    // ---- other threads

    /** Starts a thread of the law's. */
    public Thread thread(ThrowingRunnable body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Throwable e) {
                failed(e);
            }
        });
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Runs {@code body} on another thread, and waits for it. */
    public void elsewhere(ThrowingRunnable body) {
        join(thread(body));
    }

    /** Waits on the calling thread until the loop is likely asleep: it is on a test clock, else it has had the time. */
    public void awaitSleep() {
        if (claims(Capability.VIRTUAL_TIME)) {
            while (!clock().isAsleep()) {
                check(!abandoned, "waited in vain for the loop to fall asleep");
                LockSupport.parkNanos(20_000);
            }
        } else {
            LockSupport.parkNanos(2_000_000);
        }
    }

    public void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check(!thread.isAlive(), "a thread that calls the loop comes to its end");
    }

    public void await(CountDownLatch latch, String what) {
        boolean came = false;
        try {
            latch.await();
            came = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check(came, "waited in vain for " + what);
    }

    /** Gives the try up, from another thread: whoever waits in it fails. The one limit in time is who calls this. */
    public void abandon() {
        abandoned = true;
        TestClock asked = clock;
        if (asked != null) {
            asked.abandon();
        }
        threads.forEach(Thread::interrupt);
    }

    public boolean isAbandoned() {
        return abandoned;
    }

    // ---- what happened

    /** Adds a line to the trace. */
    public void say(String line) {
        trace.add(line);
    }

    /** A callback that adds a line to the trace. */
    public ThrowingRunnable saying(String line) {
        return () -> say(line);
    }

    public List<String> trace() {
        synchronized (trace) {
            return List.copyOf(trace);
        }
    }

    public List<ErrorReport> reports() {
        synchronized (reports) {
            return List.copyOf(reports);
        }
    }

    /** The reports of one kind. */
    public List<ErrorReport> reports(ErrorReport.Kind kind) {
        return reports().stream().filter(report -> report.kind() == kind).toList();
    }

    // ---- judging

    /** Fails unless {@code holds}. */
    public void check(boolean holds, String what) {
        if (!holds) {
            fail(what);
        }
    }

    /** Fails unless both are equal. */
    public void equal(@Nullable Object expected, @Nullable Object came, String what) {
        if (!Objects.equals(expected, came)) {
            fail(what + ": expected " + show(expected) + ", but came " + show(came));
        }
    }

    /** Fails unless both are the same object. */
    public void same(@Nullable Object expected, @Nullable Object came, String what) {
        if (expected != came) {
            fail(what + ": expected the very " + show(expected) + ", but came " + show(came));
        }
    }

    /** Fails unless the trace is this. */
    public void expect(List<String> expected) {
        expect(expected, "the trace");
    }

    /** Fails unless the trace is this. */
    public void expect(String... expected) {
        expect(List.of(expected), "the trace");
    }

    /** Fails unless the trace is this, and forgets it. */
    public void expect(List<String> expected, String what) {
        List<String> came = trace();
        trace.clear();
        if (!expected.equals(came)) {
            fail(what + " differs" + SideBySide.of(expected, came));
        }
    }

    /** Fails unless {@code action} throws an exception of {@code type}, which it returns. */
    public <E extends Throwable> E refused(Class<E> type, ThrowingRunnable action, String what) {
        try {
            action.run();
        } catch (Throwable e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            throw fail(what + ": expected " + type.getSimpleName() + ", but it threw " + show(e));
        }
        throw fail(what + ": expected " + type.getSimpleName() + ", but it threw nothing");
    }

    /** Steps a coroutine by hand. */
    public Suspension step(Coroutine<?> coroutine) throws Exception {
        try {
            return coroutine.step();
        } catch (Throwable e) {
            throw Bodies.<Exception>as(e);
        }
    }

    /** What {@code action} throws, or null. */
    public static @Nullable Throwable thrownBy(ThrowingRunnable action) {
        try {
            action.run();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** What {@code action} returned or threw, in a word. */
    public static String outcome(Callable<?> action) {
        try {
            return String.valueOf(action.call());
        } catch (Throwable e) {
            return words(e);
        }
    }

    /** The result of a future that has one. */
    public static @Nullable Object valueOf(Future<?> future) {
        Object[] value = new Object[1];
        Throwable thrown = thrownBy(() -> value[0] = future.result());
        return thrown == null ? value[0] : thrown;
    }

    /** An error, in a word. */
    public static String words(@Nullable Throwable error) {
        if (error == null) {
            return "nothing";
        }
        String name =
                error instanceof CancelledError ? "cancelled" : error.getClass().getSimpleName();
        return error.getMessage() == null ? name : name + ": " + error.getMessage();
    }

    /** Fails; remembered even when the engine swallows the error. */
    public LawFailure fail(String what) {
        LawFailure error = new LawFailure(what);
        failed(error);
        throw error;
    }

    /** Remembers the first failure; what was to happen after it need not be waited for. */
    public void failed(Throwable error) {
        boolean first;
        synchronized (this) {
            first = failure == null;
            failure = first ? error : failure;
        }
        if (first && serving) {
            thrownBy(this::finish);
        }
    }

    /** Fails with the first failure that was remembered, if there is one. */
    public void rethrow() {
        Throwable first = failure;
        if (first instanceof LawFailure error) {
            throw error;
        } else if (first != null) {
            throw new LawFailure("the law's code met " + show(first) + at(first.getStackTrace()), first);
        }
    }

    private static String at(StackTraceElement[] stack) {
        return stack.length == 0 ? "" : " at " + stack[0];
    }

    private ThrowingRunnable guarded(ThrowingRunnable code) {
        return () -> {
            try {
                code.run();
            } catch (Throwable e) {
                failed(e);
            }
        };
    }

    private static String show(@Nullable Object value) {
        if (value instanceof String text) {
            return Display.of(text);
        }
        return Display.escape(Display.text(value), 200);
    }

    /** How things stand, for a failure's message. */
    public String state() {
        StringBuilder text = new StringBuilder();
        for (EventLoop each : loops) {
            text.append("\n  loop: ").append(Display.of(each));
            tasks(each).forEach(task -> text.append("\n    ").append(Display.of(task)));
        }
        for (Thread each : threads) {
            if (each.isAlive()) {
                text.append("\n  thread ")
                        .append(each.getName())
                        .append(" of the law is")
                        .append(at(each.getStackTrace()));
            }
        }
        for (ErrorReport report : reports()) {
            text.append("\n  reported: ")
                    .append(report.kind())
                    .append(": ")
                    .append(Display.escape(report.message(), 100))
                    .append(": ")
                    .append(show(report.exception()));
        }
        trace().forEach(line -> text.append("\n  trace: ").append(line));
        return text.toString();
    }

    /** An engine under test may break any promise, this one too. */
    private static List<Task<?>> tasks(EventLoop loop) {
        List<Task<?>> tasks = new ArrayList<>();
        thrownBy(() -> tasks.addAll(loop.allTasks()));
        return tasks;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (EventLoop each : loops) {
            if (claims(Capability.DRIVEN)) {
                // What goes wrong here is judged by the rules about closing.
                thrownBy(each::close);
            }
        }
    }
}
