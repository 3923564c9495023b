package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Promise;
import heddle.api.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first laws of the chapter CANCEL: what a cancel asks for, and how it is delivered. */
final class CancelLaws {

    private CancelLaws() {}

    @Law("CANCEL-1")
    static void doneTaskCanNotBeCancelled(Trial t, Choices c) {
        int end = c.between("end", 0, 2);
        int cancels = c.between("cancels", 1, 3);
        t.run(() -> {
            Task<@Nullable Object> task = t.loop().createTask(Body.of(() -> {
                if (end == 1) {
                    throw new Exception("problem");
                } else if (end == 2) {
                    throw new CancelledError("own");
                }
                return null;
            }));
            new Delay(t.loop(), 5, () -> {
                        boolean cancelled = task.cancelled();
                        for (int i = 0; i < cancels; i++) {
                            t.check(!task.cancel("late"), "cancel of a done task returns false");
                        }
                        t.equal(0, task.cancelling(), "requests that a done task counts");
                        t.equal(cancelled, task.cancelled(), "whether it was cancelled");
                        t.say("looked");
                    })
                    .run();
        });
        t.expect("looked");
    }

    @Law("CANCEL-2")
    static void liveTaskIsAskedAndTheRequestCounted(Trial t, Choices c) {
        int state = c.between("state", 0, 2);
        int cancels = c.between("cancels", 1, 3);
        EventLoop loop = t.loop();
        t.run(() -> {
            List<Task<@Nullable Object>> self = new ArrayList<>();
            Runnable ask = () -> {
                for (int i = 1; i <= cancels; i++) {
                    t.check(self.get(0).cancel("enough"), "cancel of a live task returns true");
                    t.equal(i, self.get(0).cancelling(), "requests that it counts");
                    t.check(
                            !self.get(0).cancelled() && !self.get(0).done(),
                            "a task that was asked isn't cancelled yet");
                }
                t.say("asked");
            };
            self.add(loop.createTask(Body.of(() -> {
                return state == 1 ? loop.createFuture() : state == 2 ? Bodies.YIELD : null;
            })));
            if (state == 0) {
                ask.run();
            } else {
                // behind the first step, and before the next
                loop.callSoon(ask::run);
            }
        });
        t.expect("asked");
    }

