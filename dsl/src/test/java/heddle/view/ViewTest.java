package heddle.view;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.awaitAll;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.timeout;
import static heddle.dsl.Heddle.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.dsl.Chain;
import heddle.sync.Lock;
import heddle.sync.Queue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewTest {

    private static final double FOREVER = Double.POSITIVE_INFINITY;

    private static EngineOptions virtual() {
        return EngineOptions.DEFAULT.withVirtualTime();
    }

    private static Chain<String> slowly(String word, double seconds) {
        return async(() -> {
            await(sleep(seconds));
            return word;
        });
    }

    /** A program with all kinds of events in it. */
    private static Timeline example() throws Exception {
        return run(
                () -> {
                    Recorder recorder = Recorder.watch(EventLoop.running(), 1000);
                    Task<String> warp = createTask(slowly("warp", 0.2), "warp");
                    Task<String> weft = createTask(slowly("weft", 60), "weft");
                    await(sleep(0));
                    await(warp);
                    weft.cancel("too slow");
                    await(sleep(0));
                    await(sleep(0));
                    return recorder.timeline();
                },
                virtual());
    }

    @Test
    void lanes_showWhatEachTaskDid() throws Exception {
        assertEquals("""
                turn  time      loop              warp              weft              Task-1
                   0     0.000s ├─────────────────▶ new                               ┃
                                ├───────────────────────────────────▶ new             ┃
                                                  ╎                 ╎                 ┗ yields
                   1     0.000s                   ━ sleep(0.2s)     ╎                 ╎
                                                  │                 ━ sleep(60s)      ╎
                                                  │                 │                 ━ warp
                   2     0.200s ├─────────────────▶                 │                 │
                   3     0.200s                   ■ done: "warp"    │                 │
                                                  ├───────────────────────────────────▶
                   4     0.200s                                     │                 ┏
                                                                    ◀ cancel: too sl…─┤
                                                                    ╎                 ┗ yields
                   5     0.200s                                     ■ cancelled: "too slow"
                                                                                      ━ yields
                   6     0.200s                                                       ┏
                """, example().draw(new Terminal(90, true, false)).replace(System.lineSeparator(), "\n"));
    }

    @Test
    void lanes_inColourAndInAscii() throws Exception {
        String colour = example().draw(new Terminal(90, true, true));
        assertEquals(example().draw(new Terminal(90, true, false)), colour.replaceAll("\u001b\\[[0-9]+m", ""));
        String ascii = example().draw(new Terminal(60, false, false));
        assertTrue(ascii.chars().allMatch(c -> c < 128), ascii);
        assertTrue(ascii.lines().allMatch(line -> line.length() <= 60), ascii);
    }

    @Test
    void lanes_moreThanFit_keepTheLastOnes() throws Exception {
        Timeline many = run(
                () -> {
                    Recorder recorder = Recorder.watch(EventLoop.running(), 1000);
                    for (int i = 0; i < 20; i++) {
                        createTask(slowly("x", 1), "織機-" + i);
                    }
                    await(sleep(2));
                    return recorder.timeline();
                },
                virtual());
        String drawn = many.draw(new Terminal(60, true, false));
        assertTrue(drawn.contains("織機-19") && !drawn.contains("織機-3 "), drawn);
        assertTrue(drawn.contains("(and 18 more tasks"), drawn);
        assertTrue(drawn.lines().limit(5).allMatch(line -> Grid.width(line) <= 60), drawn);
    }

    @Test
    void picture_holdsWhatHappened(@TempDir Path folder) throws Exception {
        Timeline timeline = example();
        for (String name : List.of("run.svg", "run.html")) {
            Path saved = timeline.save(folder.resolve(name).toString());
            assertEquals(timeline, Timeline.load(saved.toString()), name);
        }
        var e = assertThrows(IllegalArgumentException.class, () -> timeline.save("run.png"));
        assertTrue(e.getMessage().contains("NAME.svg"), e.getMessage());
    }

    @Test
    void picture_ofHostileNames_isStillXml() throws Exception {
        Timeline timeline = run(
                () -> {
                    Recorder recorder = Recorder.watch(EventLoop.running(), 1000);
                    Task<?> task = createTask(slowly("x", 1), "\u001b[31m<b>&\"'\ud800]]>");
                    await(sleep(0));
                    task.cancel("</svg><script>");
                    await(sleep(0));
                    return recorder.timeline();
                },
                virtual());
        String svg = new Picture(timeline).svg();
        assertEquals(timeline, SavedPicture.read("it", svg));
        assertFalse(svg.contains("\u001b"));
    }

    @Test
    void load_ofSomethingElse_saysSo(@TempDir Path folder) throws Exception {
        Path other = Files.writeString(folder.resolve("other.svg"), "<svg></svg>");
        var e = assertThrows(IllegalArgumentException.class, () -> Timeline.load(other.toString()));
        assertTrue(e.getMessage().startsWith(other + " is no picture"), e.getMessage());
    }

    @Test
    void recorder_forgetsWhatIsOld_andTheNamesOfIt() throws Exception {
        Timeline timeline = run(
                () -> {
                    Recorder recorder = Recorder.watch(EventLoop.running(), 50);
                    for (int i = 0; i < 1000; i++) {
                        await(createTask(slowly("x", 0), "task " + i));
                    }
                    return recorder.timeline();
                },
                virtual());
        assertEquals(50, timeline.events().size());
        assertTrue(timeline.names().size() < 60, () -> "" + timeline.names().size());
        assertEquals(
                3,
                timeline.last(3).events().stream().map(Event::turn).distinct().count());
    }

    @Test
    void treeAndWhy_sayWhoAwaitsWhom() throws Exception {
        run(
                () -> {
                    Recorder recorder = Recorder.watch(EventLoop.running(), 10);
                    Lock lock = new Lock();
                    Queue<String> queue = new Queue<>();
                    Task<?> owner = createTask(async(() -> lock.run(() -> await(queue.get()))), "owner");
                    Task<?> next = createTask(async(() -> lock.run(() -> await(sleep(1)))), "next");
                    Task<?> all = createTask(async(() -> await(gather(next, slowly("x", 5)))), "all");
                    await(sleep(1.5));
                    assertEquals(
                            List.of(
                                    "Task-1 running",
                                    "all waiting on gather of 2 for 1.5s, at ViewTest.treeAndWhy_sayWhoAwaitsWhom",
                                    "├─ next waiting on Lock.acquire for 1.5s, at ViewTest.treeAndWhy_sayWhoAwaitsWhom",
                                    "│  └─ owner waiting on Queue.get for 1.5s, at ViewTest.treeAndWhy_sayWhoAwaitsWhom",
                                    "└─ Task-2 waiting on sleep(5s) for 1.5s, at ViewTest.slowly"),
                            TaskTree.of(EventLoop.running(), recorder).lines().stream()
                                    .map(line -> line.replaceAll(" \\(ViewTest.java:\\d+\\)", ""))
                                    .toList());
                    assertEquals(
                            "all waits for gather of 2 (next, which waits for Lock.acquire of owner, which waits for"
                                    + " Queue.get, and nobody known will wake it; Task-2, which waits for sleep(5s), to be"
                                    + " woken by a timer).",
                            Why.of(all));
                    assertEquals(
                            "Task-1 is running.", Why.of(EventLoop.running().currentTask()));
                    queue.putNowait("done");
                    assertEquals("owner is ready: its next step is due.", Why.of(owner));
                    await(all);
                    assertEquals("owner done: \"done\".", Why.of(owner));
                },
                virtual());
    }

    private static Chain<?> holding(Lock first, Lock second) {
        return async(() -> first.run(() -> {
            await(sleep(0));
            second.run(() -> await(sleep(FOREVER)));
        }));
    }

    @Test
    void timeoutAround_endsTheWait_andIsNoDeadlock() throws Exception {
        run(
                () -> {
                    Lock left = new Lock();
                    Lock right = new Lock();
                    Task<?> ann = createTask(timeout(5, t -> holding(left, right)), "ann");
                    Task<?> bob = createTask(holding(right, left), "bob");
                    Task<?> dan = createTask(
                            timeout(9, t -> timeout(7, u -> EventLoop.running().createFuture())), "dan");
                    await(sleep(1));
                    assertEquals(
                            "ann waits for Lock.acquire of bob, which waits for Lock.acquire of ann again, until the"
                                    + " timeout of 5s around ann.",
                            Why.of(ann));
                    assertEquals(
                            "bob waits for Lock.acquire of ann, which waits for Lock.acquire of bob again, until the"
                                    + " timeout of 5s around ann.",
                            Why.of(bob));
                    assertEquals(
                            "dan waits for a future, and nobody known will wake it, until the timeout of 7s around dan.",
                            Why.of(dan));
                    await(awaitAll(List.of(ann, dan)));
                    assertEquals("bob waits for sleep(forever), and nobody known will wake it.", Why.of(bob));
                    bob.cancel();
                },
                virtual());
    }

    @Test
    void job_isEndedByAnotherThread() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        run(() -> {
            Task<?> worker = createTask(
                    toThread(() -> {
                        enough.await();
                        return "done";
                    }),
                    "worker");
            await(sleep(0));
            assertEquals("worker waits for job, to be woken by another thread.", Why.of(worker));
            enough.countDown();
            await(worker);
        });
    }

    @Test
    void cycle_isADeadlock_inTheTreeToo() throws Exception {
        run(
                () -> {
                    Lock left = new Lock();
                    Lock right = new Lock();
                    Task<?> ann = createTask(holding(left, right), "ann");
                    Task<?> bob = createTask(holding(right, left), "bob");
                    Task<?> cat = createTask(sleep(FOREVER), "cat");
                    await(sleep(1));
                    assertEquals(
                            "ann waits for Lock.acquire of bob, which waits for Lock.acquire of ann again."
                                    + " It is a deadlock: ann waits for bob waits for ann.",
                            Why.of(ann));
                    assertEquals("cat waits for sleep(forever), and nobody known will wake it.", Why.of(cat));
                    assertEquals(
                            List.of("Task-1", "cat", "ann", "└─ bob", "   └─ ann (above)"),
                            TaskTree.of(EventLoop.running(), null).lines().stream()
                                    .map(line -> line.replaceAll(" (waiting|running).*", ""))
                                    .toList());
                    ann.cancel();
                    bob.cancel();
                    cat.cancel();
                },
                virtual());
    }
}
