package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.ErrorReport.Kind;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingRunnable;
import heddle.api.TimerHandle;
import heddle.api.spi.Display;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter ERR about closing a loop, and about hostile and missing arguments. */
final class CloseLaws {

    private CloseLaws() {}

    @Law("ERR-9")
    static void runningLoopCanNotBeClosed(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean inTask = c.flag("in a task");
        t.run(() -> {
            Body.Piece close = () -> {
                t.refused(IllegalStateException.class, loop::close, "close of a running loop");
                t.check(!loop.isClosed(), "it isn't closed");
                loop.callSoon(t.saying("it goes on"));
                return null;
            };
            if (inTask) {
                loop.createTask(Body.of(close));
            } else {
                Bodies.run(close);
            }
        });
        t.expect("it goes on");
    }

    @Law("ERR-10")
    static void closedLoopRefusesWork(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int closes = c.between("closes", 1, 3);
        t.check(!loop.isClosed(), "a new loop isn't closed");
        t.run(() -> {});
        Promise<@Nullable Object> promise = loop.createFuture();
        for (int i = 0; i < closes; i++) {
            loop.close();
            t.check(loop.isClosed(), "it says that it is closed");
        }
        Awaitable<@Nullable Object> untouched = new Awaitable<@Nullable Object>() {
            @Override
            public Coroutine<@Nullable Object> coroutine() {
                t.say("a coroutine was begun");
                return Body.of().coroutine();
            }
        };
        Map<String, ThrowingRunnable> calls = new LinkedHashMap<>();
        calls.put("callSoon", () -> loop.callSoon(t.saying("ran")));
        calls.put("callSoonThreadsafe", () -> loop.callSoonThreadsafe(t.saying("ran")));
        calls.put("callLater", () -> loop.callLater(1, t.saying("ran")));
        calls.put("callAt", () -> loop.callAt(1, t.saying("ran")));
        calls.put("createTask", () -> loop.createTask(untouched));
        calls.put("runUntilComplete", () -> loop.runUntilComplete(untouched));
        calls.put("runUntilComplete of a future", () -> loop.runUntilComplete(promise));
        calls.put("runForever", loop::runForever);
        calls.put(
                "runInExecutor",
                () -> loop.runInExecutor(Runnable::run, () -> {
                    t.say("ran");
                    return null;
                }));
        calls.put("shutdownDefaultExecutor", loop::shutdownDefaultExecutor);
        calls.forEach((name, call) -> t.refused(IllegalStateException.class, call, name + " of a closed loop"));
        t.check(!loop.isRunning(), "it isn't running");
        t.equal(List.of(), loop.allTasks(), "its tasks");
        t.expect();
    }

    @Law("ERR-11")
    static void closeDropsWhatIsScheduled(Trial t, Choices c) {
        EventLoop loop = t.loop();
        t.run(() -> {});
        for (int i = c.between("callbacks", 1, 3); i > 0; i--) {
            loop.callSoon(t.saying("callback"));
        }
        for (int i = c.between("timers", 0, 3); i > 0; i--) {
            loop.callAt(loop.time(), t.saying("timer"));
        }
        if (c.flag("a post")) {
            t.elsewhere(() -> loop.callSoonThreadsafe(t.saying("post")));
        }
        Promise<@Nullable Object> promise = loop.createFuture();
        promise.addDoneCallback(done -> t.say("done"));
        promise.setResult(null);
        loop.close();
        t.expect();
    }

