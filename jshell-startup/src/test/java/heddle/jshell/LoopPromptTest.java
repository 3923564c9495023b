package heddle.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.docs.Terminal;
import heddle.house.Modules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The prompt of the launcher, whose snippets are tasks on the session's loop, with everything typed ahead. */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "snippets see the class path")
@Timeout(240) // on a machine that is busy with other things
class LoopPromptTest {
    private static final String REMARK = "[heddle] ";

    @Test
    void snippet_isATaskOnTheLoopWhereRunSaysToAwait() throws Exception {
        assertShows(
                """
                currentTask().name()
                EventLoop.running() == Session.current().loop()
                var f = EventLoop.running().<String>createFuture()
                f.setResult("set")
                f.result()
                var t = createTask(sleep(60), "nap")
                t.cancel()
                t
                new heddle.sync.Lock().locked()
                var user = ContextVar.of("user")
                user.set("Ada")
                user.get()
                int n = 0
                createTask(async(() -> { while (true) { n++; await(sleep(0)); } }));
                boolean alone() { int before = n; for (int i = 0; i < 2_000_000; i++) Math.sin(i); return before == n; }
                alone()
                int before = n
                await(sleep(0.02))
                n > before
                run(() -> 1)
                """,
                "$1 ==> \"prompt-1\"",
                "$2 ==> true",
                "f ==> Future pending",
                "$5 ==> \"set\"",
                "t ==> nap ready",
                "$7 ==> true",
                "t ==> nap cancelled",
                "$9 ==> false",
                "$12 ==> \"Ada\"",
                "$16 ==> true",
                "$19 ==> true",
                "|  Exception java.lang.IllegalStateException: run(…) cannot be called from a running event loop: await it");
    }

    @Test
    void failureThatNobodyHasSeen_isShownOnce() throws Exception {
        var shown = assertShows(
                """
                Chain<String> fails(String why) { return async(() -> { await(sleep(0)); throw new IOException(why); }); }
                var one = createTask(fails("the warp broke"), "one")
                await(sleep(0.05))
                await(createTask(fails("seen"), "seen"))
                var odd = createTask(fails("the \\u001b[31mred one"), "od\\u001b[31md")
                await(async(() -> {
                    var gathered = gather(fails("gathered"), sleep(0.01));
                    await(sleep(0.05));
                    try { await(gathered); } catch (IOException e) { System.out.println("caught"); }
                }))
                await(sleep(0.05))
                one.exception()
                """,
                REMARK + "one failed: IOException: the warp broke; nobody has seen it yet: await it"
                        + " (docs/codes.md#unseen)",
                "|  Exception java.io.IOException: seen",
                "caught",
                " ==> java.io.IOException: the warp broke");
        assertEquals(
                1, shown.stream().filter(line -> line.contains("one failed: ")).count(), shown::toString);
        assertTrue(shown.stream().noneMatch(line -> line.contains("seen failed: ")), shown::toString);
        assertTrue(shown.stream().noneMatch(line -> line.contains("gather of 2 failed")), shown::toString);
        assertTrue(shown.stream().noneMatch(line -> line.indexOf(27) >= 0), shown::toString);
        assertTrue(
                shown.stream()
                        .anyMatch(line -> line.startsWith(REMARK)
                                && line.contains("od\\u001b[31md failed: IOException: the \\u001b[31mred one")),
                shown::toString);
    }

    @Test
    void value_isShownWhateverItsToStringDoes() throws Exception {
        assertShows(
                """
                class Bad { public String toString() { throw new IllegalStateException("a\\u001b[31mb"); } }
                new Bad()
                var bad = new Bad()
                class Endless { public String toString() { return "" + this; } }
                new Endless()
                class Big { public String toString() { return "x".repeat(1_000_000); } }
                new Big().toString().length()
                new Big()
                class Red { public String toString() { return "a\\u001b[31mb"; } }
                new Red()
                class Nothing { public String toString() { return null; } }
                new Nothing()
                new Object[] {1, "two", null}
                1 + 1
                """,
                "$2 ==> Bad whose toString throws IllegalStateException: a\\u001b[31mb",
                "bad ==> Bad whose toString throws IllegalStateException: a\\u001b[31mb",
                "$5 ==> Endless whose toString throws StackOverflowError",
                "$7 ==> 1000000",
                "$8 ==> xxxxxxxxxx",
                "$10 ==> a\\u001b[31mb",
                "$12 ==> null",
                "$13 ==> Object[3] { 1, \"two\", null }",
                "$14 ==> 2");
    }

    @Test
    void stepThatBlocksTheLoop_isNamedWithItsLine() throws Exception {
        assertShows(
                """
                void block() throws Exception {
                    var latch = new CountDownLatch(1);
                    latch.await(1, TimeUnit.SECONDS);
                }
                block()
                new CountDownLatch(1).await(1,
                    TimeUnit.SECONDS)
                class Deep {
                    static List<Integer> block() throws Exception {

                        new CountDownLatch(1).await(1, TimeUnit.SECONDS);
                        return List.of(1);
                    }
                }
                var list = Stream.of(1).
                    map(x -> { try { return Deep.block(); } catch (Exception e) { return null; } }).toList()
                var list = Stream.of(1).map(x -> {
                    try { new CountDownLatch(1).await(1, TimeUnit.SECONDS); } catch (Exception e) {}
                    return x;
                }).toList()
                var gate = EventLoop.running().<Integer>createFuture()
                var later = createTask(async(() -> {
                    await(gate);
                    block();
                }), "la\\u001b[31mter")
                void go() throws Exception { gate.setResult(1); await(sleep(0)); await(sleep(0)); }
                go()
                2 + 2
                """,
                REMARK + "prompt-1 blocks the event loop in block, line 3: await instead, or use toThread(…)"
                        + " (docs/codes.md#blocked)",
                REMARK + "prompt-2 blocks the event loop in line 1: ",
                REMARK + "prompt-3 blocks the event loop in block, line 4: ",
                REMARK + "prompt-4 blocks the event loop in line 2: ",
                REMARK + "la\\u001b[31mter blocks the event loop in block, line 3: ",
                " ==> 4");
    }

