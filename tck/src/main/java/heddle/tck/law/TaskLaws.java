package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first laws of the chapter TASK: steps, waits, outcomes, and what they cost. */
final class TaskLaws {

    private TaskLaws() {}

    @Law("TASK-1")
    static void creatingATaskRunsNothingOfIt(Trial t, Choices c) {
        int tasks = c.between("tasks", 1, 4);
        boolean inTask = c.flag("in a task");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            expected.add("created");
        }
        for (int i = 0; i < tasks; i++) {
            expected.add("body " + i);
        }
        t.run(() -> {
            Body.Piece create = () -> {
                for (int i = 0; i < tasks; i++) {
                    String line = "body " + i;
                    t.loop().createTask(Body.of(() -> {
                        t.say(line);
                        return null;
                    }));
                    t.say("created");
                }
                return null;
            };
            if (inTask) {
                t.loop().createTask(Body.of(create));
            } else {
                Bodies.run(create);
            }
        });
        t.expect(expected);
    }

    @Law("TASK-2")
    static void firstStepsQueueWithCallbacks(Trial t, Choices c) {
        int parties = c.between("parties", 1, 8);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < parties; i++) {
                String line = (c.flag("a task") ? "task " : "callback ") + i;
                expected.add(line);
                if (line.startsWith("task")) {
                    t.loop().createTask(Body.of(() -> {
                        t.say(line);
                        return null;
                    }));
                } else {
                    t.loop().callSoon(t.saying(line));
                }
            }
        });
        t.expect(expected);
    }

    @Law("TASK-3")
    static void resultIsThereWhenTheBodyEnds(Trial t, Choices c) {
        Object value = Bodies.value(c);
        boolean pauses = c.flag("it pauses");
        List<Task<@Nullable Object>> made = new ArrayList<>();
        t.run(() -> {
            Task<@Nullable Object> task = t.loop()
                    .createTask(Body.of(() -> pauses ? Bodies.YIELD : null, () -> {
                                t.say("body");
                                t.loop().callSoon(() -> {
                                    t.say("done: " + made.get(0).done());
                                    t.same(value, made.get(0).result(), "the result of a task");
                                    t.same(null, made.get(0).exception(), "the exception of a task that returned");
                                });
                                return null;
                            })
                            .returning(value));
            made.add(task);
            task.addDoneCallback(done -> t.say("callback"));
            t.check(!task.done(), "a new task is pending");
        });
        t.expect("body", "done: true", "callback");
    }

    @Law("TASK-4")
    static void anyThrowableIsTheTasksOutcome(Trial t, Choices c) {
        Throwable problem = Bodies.problem(c);
        int depth = c.between("depth", 1, 4);
        boolean pauses = c.flag("it pauses");
        boolean late = c.flag("when its result is read");
        t.run(() -> {
            List<Task<@Nullable Object>> tasks = new ArrayList<>();
            Body body = Body.of(() -> pauses ? Bodies.YIELD : null, () -> {
                if (late) {
                    return null;
                }
                throw problem;
            });
            tasks.add(t.loop().createTask(late ? body.resultThrowing(problem) : body));
            for (int i = 1; i < depth; i++) {
                Task<@Nullable Object> awaited = tasks.get(i - 1);
                tasks.add(t.loop().createTask(Body.of(() -> awaited)));
            }
            tasks.get(depth - 1).addDoneCallback(done -> {
                for (Task<@Nullable Object> task : tasks) {
                    t.check(task.done() && !task.cancelled(), "a task whose body threw is done, not cancelled");
                    t.same(problem, task.exception(), "the exception of a task whose body threw");
                }
                t.say("looked");
            });
        });
        t.expect("looked");
    }

    @Law("TASK-5")
    static void yieldingTasksTakeTurns(Trial t, Choices c) {
        int tasks = c.between("tasks", 1, 5);
        int callbacks = c.between("callbacks", 0, 3);
        List<Integer> yields = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < tasks; i++) {
                int number = i;
                yields.add(c.between("yields", 0, 4));
                List<Body.Piece> pieces = new ArrayList<>();
                for (int j = 0; j <= yields.get(i); j++) {
                    String line = "task " + number + " round " + j;
                    pieces.add(() -> {
                        t.say(line);
                        return Bodies.YIELD;
                    });
                }
                t.loop().createTask(Body.of(pieces));
            }
            for (int i = 0; i < callbacks; i++) {
                t.loop().callSoon(t.saying("callback " + i));
            }
        });
        for (int round = 0; round <= 4; round++) {
            for (int i = 0; i < tasks; i++) {
                if (round <= yields.get(i)) {
                    expected.add("task " + i + " round " + round);
                }
            }
            for (int i = 0; round == 0 && i < callbacks; i++) {
                expected.add("callback " + i);
            }
        }
        t.expect(expected);
    }

    @Law("TASK-6")
    static void awaitedOutcomeIsHandedOver(Trial t, Choices c) {
        Throwable problem = c.flag("it fails") ? Bodies.problem(c) : null;
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            Future<@Nullable Object> awaited = OtherMake.drawn(c, promise);
            t.loop()
                    .createTask(Body.of(
                                    () -> {
                                        t.say("waits");
                                        return awaited;
                                    },
                                    () -> {
                                        t.check(promise.done(), "it is stepped only when the awaited is done");
                                        t.say("goes on");
                                        return null;
                                    })
                            .catching(error -> {
                                t.same(problem, error, "what is raised where it waits");
                                t.say("raised");
                                return null;
                            }));
            new Delay(t.loop(), c.between("delay", 5, 9), () -> {
                        t.say("completes");
                        Bodies.complete(promise, "value", problem);
                    })
                    .run();
        });
        List<String> expected = new ArrayList<>(List.of("waits", "completes"));
        if (problem != null) {
            expected.add("raised");
        }
        expected.add("goes on");
        t.expect(expected);
    }

    @Law("TASK-7")
    static void yieldCostsOneTurn(Trial t, Choices c) {
        int yields = c.between("yields", 0, 5);
        int depth = c.between("nested", 0, 3);
        List<String> expected = new ArrayList<>();
        List<Body.Piece> pieces = new ArrayList<>();
        for (int i = 0; i <= yields; i++) {
            expected.add("turn " + (2 + i));
            boolean last = i == yields;
            pieces.add(() -> {
                t.say("turn " + t.turn());
                return last ? null : Bodies.YIELD;
            });
        }
        Awaitable<@Nullable Object> body = Body.of(pieces);
        for (int i = 0; i < depth; i++) {
            body = new Nested(body);
        }
        Awaitable<@Nullable Object> outermost = body;
        t.run(() -> t.loop().createTask(outermost));
        t.expect(expected);
    }

    /** Code that awaits other code directly: it hands every step on. */
    private record Nested(Awaitable<@Nullable Object> inner) implements Awaitable<@Nullable Object> {
        @Override
        public Coroutine<@Nullable Object> coroutine() {
            Coroutine<@Nullable Object> run = inner.coroutine();
            return new Coroutine<@Nullable Object>() {
                @Override
                public Suspension step() throws Throwable {
                    return run.step();
                }

                @Override
                public Suspension raise(Throwable error) throws Throwable {
                    return run.raise(error);
                }

                @Override
                public @Nullable Object result() throws Exception {
                    return run.result();
                }

                @Override
                public void close() {
                    run.close();
                }
            };
        }
    }

    @Law("TASK-8")
    static void wakingUpCostsOneTurn(Trial t, Choices c) {
        int parties = c.between("parties", 1, 4);
        int turns = c.between("turns", 3, 9);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            for (int i = 0; i < parties; i++) {
                expected.add("turn " + (turns + 2));
                if (c.flag("a callback")) {
                    promise.addDoneCallback(done -> t.say("turn " + t.turn()));
                } else {
                    t.loop().createTask(Body.of(() -> promise, () -> {
                        t.say("turn " + t.turn());
                        return null;
                    }));
                }
            }
            new Delay(t.loop(), turns, () -> promise.setResult(null)).run();
        });
        t.expect(expected.stream().sorted().toList());
    }

    @Law("TASK-9")
    static void endOfATaskIsHeardOneTurnLater(Trial t, Choices c) {
        int depth = c.between("depth", 1, 6);
        if (c.flag("each makes the next")) {
            t.run(() -> t.loop().createTask(maker(t, depth, true)));
            t.expect("task 0 in turn " + (2 * depth + 2));
            return;
        }
        t.run(() -> {
            List<Task<@Nullable Object>> tasks = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                Task<@Nullable Object> awaited = i == 0 ? null : tasks.get(i - 1);
                String line = "task " + i + " in turn ";
                tasks.add(t.loop().createTask(Body.of(() -> awaited == null ? Bodies.YIELD : awaited, () -> {
                    t.say(line + t.turn());
                    return null;
                })));
            }
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            expected.add("task " + i + " in turn " + (3 + i));
        }
        t.expect(expected);
    }

    /** A body that makes a task of the next and awaits it; the last one just ends. */
    private static Body maker(Trial t, int depth, boolean first) {
        return Body.of(() -> depth == 0 ? null : t.loop().createTask(maker(t, depth - 1, false)), () -> {
            if (first) {
                t.say("task 0 in turn " + t.turn());
            }
            return null;
        });
    }

    @Law(value = "TASK-10", tries = 4)
    static void taskCanNotAwaitItself(Trial t, Choices c) {
        misuse(t, c, "itself", (task, foreign) -> task);
    }

    @Law(value = "TASK-11", tries = 4)
    static void futureOfAnotherLoopIsRefused(Trial t, Choices c) {
        misuse(t, c, "another loop's future", (task, foreign) -> foreign);
    }

    @Law(value = "TASK-12", tries = 4)
    static void stepThatEndsInNothingIsRefused(Trial t, Choices c) {
        misuse(t, c, "null", (task, foreign) -> null);
    }

    private interface Wrong {
        @Nullable
        Suspension of(Task<?> task, Promise<?> foreign);
    }

    private static void misuse(Trial t, Choices c, String what, Wrong wrong) {
        boolean caught = c.flag("caught");
        boolean pausesFirst = c.flag("it pauses first");
        Promise<@Nullable Object> foreign = t.foreignFuture();
        List<Task<@Nullable Object>> made = new ArrayList<>();
        t.run(() -> {
            Task<@Nullable Object> task = t.loop()
                    .createTask(new Raw(pausesFirst, () -> wrong.of(made.get(0), foreign), error -> {
                        t.check(
                                error instanceof Exception && !(error instanceof LawFailure),
                                "awaiting " + what + " raises an exception, but came " + error);
                        t.say("raised");
                        if (caught) {
                            return;
                        }
                        throw new IllegalCallerException("not caught");
                    }));
            made.add(task);
            task.addDoneCallback(done -> t.say(caught ? "goes on" : "fails"));
        });
        t.expect("raised", caught ? "goes on" : "fails");
        Task<@Nullable Object> task = made.get(0);
        t.equal(
                caught ? "raised" : "IllegalCallerException: not caught",
                Trial.outcome(task::result),
                "the outcome of the task");
        t.check(!foreign.done(), "the other loop's future is left alone");
    }

    /** A coroutine that ends a step in whatever it likes. */
    private record Raw(boolean pausesFirst, Body.Piece wrong, ThrowingConsumer<Throwable> raised)
            implements Awaitable<@Nullable Object> {
        @Override
        public Coroutine<@Nullable Object> coroutine() {
            return new Coroutine<@Nullable Object>() {
                private boolean paused = !pausesFirst;

                @Override
                @SuppressWarnings("NullAway") // what an engine must cope with
                public Suspension step() throws Throwable {
                    if (!paused) {
                        paused = true;
                        return Pause.YIELD;
                    }
                    return wrong.run();
                }

                @Override
                public Suspension raise(Throwable error) throws Throwable {
                    raised.accept(error);
                    return Pause.FINISHED;
                }

                @Override
                public String result() {
                    return "raised";
                }

                @Override
                public void close() {
                    // nothing to clean up
                }
            };
        }
    }

    @Law("TASK-18")
    static void messageOfACancelledTaskIsTakenOnce(Trial t, Choices c) {
        int looks = c.between("looks", 1, 3);
        t.run(() -> {
            Task<@Nullable Object> inner =
                    t.loop().createTask(Body.of(() -> t.loop().createFuture()));
            for (int i = 0; i < looks; i++) {
                t.loop().createTask(Body.of(() -> inner).catching(error -> {
                    t.say(String.valueOf(((CancelledError) error).getMessage()));
                    return null;
                }));
            }
            new Delay(t.loop(), 3, () -> inner.cancel("once")).run();
        });
        List<String> expected = new ArrayList<>(List.of("once"));
        for (int i = 1; i < looks; i++) {
            expected.add("null");
        }
        t.expect(expected);
    }
}
