package heddle.house;

import static heddle.dsl.Heddle.asCompleted;
import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.asyncGenerator;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.each;
import static heddle.dsl.Heddle.firstCompleted;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.generator;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.runCoroutineThreadsafe;
import static heddle.dsl.Heddle.shield;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.taskGroup;
import static heddle.dsl.Heddle.timeoutAfter;
import static heddle.dsl.Heddle.toCompletableFuture;
import static heddle.dsl.Heddle.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.ContextVar;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import heddle.dsl.Chain;
import heddle.dsl.DoneAndPending;
import heddle.dsl.Pair;
import heddle.dsl.Runner;
import heddle.stream.ConnectOptions;
import heddle.stream.ServerOptions;
import heddle.stream.Tls;
import heddle.sync.Barrier;
import heddle.sync.Condition;
import heddle.sync.Event;
import heddle.sync.Lock;
import heddle.sync.PriorityQueue;
import heddle.sync.Queue;
import heddle.sync.Semaphore;
import heddle.view.Moment;
import heddle.view.TaskTree;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What a user can hold at the prompt prints itself in a short line, in words that a user knows, whatever it holds. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "samples of all types are made on the class path only")
class PrintsItselfTest {
    /** How many types and states must at least be looked at: raise them as Heddle grows. */
    private static final int TYPES = 60;

    private static final int STATES = 80;

    /** About what JShell shows of a variable. */
    private static final int LINE = 90;

    /** With the longest names, values and messages in it, each cut after 40 characters. */
    private static final int LONGEST = 170;

    private static final Set<String> MODULES = Set.of("api", "engine", "dsl", "engine/netty");

    /** Implemented by users, whose objects print themselves as they like. */
    private static final Set<String> USERS = Stream.concat(
                    NullsTest.USERS.stream(),
                    Stream.of(
                            "heddle.api.Suspension",
                            "heddle.api.WaitsFor",
                            "heddle.api.spi.Deadline",
                            "heddle.api.spi.Inspectable",
                            "heddle.dsl.AsyncIterable",
                            "heddle.dsl.AsyncIterator",
                            "heddle.dsl.AsyncResource",
                            "heddle.dsl.Yielder",
                            "heddle.engine.nio.SelectorHost$Registration"))
            .collect(Collectors.toSet());

    private static final Pattern NOISE =
            Pattern.compile("@[0-9a-f]{4,}|Lambda|\\bheddle\\.|\\bjava\\.|\\p{Cntrl}|\\p{Cf}|\\p{Zl}|\\p{Zp}|Optional");

    /** Escape sequences, line ends, a text that runs backwards, half a character, and far too much. */
    private static final String HOSTILE = "\u001b[31m\r\n\u2028\u202e\ud800" + "x".repeat(10_000);

    private final List<String> wrong = new ArrayList<>();
    /** What is wherever users' own text can be. */
    private String text = "weft";

    private int seen;

    @Test
    void everyPublicType_printsItself() throws Exception {
        EventLoop loop = Engines.newEventLoop(EngineOptions.DEFAULT.withVirtualTime());
        var samples = new Samples(loop);
        var seen = new ArrayList<Class<?>>();
        loop.callSoon(() -> {
            loop.stop();
            for (var type : types()) {
                seen.add(type);
                try {
                    check(type.getName(), samples.of(type), LINE);
                } catch (Exception e) {
                    wrong.add(type.getName() + ": " + e.getMessage());
                }
            }
        });
        loop.setExceptionHandler((l, report) -> {
            if (report.exception() != null) { // else a task that was still pending
                wrong.add(report.toString());
            }
        });
        loop.runForever();
        loop.close();
        assertEquals("", String.join("\n", wrong));
        assertTrue(seen.size() >= TYPES, () -> "only " + seen.size() + " types seen, expected at least " + TYPES);
    }