    @Test
    void newJvm_comesUpClean() throws Exception {
        assertShows(
                """
                var old = createTask(sleep(60), "old")
                virtualTime()
                await(sleep(3600, "an hour"))
                /reset
                engine()
                currentTask().name()
                EventLoop.running().allTasks().size()
                old
                /reload -quiet
                EventLoop.running().allTasks().size()
                /env --add-modules jdk.httpserver
                await(sleep(0.01, "after env"))
                /env -class-path .
                await(sleep(0.01, "after revert"))
                """,
                "old ==> old ready",
                REMARK + "engine nio, virtual time: a new loop; cancelled with the old one: old",
                " ==> \"an hour\"",
                "/reset",
                "engine nio, real time; there are netty, nio",
                "$2 ==> \"prompt-2\"",
                "$3 ==> 1",
                "|    symbol:   variable old",
                " ==> 1",
                " ==> \"after env\"",
                "heddle --class-path PATH, which adds to it (docs/codes.md#no-agent)",
                " ==> \"after revert\"");
    }

    @Test
    void newSessionInTheSameJvm_isClean() throws Exception {
        var engine = System.getProperty("heddle.engine");
        var virtualTime = System.getProperty("heddle.virtualTime");
        try {
            assertShows(
                    List.of("--execution", "heddle:local(true)"),
                    """
                    engine("netty")
                    createTask(sleep(60), "napper")
                    pause()
                    engine("nio")
                    Session.current().stepper().isPaused()
                    createTask(sleep(60), "old")
                    /reset
                    Session.current().onLoop(() -> EventLoop.running().allTasks().size())
                    /reload -quiet
                    await(sleep(0.01, "after reload"))
                    """,
                    REMARK + "engine netty, real time: a new loop",
                    "paused: step() lets one turn pass, resume() all",
                    REMARK
                            + "engine nio, real time: a new loop, which isn't paused; cancelled with the old one: napper",
                    " ==> false",
                    " ==> old ready",
                    "$1 ==> 1",
                    " ==> \"after reload\"");
        } finally {
            restore("heddle.engine", engine);
            restore("heddle.virtualTime", virtualTime);
        }
    }

    @Test
    void engineThatWasChosenByItsClass_isKept() throws Exception {
        var engine = System.setProperty("heddle.engine", UnlistedEngine.class.getName());
        var virtualTime = System.getProperty("heddle.virtualTime");
        try {
            assertShows(
                    List.of("--execution", "heddle:local(true)"),
                    """
                    virtualTime()
                    await(sleep(0.01, "the old one again"))
                    virtualTime()
                    await(sleep(3600, "an hour"))
                    realTime()
                    engine("netty")
                    await(sleep(0.01, "another one"))
                    System.getProperty("heddle.engine")
                    """,
                    REMARK
                            + "engine unlisted, virtual time can't be had: java.lang.IllegalStateException: not at first",
                    REMARK + "engine unlisted, real time: a new loop",
                    " ==> \"the old one again\"",
                    REMARK + "engine unlisted, virtual time: a new loop",
                    " ==> \"an hour\"",
                    REMARK + "engine unlisted, real time: a new loop",
                    REMARK + "engine netty, real time: a new loop",
                    " ==> \"another one\"",
                    " ==> \"netty\"");
        } finally {
            restore("heddle.engine", engine);
            restore("heddle.virtualTime", virtualTime);
        }
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    @Test
    void unknownEngine_isSaid() throws Exception {
        var before = System.setProperty("heddle.engine", "no such");
        try {
            assertShows(
                    "1 + 1\n",
                    "Exception java.lang.IllegalStateException: the system property heddle.engine asks for the engine no"
                            + " such",
                    "$1 ==> 2");
        } finally {
            restore("heddle.engine", before);
        }
    }

    /** Types the lines, and expects lines that begin or end so, in this order. */
    private static List<String> assertShows(String input, String... expected) throws Exception {
        return assertShows(List.of(), input, expected);
    }

    private static List<String> assertShows(List<String> options, String input, String... expected) throws Exception {
        var shown = Terminal.show(
                Modules.ROOT.resolve("jshell-startup/heddle.jsh"), input.lines().toList(), options);
        int from = 0;
        for (var each : expected) {
            int at = from;
            while (at < shown.size() && !isLine(shown.get(at), each)) {
                at++;
            }
            assertTrue(at < shown.size(), () -> "missing: " + each + "\nin:\n" + String.join("\n", shown));
            from = at + 1;
        }
        return shown;
    }

    private static boolean isLine(String line, String expected) {
        return line.startsWith(expected) || line.endsWith(expected);
    }
}