    @Law("CANCEL-3")
    static void taskThatNeverBeganNeverBegins(Trial t, Choices c) {
        int tasks = c.between("tasks", 1, 3);
        List<Task<@Nullable Object>> made = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < tasks; i++) {
                made.add(t.loop().createTask(Body.of(() -> {
                    t.say("body");
                    return null;
                })));
            }
            made.forEach(Task::cancel);
        });
        made.forEach(task -> t.check(task.done() && task.cancelled(), "a task that never began is cancelled"));
        t.expect();
    }

    @Law("CANCEL-4")
    static void awaitedFutureIsCancelledAtOnce(Trial t, Choices c) {
        boolean caught = c.flag("caught");
        int callbacks = c.between("callbacks", 0, 2);
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            Future<@Nullable Object> awaited = OtherMake.drawn(c, promise);
            Task<@Nullable Object> task = t.loop()
                    .createTask(Body.of(() -> awaited).catching(error -> {
                        t.check(error instanceof CancelledError, "what is raised is a CancelledError, not " + error);
                        t.say("raised");
                        if (caught) {
                            return null;
                        }
                        throw error;
                    }));
            task.addDoneCallback(done -> t.say(caught == done.cancelled() ? "wrong end" : "end"));
            for (int i = 0; i < callbacks; i++) {
                promise.addDoneCallback(done -> t.check(done.cancelled(), "the future is cancelled"));
            }
            new Delay(t.loop(), 5, () -> {
                        task.cancel("enough");
                        t.check(promise.cancelled(), "what it waits for is cancelled when cancel returns");
                        t.refused(InvalidStateException.class, () -> promise.setResult(null), "a later result");
                    })
                    .run();
        });
        t.expect("raised", "end");
    }

    @Law("CANCEL-5")
    static void awaitedTaskIsAskedFirst(Trial t, Choices c) {
        int depth = c.between("depth", 2, 5);
        t.run(() -> {
            List<Task<@Nullable Object>> tasks = chain(t, depth);
            new Delay(t.loop(), depth + 4, () -> {
                        tasks.get(depth - 1).cancel("enough");
                        for (Task<@Nullable Object> task : tasks) {
                            t.equal(1, task.cancelling(), "requests that each task counts when cancel returns");
                            t.check(!task.cancelled(), "no task is cancelled when cancel returns");
                        }
                    })
                    .run();
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            expected.add("task " + i + " raised");
        }
        t.expect(expected);
    }

    /** Tasks each awaiting the one before, the first awaiting a future that nobody completes. */
    private static List<Task<@Nullable Object>> chain(Trial t, int depth) {
        List<Task<@Nullable Object>> tasks = new ArrayList<>();
        Promise<@Nullable Object> promise = t.loop().createFuture();
        for (int i = 0; i < depth; i++) {
            int number = i;
            tasks.add(t.loop()
                    .createTask(Body.of(() -> number == 0 ? promise : tasks.get(number - 1))
                            .catching(error -> {
                                t.check(error instanceof CancelledError, "a CancelledError is raised, not " + error);
                                t.say("task " + number + " raised");
                                throw error;
                            })));
        }
        return tasks;
    }

    @Law("CANCEL-6")
    static void othersWhoAwaitTheSameMeetItToo(Trial t, Choices c) {
        int waiters = c.between("waiters", 2, 5);
        int cancelled = c.between("which one is cancelled", 0, waiters - 1);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            List<Task<@Nullable Object>> tasks = new ArrayList<>();
            for (int i = 0; i < waiters; i++) {
                int number = i;
                expected.add("waiter " + i + " of " + (i == cancelled ? 1 : 0) + " requests");
                tasks.add(t.loop().createTask(Body.of(() -> promise).catching(error -> {
                    t.say("waiter " + number + " of " + tasks.get(number).cancelling() + " requests");
                    throw error;
                })));
            }
            new Delay(t.loop(), 5, () -> tasks.get(cancelled).cancel("enough")).run();
        });
        t.expect(expected);
    }

    @Law("CANCEL-7")
    static void cancelBeatsAnOutcomeOnItsWay(Trial t, Choices c) {
        Throwable problem = c.flag("it fails") ? Bodies.problem(c) : null;
        boolean caught = c.flag("caught");
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            Task<@Nullable Object> task = t.loop()
                    .createTask(Body.of(() -> promise, () -> {
                                t.say("goes on");
                                return null;
                            })
                            .catching(error -> {
                                t.say("raised " + Trial.words(error));
                                if (caught) {
                                    return null;
                                }
                                throw error;
                            }));
            new Delay(t.loop(), 5, () -> {
                        Bodies.complete(promise, "value", problem);
                        t.check(task.cancel("first"), "cancel of a task that is ready returns true");
                    })
                    .run();
        });
        t.expect(caught ? List.of("raised cancelled: first", "goes on") : List.of("raised cancelled: first"));
    }

    @Law("CANCEL-8")
    static void requestsBeforeTheDeliveryAreOne(Trial t, Choices c) {
        int cancels = c.between("cancels", 2, 4);
        boolean waits = c.flag("it waits for a future");
        boolean fresh = !waits && c.flag("it never began");
        boolean caught = !fresh && c.flag("caught");
        List<Task<@Nullable Object>> made = new ArrayList<>();
        t.run(() -> {
            Task<@Nullable Object> task = t.loop()
                    .createTask(Body.of(
                                    () -> waits ? t.loop().createFuture() : Bodies.YIELD,
                                    () -> Bodies.YIELD,
                                    () -> null)
                            .returning("value")
                            .catching(error -> {
                                t.say("raised " + Trial.words(error));
                                if (caught) {
                                    return null;
                                }
                                throw error;
                            }));
            made.add(task);
            Runnable ask = () -> {
                for (int i = 1; i <= cancels; i++) {
                    t.check(task.cancel("request " + i), "each request is taken");
                }
            };
            if (fresh) {
                ask.run();
            } else {
                t.loop().callSoon(ask::run);
            }
        });
        String message = "cancelled: request " + (waits ? 1 : cancels);
        t.expect(fresh ? List.of() : List.of("raised " + message));
        t.equal(caught ? "value" : message, Trial.outcome(made.get(0)::result), "the outcome");
    }

    @Law("CANCEL-9")
    static void swallowedCancelIsNotRaisedAgain(Trial t, Choices c) {
        int pauses = c.between("pauses after", 0, 4);
        List<Task<@Nullable Object>> made = new ArrayList<>();
        t.run(() -> {
            List<Body.Piece> pieces = new ArrayList<>();
            pieces.add(() -> t.loop().createFuture());
            for (int i = 0; i < pauses; i++) {
                pieces.add(() -> {
                    Promise<@Nullable Object> gate = t.loop().createFuture();
                    t.loop().callSoon(() -> gate.setResult(null));
                    return c.flag("a future") ? gate : Bodies.YIELD;
                });
            }
            made.add(t.loop().createTask(Body.of(pieces).returning("value").catching(error -> {
                t.say("raised");
                return null;
            })));
            new Delay(t.loop(), 5, () -> made.get(0).cancel()).run();
        });
        t.expect("raised");
        Task<@Nullable Object> task = made.get(0);
        t.equal("value", Trial.outcome(task::result), "the outcome of a task that went on");
        t.check(!task.cancelled(), "it isn't cancelled");
        t.equal(1, task.cancelling(), "the requests that it still counts");
    }

    @Law("CANCEL-10")
    static void cancelDuringCleanUpIsDeliveredToo(Trial t, Choices c) {
        int cancels = c.between("cancels", 2, 4);
        boolean yields = c.flag("it yields");
        t.run(() -> {
            int[] raised = {0};
            List<Task<@Nullable Object>> self = new ArrayList<>();
            self.add(t.loop().createTask(Body.of(() -> t.loop().createFuture()).catching(error -> {
                t.say("raised " + Trial.words(error));
                if (++raised[0] == cancels) {
                    throw error;
                }
                t.loop().callSoon(() -> self.get(0).cancel("request " + raised[0]));
                return yields ? Bodies.YIELD : t.loop().createFuture();
            })));
            new Delay(t.loop(), 5, () -> self.get(0).cancel("request 0")).run();
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < cancels; i++) {
            expected.add("raised cancelled: request " + i);
        }
        t.expect(expected);
    }

    @Law(value = "CANCEL-25", factor = 5)
    static void cancelMessageCanBeLookedAt(Trial t, Choices c) {
        EventLoop loop = t.loop();
        String message = c.flag("with a message") ? "enough" : null;
        int way = c.between("way", 0, 4);
        t.run(() -> {
            Promise<@Nullable Object> promise = loop.createFuture();
            Future<@Nullable Object> awaited = OtherMake.drawn(c, promise);
            List<Task<@Nullable Object>> self = new ArrayList<>();
            Task<@Nullable Object> task = loop.createTask(Body.of(
                            () -> way == 1 ? awaited : Bodies.YIELD, () -> way == 2 ? Bodies.YIELD : null, () -> {
                                if (way == 4) {
                                    self.get(0).cancel(message);
                                }
                                return null;
                            })
                    .catching(error -> {
                        t.say("met " + Trial.words(error));
                        if (way == 2) {
                            return null;
                        }
                        throw error;
                    }));
            self.add(task);
            looks(t, null, promise, "a pending future");
            looks(t, null, task, "a pending task");
            switch (way) {
                case 0 -> promise.cancel(message);
                case 4 -> {}
                default ->
                    loop.callSoon(() -> {
                        task.cancel(message);
                        looks(t, way == 1 ? null : message, task, "a task that was just cancelled");
                    });
            }
            task.addDoneCallback(done -> {
                // 1 and 3 let the error out, 2 swallowed it, 4 ended with the request on its way
                looks(t, way == 2 || way == 4 ? message : null, task, "a task that ended");
                looks(t, way <= 1 ? message : null, promise, "the future");
                t.say(Trial.outcome(done::result));
            });
        });
        String words = message == null ? "cancelled" : "cancelled: enough";
        t.expect(
                switch (way) {
                    case 0 -> List.of("null");
                    case 2 -> List.of("met " + words, "null");
                    case 4 -> List.of(words);
                    default -> List.of("met " + words, words);
                });
    }

    /** Looks twice: the first look takes nothing. */
    private static void looks(Trial t, @Nullable String message, Future<?> future, String whose) {
        t.equal(message, future.cancelMessage(), "cancelMessage of " + whose);
        t.equal(message, future.cancelMessage(), "cancelMessage of " + whose + ", again");
    }
}
