package heddle.programs;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.dsl.Chain;
import heddle.dsl.Runner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a failed program's stack trace shows, on each carrier the same; from a package that isn't Heddle's. */
class TraceTest {

    private static final EngineOptions DEBUG = EngineOptions.DEFAULT.withDebug(true);

    private static int fail() throws Exception {
        await(sleep(0));
        throw new IOException("failed");
    }

    private static Chain<Integer> fetch() {
        return async(() -> {
            await(sleep(0));
            return fail();
        });
    }

    private static Chain<Integer> fetchTwice() {
        return async(TraceTest::inner);
    }

    private static int inner() throws Exception {
        return await(fetch());
    }

    /** The methods of a trace down to that of the test, lambdas by the name of the method that they are in. */
    private static List<String> methods(Throwable e, String last) {
        List<String> methods = new ArrayList<>();
        for (StackTraceElement line : e.getStackTrace()) {
            String type = line.getClassName().substring(line.getClassName().lastIndexOf('.') + 1);
            String method = line.getMethodName().replaceAll("lambda\\$(\\w+)\\$\\d+", "$1{}");
            methods.add(type.equals("TraceTest") ? method : type + "." + method);
            if (method.equals(last)) {
                return methods;
            }
        }
        return methods;
    }

    @Test
    void run_showsTheBodysLines_andThoseOfItsCaller() {
        IOException e = assertThrows(IOException.class, TraceTest::runFetch);
        assertEquals(List.of("fail", "fetch{}", "Heddle.run", "runFetch"), methods(e, "runFetch"));
    }

    private static void runFetch() throws Exception {
        run(fetch());
    }

    @Test
    void run_ofABodyThatAwaitsABody_showsBoth() {
        IOException e = assertThrows(IOException.class, TraceTest::runInner);
        assertEquals(
                List.of("fail", "fetch{}", "Heddle.await", "inner", "Heddle.run", "runInner"), methods(e, "runInner"));
    }

    private static void runInner() throws Exception {
        run(fetchTwice());
    }

    @Test
    void runner_showsTheSame_eachTime() throws Exception {
        try (Runner runner = Runner.open()) {
            for (int i = 0; i < 2; i++) {
                IOException e = assertThrows(IOException.class, () -> runOn(runner));
                assertEquals(List.of("fail", "fetch{}", "Runner.run", "runOn"), methods(e, "runOn"));
            }
        }
    }

    private static void runOn(Runner runner) throws Exception {
        runner.run(fetch());
    }

    @Test
    void run_ofAChain_showsItsFunctions() {
        IOException e = assertThrows(IOException.class, TraceTest::runChain);
        assertEquals(List.of("broken", "runChain{}", "Heddle.run", "runChain"), methods(e, "runChain"));
    }

    private static void runChain() throws Exception {
        run(sleep(0).then(x -> broken()));
    }

    private static int broken() throws IOException {
        throw new IOException();
    }

    @Test
    void causesAndSuppressed_areTrimmedToo() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> run(async(() -> {
                    await(sleep(0));
                    try {
                        fail();
                    } catch (IOException inner) {
                        IllegalStateException outer = new IllegalStateException(inner);
                        outer.addSuppressed(new IOException("suppressed"));
                        throw outer;
                    }
                })));
        for (Throwable each : List.of(e, e.getCause(), e.getSuppressed()[0])) {
            assertNoNoise(each);
        }
    }

    private static void assertNoNoise(Throwable e) {
        for (StackTraceElement line : e.getStackTrace()) {
            String type = line.getClassName();
            if (type.equals(TraceTest.class.getName()) && line.getMethodName().endsWith("Too")) {
                return;
            }
            assertTrue(
                    !type.startsWith("heddle.")
                            || type.equals(TraceTest.class.getName())
                            || type.equals("heddle.dsl.Heddle"),
                    line::toString);
            assertTrue(!type.startsWith("jdk.internal.vm") && !type.startsWith("java.lang.Thread"), line::toString);
        }
    }

    @Test
    void debug_showsWhereTheTaskWasMade() {
        IOException e = assertThrows(IOException.class, () -> run(TraceTest::makesATask, DEBUG));
        assertEquals(List.of("fail", "fetch{}", "fetcher.createdBy", "makeIt", "makesATask"), methods(e, "makesATask"));
        assertEquals("fetcher.createdBy(the code below)", e.getStackTrace()[2].toString());
    }

    private static int makesATask() throws Exception {
        Task<Integer> task = makeIt();
        await(sleep(0));
        return await(task);
    }

    private static Task<Integer> makeIt() {
        return createTask(fetch(), "fetcher");
    }

    @Test
    void debug_failureThatGoesThroughTasks_namesTheFirst() {
        IOException e = assertThrows(
                IOException.class,
                () -> run(
                        () -> {
                            Task<Integer> first = makeIt();
                            Task<Integer> second = createTask(chain(first), "second");
                            return await(second);
                        },
                        DEBUG));
        long markers = List.of(e.getStackTrace()).stream()
                .filter(line -> line.getMethodName().equals("createdBy"))
                .count();
        assertEquals(1, markers);
    }

    @Test
    void reports_areTrimmed() throws Exception {
        List<Throwable> reported = new ArrayList<>();
        run(() -> {
            EventLoop loop = EventLoop.running();
            loop.setExceptionHandler((l, report) -> reported.add(report.exception()));
            loop.callSoon(TraceTest::broken);
            createTask(fetch(), "nobody's");
            for (int i = 0; i < 5; i++) {
                await(sleep(0));
            }
        });
        assertEquals(2, reported.size());
        assertEquals("broken", methods(reported.get(0), "broken").get(0));
        assertEquals(List.of("fail", "fetch{}"), methods(reported.get(1), "fetch{}"));
        reported.forEach(each -> List.of(each.getStackTrace())
                .forEach(line -> assertTrue(!line.getClassName().startsWith("heddle.engine."), line::toString)));
    }

    @Test
    void exceptionThatTouchesItsTrace_isLeftAlone() {
        class Stubborn extends RuntimeException {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new UnsupportedOperationException();
            }
        }
        Stubborn e = new Stubborn();
        assertEquals(
                e,
                assertThrows(
                        Stubborn.class,
                        () -> run(async(() -> {
                            throw e;
                        }))));
    }

    @Test
    void stack_showsWhereTheBodyWaits() throws Exception {
        run(() -> {
            Task<?> task = createTask(async(TraceTest::waitingHere));
            await(sleep(0));
            assertEquals(
                    "waitingHere",
                    task.stack().get(0).getMethodName(),
                    () -> task.stack().toString());
            assertEquals(TraceTest.class.getName(), task.stack().get(0).getClassName());
            task.cancel();
        });
    }

    private static void waitingHere() throws Exception {
        await(sleep(100));
    }
}