    private static List<Class<?>> types() {
        var types = new ArrayList<Class<?>>();
        try {
            for (var module : MODULES) {
                for (var name : Modules.exported(Modules.descriptor(module))) {
                    for (var type : Modules.publicTypes(module, name)) {
                        if (isHeld(type)) {
                            types.add(type);
                        }
                    }
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return types;
    }

    private static boolean isHeld(Class<?> type) {
        return !USERS.contains(type.getName())
                && type != TaskTree.class // a drawing, of many lines
                && !Throwable.class.isAssignableFrom(type)
                && Stream.of(type.getMethods())
                        .anyMatch(method -> method.getDeclaringClass() != Object.class
                                && !Modifier.isStatic(method.getModifiers()));
    }

    @Test
    void everyState_printsItself_whateverItHolds() throws Exception {
        run(
                () -> {
                    for (String each : List.of("weft", HOSTILE)) {
                        text = each;
                        seeFutures();
                        seeRecipes();
                        seeTools();
                        seeValues();
                        seeLoops();
                    }
                },
                EngineOptions.DEFAULT.withVirtualTime());
        assertEquals("", String.join("\n", wrong));
        assertTrue(seen >= STATES, () -> "only " + seen + " states seen, expected at least " + STATES);
    }

    private void see(Object... values) {
        for (Object each : values) {
            seen++;
            check("with " + (text == HOSTILE ? "hostile text" : text), each, text == HOSTILE ? LONGEST : LINE);
        }
    }

    private void check(String what, Object value, int longest) {
        String text;
        try {
            text = value.toString();
        } catch (Throwable e) {
            wrong.add(what + ": " + value.getClass() + ".toString throws " + e);
            return;
        }
        var problems = new TreeSet<String>();
        NOISE.matcher(text).results().forEach(found -> problems.add("has '" + found.group() + "'"));
        if (text.isBlank() || text.length() > longest) {
            problems.add("has " + text.length() + " characters");
        }
        if (!problems.isEmpty()) {
            wrong.add(what + ": " + value.getClass().getSimpleName() + " " + problems + ": " + text);
        }
    }

    private static Chain<?> failing(String text) {
        return async(() -> {
            throw new IllegalStateException(text);
        });
    }

    private void seeFutures() throws Exception {
        EventLoop loop = EventLoop.running();
        Promise<Object> pending = loop.createFuture(text);
        Promise<Object> done = loop.createFuture(text);
        done.setResult(text);
        Promise<Object> failed = loop.createFuture();
        failed.setException(new IllegalStateException(text));
        Promise<Object> cancelled = loop.createFuture();
        cancelled.cancel(text);
        see(pending, loop.createFuture(), done, failed, cancelled);

        Task<?> waiting = createTask(pending, text);
        Task<?> sleeping = createTask(sleep(60), text);
        Task<?> yielding = createTask(
                async(() -> {
                    while (true) {
                        await(sleep(0));
                    }
                }),
                text);
        Task<?> ended = createTask(chain(text), text);
        Task<?> broken = createTask(failing(text), text);
        Task<?> stopped = createTask(sleep(60), text);
        stopped.cancel(text);
        Task<?> parent = createTask(async(() -> await(gather(waiting, sleeping))), text);
        await(sleep(0));
        await(sleep(0));
        Task<?> ready = createTask(sleep(1), text);
        Task<?> asked = createTask(sleep(60), text);
        asked.cancel(text);
        see(waiting, sleeping, yielding, ended, broken, stopped, parent, ready, asked);
        see(EventLoop.running().currentTask());

        see(gather(waiting, pending));
        see(gather(done, ended));
        see(shield(waiting));
        see(shield(sleep(3)));
        see(toCompletableFuture(pending));
        see(toCompletableFuture(done));
        see(toCompletableFuture(failed));
        see(toCompletableFuture(cancelled));
        see(await(toThread(() -> runCoroutineThreadsafe(chain(text), loop))));
        Executor never = command -> {};
        see(loop.runInExecutor(never, () -> text));
        see(asCompleted(waiting, pending));
        see(await(firstCompleted(ended, broken)));
        see(await(firstCompleted(ended, pending)).done());
        see(new DoneAndPending<>(List.of(waiting, sleeping), List.of(pending)));
        yielding.cancel();
        for (Task<?> each : List.of(waiting, sleeping, parent)) {
            see(each.awaitable());
        }
        broken.exception();
        failed.exception();
        see(broken, failed);
    }

    private void seeRecipes() {
        see(async(() -> text));
        see(async(() -> {}));
        see(async(() -> text).named(text));
        see(chain(text));
        see(chain(text).then(x -> x).then(() -> text).tap(x -> {}));
        see(sleep(0));
        see(sleep(1e300, text));
        see(toThread(() -> text));
        see(sleep(1).coroutine());
        see(async(() -> text).coroutine());
        see(generator(out -> out.yield(text)));
        see(asyncGenerator(out -> out.yield(text)));
        see(each(asyncGenerator(out -> out.yield(text))));
    }

    private void seeTools() throws Exception {
        Lock lock = new Lock();
        see(lock);
        await(lock.acquire());
        see(lock.acquire());
        Queue<String> queue = new Queue<>(1);
        see(queue);
        queue.putNowait(text);
        see(queue.put(text));
        see(queue.get());
        PriorityQueue<String> heap = new PriorityQueue<>();
        heap.putNowait(text);
        heap.shutdown();
        see(heap);
        Semaphore none = new Semaphore(0);
        see(none);
        see(new Semaphore(Integer.MAX_VALUE));
        Event event = new Event();
        see(event);
        see(new Condition(lock));
        see(new Barrier(2));
        var waiters = new ArrayList<Task<?>>();
        for (int i = 0; i < 3; i++) {
            waiters.add(createTask(lock.acquire(), text));
            waiters.add(createTask(none.acquire(), text));
            waiters.add(createTask(queue.put(text), text));
        }
        await(sleep(0));
        see(waiters.toArray());
        see(taskGroup());
        see(timeoutAfter(1e300));
        waiters.forEach(each -> each.cancel());
    }

    private void seeValues() {
        ContextVar<String> variable = ContextVar.of(text, text);
        see(variable);
        see(variable.set(text));
        see(Context.copyCurrent());
        see(LoopBinding.here());
        see(new Pair<>(text, List.of(text, text)));
        see(new ErrorReport(
                ErrorReport.Kind.CALLBACK,
                text,
                new IllegalStateException(text),
                EventLoop.running().createFuture(text),
                null));
        see(new CancelledError.Origin(text, null));
        see(new CancelledError.Origin(text, new StackTraceElement(text, text, text, 1)));
        see(EngineOptions.DEFAULT);
        see(EngineOptions.DEFAULT.withVirtualTime());
        see(ConnectOptions.DEFAULT.withTls(Tls.client()));
        see(ServerOptions.DEFAULT);
        see(Tls.client().withApplicationProtocols(text, text));
        see(new heddle.stream.Datagram(text.getBytes(), new java.net.InetSocketAddress(1)));
        see(new heddle.stream.Subprocess.Output(1, text.getBytes(), text.getBytes()));
        see(new Moment(1, List.of(text, text), List.of(text)));
        see(new heddle.view.Event(1, 1, heddle.view.Event.Kind.RUNS, 0, 0, text));
    }

    private void seeLoops() throws Exception {
        EventLoop loop = EventLoop.running();
        see(loop.callSoon(() -> {}));
        see(loop.callLater(1, () -> {}));
        var handle = loop.callAt(1e9, () -> {});
        handle.cancel();
        see(handle);
        see(loop.hold(text));
        EventLoop closed = Engines.newEventLoop();
        see(closed);
        closed.close();
        await(toThread(() -> {
            Runner runner = Runner.open();
            see(runner, runner.loop());
            runner.close();
            see(runner);
            return null;
        }));
        see(Engines.providers().toArray());
    }
}
