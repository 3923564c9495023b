package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.EventLoop;
import heddle.api.ExceptionHandler;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.InvalidStateException;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.spi.Capability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter THREAD about posts, the thread rule, and who speaks for a loop. */
final class ThreadLaws {

    private ThreadLaws() {}

    @Law("THREAD-1")
    static void postWakesASleepingLoop(Trial t, Choices c) {
        t.drawClock(c);
        EventLoop loop = t.loop();
        int posts = c.between("posts", 1, 3);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            expected.add("post " + i);
        }
        t.thread(() -> {
            for (String line : expected) {
                CountDownLatch ran = new CountDownLatch(1);
                t.awaitSleep();
                loop.callSoonThreadsafe(() -> {
                    t.say(line);
                    ran.countDown();
                });
                t.await(ran, "a post to run");
            }
            t.awaitSleep();
            t.finish();
        });
        t.serve(() -> {});
        t.expect(expected);
    }

    @Law("THREAD-2")
    static void postsOfAThreadKeepTheirOrder(Trial t, Choices c) {
        int threads = c.between("threads", 1, 3);
        int posts = c.between("posts", 1, 20);
        CountDownLatch posted = new CountDownLatch(threads);
        List<List<Integer>> seen = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < threads; i++) {
                List<Integer> numbers = new ArrayList<>();
                seen.add(numbers);
                t.thread(() -> {
                    for (int j = 0; j < posts; j++) {
                        int number = j;
                        t.loop().callSoonThreadsafe(() -> numbers.add(number));
                    }
                    posted.countDown();
                });
            }
            // while this callback waits, all of them are queued
            t.await(posted, "the posts");
        });
        for (List<Integer> numbers : seen) {
            t.check(!numbers.isEmpty(), "posts ran");
            t.equal(numbers.stream().sorted().toList(), numbers, "the order of one thread's posts");
        }
    }

    @Law(value = "THREAD-3", tries = 20)
    static void noPostIsLostOrDoubled(Trial t, Choices c) {
        t.drawClock(c);
        EventLoop loop = t.loop();
        int threads = c.between("threads", 1, 4);
        int posts = c.between("posts", 1, 200);
        int pauses = c.between("a pause after how many", 1, 20);
        AtomicInteger left = new AtomicInteger(threads);
        int[] ran = {0};
        for (int i = 0; i < threads; i++) {
            t.thread(() -> {
                for (int j = 1; j <= posts; j++) {
                    loop.callSoonThreadsafe(() -> ran[0]++);
                    if (j % pauses == 0) {
                        Thread.onSpinWait();
                    }
                }
                if (left.decrementAndGet() == 0) {
                    t.finish();
                }
            });
        }
        t.serve(() -> {});
        t.equal(threads * posts, ran[0], "posts that ran");
    }

    @Law("THREAD-4")
    static void postsOfTheLoopsOwnThreadKeepTheirPlace(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 8);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < callbacks; i++) {
                String line = "callback " + i;
                expected.add(line);
                if (c.flag("posted")) {
                    Handle handle = t.loop().callSoonThreadsafe(t.saying(line));
                    t.check(handle != null && !handle.cancelled(), "a post has a handle, which isn't cancelled");
                } else {
                    t.loop().callSoon(t.saying(line));
                }
            }
        });
        t.expect(expected);
    }

    /** Every call that is for the loop's thread only. */
    private static Map<String, ThrowingRunnable> calls(
            Trial t, Promise<@Nullable Object> promise, Task<@Nullable Object> task, TimerHandle timer) {
        EventLoop loop = t.loop();
        ThrowingRunnable callback = t.saying("called from elsewhere");
        ThrowingConsumer<Future<@Nullable Object>> done = future -> t.say("called from elsewhere");
        ExceptionHandler handler = (where, report) -> {};
        Map<String, ThrowingRunnable> calls = new LinkedHashMap<>();
        calls.put("callSoon", () -> loop.callSoon(callback));
        calls.put("callSoon in a context", () -> loop.callSoon(callback, Context.empty()));
        calls.put("callLater", () -> loop.callLater(0, callback));
        calls.put("callAt", () -> loop.callAt(0, callback));
        calls.put("createFuture", loop::createFuture);
        calls.put("createFuture for something", () -> loop.createFuture("something"));
        calls.put("removeObserver", () -> loop.removeObserver(new LoopObserver() {}));
        calls.put(
                "createTask",
                () -> loop.createTask(Body.of(() -> {
                    t.say("called from elsewhere");
                    return null;
                })));
        if (t.claims(Capability.DRIVEN)) { // else it is refused from everywhere
            calls.put("stop", loop::stop);
        }
        calls.put(
                "runInExecutor",
                () -> loop.runInExecutor(Runnable::run, () -> {
                    t.say("called from elsewhere");
                    return null;
                }));
        calls.put("setDefaultExecutor", () -> loop.setDefaultExecutor(ForkJoinPool.commonPool()));
        calls.put("shutdownDefaultExecutor", loop::shutdownDefaultExecutor);
        calls.put("setExceptionHandler", () -> loop.setExceptionHandler(handler));
        calls.put("setDebug", () -> loop.setDebug(!loop.debug()));
        calls.put(
                "addObserver",
                () -> loop.addObserver(new LoopObserver() {
                    @Override
                    public void turnBegins() {
                        t.say("called from elsewhere");
                    }
                }));
        calls.put("setResult", () -> promise.setResult("elsewhere"));
        calls.put("setException", () -> promise.setException(new Exception("elsewhere")));
        calls.put("Future.cancel", () -> promise.cancel("elsewhere"));
        calls.put(
                "Future.cancel for another",
                () -> promise.cancel("elsewhere", new CancelledError.Origin("another", null)));
        calls.put("addDoneCallback", () -> promise.addDoneCallback(done));
        calls.put("addDoneCallback in a context", () -> promise.addDoneCallback(done, Context.empty()));
        calls.put("removeDoneCallback", () -> promise.removeDoneCallback(done));
        calls.put("onCancel", () -> promise.onCancel(message -> true));
        calls.put("Task.cancel", () -> task.cancel("elsewhere"));
        calls.put("uncancel", task::uncancel);
        calls.put("setName", () -> task.setName("elsewhere"));
        calls.put("TimerHandle.cancel", timer::cancel);
        return calls;
    }

    @Law(value = "THREAD-5", tries = 2)
    static void callsFromElsewhereAreRefused(Trial t, Choices c) {
        EventLoop loop = t.loop();
        t.run(t.moment(), () -> {
            Promise<@Nullable Object> promise = loop.createFuture();
            Task<@Nullable Object> task = loop.createTask(Body.of(() -> promise), "mine");
            TimerHandle timer = loop.callLater(t.moment() / 2, t.saying("timer"));
            ExceptionHandler handler = loop.exceptionHandler();
            t.check(handler != null, "the exception handler is the one that was set, not null");
            loop.setDebug(true);
            t.check(loop.debug(), "debug mode is on once it was set");
            loop.setDebug(false);
            t.elsewhere(() -> calls(t, promise, task, timer)
                    .forEach((name, call) ->
                            t.refused(IllegalStateException.class, call, name + " from another thread")));
            t.same(handler, loop.exceptionHandler(), "the exception handler");
            t.check(!loop.debug(), "debug mode is as it was");
            new Delay(loop, 5, () -> {
                        t.check(!promise.done() && !task.done(), "calls from another thread change nothing");
                        t.equal(0, task.cancelling(), "requests to cancel");
                        t.equal("mine", task.name(), "the name of a task");
                        t.equal(List.of(task), loop.allTasks(), "the tasks");
                        t.check(promise.cancel(), "a cancel from the loop's thread");
                    })
                    .run();
        });
        t.expect("timer");
    }

    @Law("THREAD-6")
    static void anyThreadMayPrepareALoopThatIsNotRunning(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean runElsewhere = c.flag("run elsewhere");
        List<Promise<@Nullable Object>> made = new ArrayList<>();
        t.elsewhere(() -> {
            made.add(loop.createFuture());
            made.get(0).addDoneCallback(done -> t.say("done"));
            loop.callSoon(t.saying("callback"));
            loop.createTask(Body.of(() -> {
                t.say("task");
                return null;
            }));
        });
        loop.callSoon(() -> made.get(0).setResult(null));
        if (runElsewhere) {
            t.elsewhere(() -> t.run(() -> {}));
        } else {
            t.run(() -> {});
        }
        t.expect("callback", "task", "done");
    }

    @Law(value = "THREAD-7", tries = 20)
    static void lentThreadSpeaksForTheLoop(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int steps = c.between("steps", 1, 3);
        List<String> expected = new ArrayList<>();
        int[] timers = {0};
        t.run(t.moment(), () -> {
            List<Task<@Nullable Object>> self = new ArrayList<>();
            List<Body.Piece> pieces = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                String line = "step " + i;
                expected.add(line);
                pieces.add(() -> {
                    t.same(loop, EventLoop.running(), "the loop that a lent thread speaks for");
                    t.same(self.get(0), loop.currentTask(), "the current task on a lent thread");
                    loop.callSoon(t.saying(line));
                    loop.callLater(t.moment() / 2, () -> timers[0]++);
                    loop.createTask(Body.of()).cancel();
                    Promise<@Nullable Object> promise = loop.createFuture();
                    promise.addDoneCallback(done -> {});
                    promise.setResult(null);
                    return promise;
                });
            }
            self.add(loop.createTask(new Lent(Body.of(pieces))));
            self.get(0).addDoneCallback(done -> t.same(null, done.exception(), "what a body on a lent thread met"));
        });
        t.expect(expected);
        t.equal(steps, timers[0], "timers of a lent thread that ran");
    }

    @Law(value = "THREAD-12", tries = 20)
    static void stateMayBeReadFromAnyThread(Trial t, Choices c) {
        EventLoop loop = t.loop();
        Object value = Bodies.value(c);
        Throwable problem = c.flag("it fails") ? Bodies.problem(c) : null;
        t.run(() -> {
            Promise<@Nullable Object> promise = loop.createFuture();
            Task<@Nullable Object> task = loop.createTask(Body.of(() -> promise).catching(error -> null), "mine");
            new Delay(loop, 5, () -> {
                        t.elsewhere(() -> {
                            t.check(!promise.done() && !promise.cancelled(), "it is pending");
                            t.refused(InvalidStateException.class, promise::result, "its result");
                            t.refused(InvalidStateException.class, promise::exception, "its exception");
                            t.same(promise, task.waitingOn(), "what the task waits for");
                            t.equal("mine", task.name(), "its name");
                            t.equal(0, task.cancelling(), "its requests");
                            t.equal(List.of(task), loop.allTasks(), "the loop's tasks");
                            t.check(loop.isRunning() && !loop.isClosed(), "the loop is running");
                            t.check(loop.time() >= 0 || loop.time() < 0, "the loop has a time");
                            loop.hold("a reader").close();
                            t.say(loop.toString());
                            t.say(promise.toString());
                            t.say(task.toString());
                            task.stack();
                        });
                        Bodies.complete(promise, value, problem);
                        t.elsewhere(() -> {
                            t.check(promise.done() && !promise.cancelled(), "it is done");
                            t.same(problem, promise.exception(), "its exception");
                            if (problem == null) {
                                t.same(value, promise.result(), "its result");
                            }
                            t.say("looked");
                        });
                    })
                    .run();
        });
        t.check(t.trace().contains("looked"), "another thread looked");
    }

    @Law(value = "THREAD-13", tries = 20)
    static void racingThreadsCompleteAFutureOnce(Trial t, Choices c) {
        t.drawClock(c);
        EventLoop loop = t.loop();
        int threads = c.between("threads", 2, 4);
        int futures = c.between("futures", 1, 8);
        AtomicInteger left = new AtomicInteger(threads);
        List<List<String>> taken = new ArrayList<>();
        t.serve(() -> {
            List<Promise<@Nullable Object>> promises = new ArrayList<>();
            for (int i = 0; i < futures; i++) {
                promises.add(loop.createFuture());
                taken.add(Collections.synchronizedList(new ArrayList<>()));
            }
            Thread own = Thread.currentThread();
            for (int i = 0; i < threads; i++) {
                String name = "thread " + i;
                t.thread(() -> {
                    for (int j = 0; j < futures; j++) {
                        Promise<@Nullable Object> promise = promises.get(j);
                        List<String> winners = taken.get(j);
                        loop.callSoonThreadsafe(() -> {
                            t.same(own, Thread.currentThread(), "the thread that runs a post");
                            t.same(loop, EventLoop.running(), "the loop that it speaks for");
                            if (!promise.done()) {
                                promise.setResult(name);
                                winners.add(name);
                            } else {
                                t.refused(
                                        InvalidStateException.class, () -> promise.setResult(name), "a second result");
                            }
                            t.equal(winners.get(0), promise.result(), "the result");
                        });
                    }
                    if (left.decrementAndGet() == 0) {
                        t.finish();
                    }
                });
            }
        });
        for (List<String> winners : taken) {
            t.equal(1, winners.size(), "how often a future was completed");
        }
    }
}