    @Law("ERR-12")
    static void pendingTasksAreReportedAndCleanedUp(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int tasks = c.between("tasks", 1, 4);
        List<Task<@Nullable Object>> made = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<Integer> begun = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < tasks; i++) {
                if (c.flag("begun")) {
                    begun.add(i);
                    made.add(loop.createTask(pending(t, i)));
                }
            }
        });
        for (int i = 0; i < tasks; i++) {
            if (!begun.contains(i)) {
                made.add(loop.createTask(pending(t, i)));
            }
        }
        loop.setExceptionHandler((where, report) -> {
            t.equal(Kind.PENDING, report.kind(), "the kind of a report");
            t.say("reported " + made.indexOf(report.future()));
        });
        loop.close();
        for (int i = 0; i < tasks; i++) {
            expected.add("reported " + i);
            if (i < begun.size()) {
                expected.add("cleaned up " + begun.get(i));
            }
        }
        List<String> came = new ArrayList<>(t.trace());
        came.sort(null);
        expected.sort(null);
        t.equal(expected, came, "reports and clean-ups");
        t.check(made.stream().noneMatch(task -> task.done()), "tasks that were left pending stay pending");
    }

    private static Body pending(Trial t, int number) {
        return Body.of(() -> t.loop().createFuture()).cleaningUp(() -> t.say("cleaned up " + number));
    }

    @Law("ERR-13")
    static void pendingFuturesStayPending(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int futures = c.between("futures", 1, 3);
        List<Promise<@Nullable Object>> promises = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < futures; i++) {
                promises.add(loop.createFuture());
                promises.get(i).addDoneCallback(done -> t.say("done"));
                Promise<@Nullable Object> promise = promises.get(i);
                loop.createTask(Body.of(() -> promise));
            }
        });
        loop.close();
        for (Promise<@Nullable Object> promise : promises) {
            t.check(!promise.done() && !promise.cancelled(), "a pending future of a closed loop stays pending");
        }
        t.expect();
    }

    /** What a hostile program may put into a name or a value. */
    private static Object hostile(Choices c) {
        return switch (c.between("text", 0, 4)) {
            case 0 -> "two\nlines\r\tand \u001b[31mred";
            case 1 -> "x".repeat(500);
            case 2 -> "";
            case 3 ->
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("toString");
                    }
                };
            default ->
                new Object() {
                    @Override
                    @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // what an engine must cope with
                    public String toString() {
                        return null;
                    }
                };
        };
    }

    @Law("ERR-16")
    static void everythingPrintsInOneLine(Trial t, Choices c) {
        EventLoop loop = t.loop();
        Object text = hostile(c);
        String name = text instanceof String string ? string : "name";
        Awaitable<@Nullable Object> body = new Awaitable<@Nullable Object>() {
            @Override
            public Coroutine<@Nullable Object> coroutine() {
                return Body.of(() -> loop.createFuture(text)).coroutine();
            }

            @Override
            public String toString() {
                return text.toString();
            }
        };
        t.run(() -> {
            List<Object> all = new ArrayList<>(List.of(loop, loop.createFuture(), loop.createFuture(text)));
            Promise<@Nullable Object> value = loop.createFuture();
            value.setResult(text);
            Promise<@Nullable Object> failed = loop.createFuture();
            failed.setException(new Exception(name) {
                @Override
                public @Nullable String getMessage() {
                    return text.toString();
                }
            });
            Promise<@Nullable Object> cancelled = loop.createFuture();
            cancelled.cancel(name);
            TimerHandle timer = loop.callLater(1, () -> {});
            Task<@Nullable Object> task = loop.createTask(body, name);
            Task<@Nullable Object> ended = loop.createTask(Body.of().returning(text), name);
            all.addAll(List.of(value, failed, cancelled, timer, task, ended, loop.hold(name)));
            new Delay(loop, 5, () -> all.forEach(each -> printsWell(t, each))).run();
            all.forEach(each -> printsWell(t, each));
            t.say("looked");
        });
        t.expect("looked");
    }

    private static void printsWell(Trial t, Object each) {
        String[] line = new String[1];
        Throwable thrown = Trial.thrownBy(() -> line[0] = each.toString());
        String type = each.getClass().getSimpleName();
        t.same(null, thrown, "what toString of " + type + " throws");
        t.check(line[0] != null && !line[0].isBlank(), "toString of " + type + " says something");
        t.check(
                line[0].chars().noneMatch(Character::isISOControl),
                "toString of " + type + " has control characters: " + Display.escape(line[0], 100));
        t.check(
                line[0].length() <= 100,
                "toString of " + type + " has " + line[0].length() + " characters: " + line[0]);
    }

    @Law(value = "ERR-17", tries = 2)
    static void missingArgumentsAreRefused(Trial t, Choices c) {
        EventLoop loop = t.loop();
        t.run(t.moment(), () -> {
            Promise<@Nullable Object> promise = loop.createFuture();
            Task<@Nullable Object> task = loop.createTask(Body.of(() -> promise), "mine");
            Nulls.calls(t.engine(), loop, promise, task).forEach((name, call) -> {
                NullPointerException refusal = t.refused(NullPointerException.class, call, name + " with null");
                String parameter = name.substring(name.indexOf(' ') + 1);
                t.check(
                        String.valueOf(refusal.getMessage()).contains(parameter),
                        "the refusal of " + name + " names the parameter: " + refusal.getMessage());
            });
            t.equal(List.of(task), loop.allTasks(), "the tasks");
            new Delay(loop, 5, () -> {
                        t.check(!promise.done() && !task.done(), "calls with null change nothing");
                        t.equal("mine", task.name(), "the name of a task");
                        promise.setResult(null);
                    })
                    .run();
            task.addDoneCallback(done -> t.say("done"));
        });
        t.expect("done");
        t.equal(List.of(), t.reports(), "reports");
    }
}
