package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import heddle.dsl.Yielder;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;

/** The steps of the tour. */
final class TourSteps {
    private TourSteps() {}

    /**
     * Blocking against awaiting. A loop runs one thing at a time. While a step blocks its thread, nobody else runs; while a
     * task awaits, everybody else does.
     */
    static void step1() throws Exception {
        var ticks = new ArrayList<String>();
        var clock = createTask(async(() -> {
            while (true) {
                await(sleep(0.01));
                ticks.add("tick");
            }
        }));
        await(sleep(0)); // let it begin
        new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS); // blocks the thread
        System.out.println("blocked for 0.1 s: " + ticks.size() + " ticks");
        await(sleep(0.1));
        System.out.println("awaited 0.1 s: " + ticks.size() + " ticks");
        clock.cancel();
    }

    /**
     * Waiting or working. Many waits fit into one thread, at the same time. Work doesn't: it takes the loop's thread until it
     * is done. Give it to another thread, and await that.
     */
    static void step2() throws Exception {
        double start = EventLoop.running().time();
        await(gather(Stream.generate(() -> sleep(0.05)).limit(100).toList()));
        System.out.println(
                "100 waits of 0.05 s took " + Math.round((EventLoop.running().time() - start) * 1000) + " ms");
        var work = toThread(() -> LongStream.range(0, 5_000_000).map(n -> n % 7).sum());
        var tick = createTask(async(() -> System.out.println("the loop goes on")));
        System.out.println("the sum is " + await(work) + ", others ran meanwhile: " + tick.done());
    }

    /**
     * Coroutine objects run nothing. async makes a coroutine object out of code. It is a plan: nothing of it runs until somebody
     * awaits it or makes a task of it.
     */
    static void step3() throws Exception {
        var plan = async(() -> {
            System.out.println("now it runs");
            return "its value";
        });
        System.out.println("made, and nothing has run");
        System.out.println(await(plan));
    }

    /**
     * await. It waits for what it is given, lets everybody else run meanwhile, and gives the value, or throws the exception
     * right there.
     */
    static void step4() throws Exception {
        var greeting = await(sleep(0.01, "hello"));
        System.out.println(greeting + " after a nap");
        try {
            await(async(() -> {
                throw new IllegalStateException("the warp broke");
            }));
        } catch (IllegalStateException e) {
            System.out.println("caught: " + e.getMessage());
        }
    }

    /**
     * An awaitable of your own. Whatever can be stepped can be awaited. Each step runs up to the next pause and says what it
     * waits for: a future, YIELD for the next turn, or FINISHED.
     */
    static void step5() throws Exception {
        class Turns implements Awaitable<String> {
            public Coroutine<String> coroutine() {
                return new Coroutine<>() {
                    int left = 3;

                    public Suspension step() {
                        System.out.println(left + " turns left");
                        return left-- > 0 ? Pause.YIELD : Pause.FINISHED;
                    }

                    public Suspension raise(Throwable error) throws Throwable {
                        throw error;
                    }

                    public String result() {
                        return "three turns later";
                    }

                    public void close() {}
                };
            }
        }
        System.out.println(await(new Turns()));
    }

    /**
     * Tasks. A task runs a coroutine in the background, beside whoever made it. It begins in the loop's next turn, not at once.
     */
    static void step6() throws Exception {
        var task = createTask(
                async(() -> {
                    System.out.println("the task runs");
                    await(sleep(0.01));
                    return "its value";
                }),
                "worker");
        System.out.println(task);
        await(sleep(0));
        System.out.println(task);
        await(task);
        System.out.println(task);
    }

    /** gather. It makes tasks of several coroutines, awaits them all, and gives their values in the order of the arguments. */
    static void step7() throws Exception {
        double start = EventLoop.running().time();
        var values = await(gather(sleep(0.3, "slow"), sleep(0.1, "quick"), sleep(0.2, "middling")));
        System.out.println(values);
        System.out.println("after " + Math.round((EventLoop.running().time() - start) * 1000) + " ms");
    }

    /** sleep(0). It waits for nothing, but ends the step: everybody who is ready has a turn before it goes on. */
    static void step8() throws Exception {
        for (var name : List.of("a", "b")) {
            createTask(async(() -> {
                for (int i = 1; i <= 3; i++) {
                    System.out.println(name + i);
                    await(sleep(0));
                }
            }));
        }
        await(sleep(0.01));
    }

    /**
     * Between two awaits nobody interferes. Two tasks change the same balance, without a lock. It goes wrong only where one of
     * them awaits between looking and changing.
     */
    static void step9() throws Exception {
        var account = new HashMap<String, Integer>();
        account.put("balance", 100);
        var good = async(() -> {
            int seen = account.get("balance");
            account.put("balance", seen - 10);
        });
        await(gather(good, good));
        System.out.println("twice 10 less: " + account.get("balance"));
        var bad = async(() -> {
            int seen = account.get("balance");
            await(sleep(0)); // here the other one looks, too
            account.put("balance", seen - 10);
        });
        await(gather(bad, bad));
        System.out.println("twice 10 less, or so it thinks: " + account.get("balance"));
    }

    /** Futures. A future is a value that isn't there yet: one side awaits it, the other sets it. */
    static void step10() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        var reader = createTask(async(() -> System.out.println("read: " + await(future))));
        await(sleep(0)); // now it waits
        System.out.println(future);
        future.setResult("a letter");
        System.out.println(future);
        await(reader);
    }

    /**
     * Cancellation. cancel is a request: the task meets a CancelledError where it waits, cleans up, and is cancelled when it lets
     * that out.
     */
    static void step11() throws Exception {
        var sleeper = createTask(
                async(() -> {
                    try {
                        await(sleep(60));
                    } finally {
                        System.out.println("it cleans up");
                    }
                }),
                "sleeper");
        await(sleep(0)); // now it sleeps
        sleeper.cancel("no time left");
        System.out.println("cancel has returned");
        await(awaitAll(sleeper));
        System.out.println(sleeper);
    }

    /** Timeouts. What takes too long is cancelled, and whoever set the limit gets a TimeoutException. */
    static void step12() throws Exception {
        var slow = createTask(sleep(60), "slow");
        try {
            timeout(0.01, () -> await(slow));
        } catch (TimeoutException e) {
            System.out.println("too late");
        }
        System.out.println(slow);
    }

    /**
     * Groups. A group waits for all its tasks. If one fails, the others are cancelled, and their clean-up is over before the
     * failure goes on.
     */
    static void step13() throws Exception {
        var group = taskGroup();
        try {
            group.run(() -> {
                group.createTask(async(() -> {
                    try {
                        await(sleep(60));
                    } finally {
                        System.out.println("the sibling cleans up");
                    }
                }));
                await(sleep(0));
                group.createTask(async(() -> {
                    throw new IllegalStateException("the warp broke");
                }));
            });
        } catch (ExceptionGroup e) {
            System.out.println(e.exceptions());
        }
    }

    /**
     * A coroutine out of a plain generator. There is no magic in a coroutine: a generator that yields what it waits for is one. The
     * loop sees no difference.
     */
    static void step14() throws Exception {
        var loop = EventLoop.running();
        var letter = loop.<String>createFuture();
        var steps = generator((Yielder<Suspension> waits) -> {
            System.out.println("first it lets the others run");
            waits.yield(Pause.YIELD);
            System.out.println("then it waits for a letter");
            waits.yield(letter);
            System.out.println("and here it is: " + letter.result());
        });
        Awaitable<String> awaitable = () -> new Coroutine<>() {
            public Suspension step() {
                return steps.hasNext() ? steps.next() : Pause.FINISHED;
            }

            public Suspension raise(Throwable error) {
                return steps.raise(error);
            }

            public String result() {
                return "the generator has ended";
            }

            public void close() {
                steps.close();
            }
        };
        loop.callLater(0.01, () -> letter.setResult("hello"));
        System.out.println(await(awaitable));
    }
}
