package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other laws of the chapter CANCEL: tasks that cancel themselves, how cancelled tasks end, and taking a request back. */
final class CancelEndLaws {

    private CancelEndLaws() {}

    /** A task, and itself for its own code. */
    private static final class Self {
        private @Nullable Task<@Nullable Object> task;

        Task<@Nullable Object> task() {
            Task<@Nullable Object> made = task;
            if (made == null) {
                throw new LawFailure("a body ran before createTask returned");
            }
            return made;
        }
    }

    private static Self start(Trial t, Body body, Self self) {
        self.task = t.loop().createTask(body);
        return self;
    }

    @Law("CANCEL-11")
    static void selfCancelLetsTheCodeGoOn(Trial t, Choices c) {
        int cancels = c.between("cancels", 1, 3);
        int pieces = c.between("pieces", 0, 3);
        Self self = new Self();
        List<Body.Piece> code = new ArrayList<>();
        List<String> expected = new ArrayList<>(List.of("asked"));
        code.add(() -> {
            for (int i = 0; i < cancels; i++) {
                t.check(self.task().cancel("me"), "a task may cancel itself");
                t.equal(i + 1, self.task().cancelling(), "requests that it counts");
            }
            t.say("asked");
            return null;
        });
        for (int i = 0; i < pieces; i++) {
            expected.add("goes on");
            code.add(() -> {
                t.say("goes on");
                return null;
            });
        }
        t.run(() -> start(t, Body.of(code), self));
        t.expect(expected);
        t.check(self.task().done(), "the task is done");
    }

    @Law("CANCEL-12")
    static void selfCancelMeetsTheNextAwaitedFuture(Trial t, Choices c) {
        boolean caught = c.flag("caught");
        Self self = new Self();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            Body body = Body.of(() -> {
                        self.task().cancel("me");
                        t.check(!promise.done(), "the future isn't cancelled before it is awaited");
                        t.loop().callSoon(() -> {
                            t.check(promise.cancelled(), "the future is cancelled when the step is over");
                            t.say("looked");
                        });
                        return promise;
                    })
                    .returning("value")
                    .catching(error -> {
                        t.say("raised " + Trial.words(error));
                        if (caught) {
                            return null;
                        }
                        throw error;
                    });
            start(t, body, self);
        });
        t.expect("looked", "raised cancelled: me");
        t.equal(!caught, self.task().cancelled(), "whether the task is cancelled");
    }

    @Law("CANCEL-13")
    static void selfCancelMeetsTheNextYield(Trial t, Choices c) {
        boolean caught = c.flag("caught");
        Self self = new Self();
        Body body = Body.of(() -> {
                    self.task().cancel("me");
                    return Bodies.YIELD;
                })
                .returning("value")
                .catching(error -> {
                    t.say("raised " + Trial.words(error));
                    if (caught) {
                        return null;
                    }
                    throw error;
                });
        t.run(() -> start(t, body, self));
        t.expect("raised cancelled: me");
        t.equal(!caught, self.task().cancelled(), "whether the task is cancelled");
    }

    @Law("CANCEL-14")
    static void selfCancelThenReturnIsCancelled(Trial t, Choices c) {
        String message = c.flag("with a message") ? "me" : null;
        boolean pausesFirst = c.flag("it pauses first");
        Self self = new Self();
        Body body = Body.of(() -> pausesFirst ? Bodies.YIELD : null, () -> {
                    self.task().cancel(message);
                    return null;
                })
                .returning("value");
        t.run(() -> start(t, body, self));
        t.check(self.task().cancelled(), "the task is cancelled, and its value dropped");
        CancelledError error = t.refused(CancelledError.class, self.task()::result, "its result");
        t.equal(message, error.getMessage(), "the message");
    }

    @Law("CANCEL-15")
    static void selfCancelThenThrowFails(Trial t, Choices c) {
        Throwable problem = Bodies.problem(c);
        Self self = new Self();
        Body body = Body.of(() -> {
            self.task().cancel("me");
            throw problem;
        });
        t.run(() -> start(t, body, self));
        t.check(!self.task().cancelled(), "the task isn't cancelled");
        t.same(problem, self.task().exception(), "its exception");
    }

    @Law("CANCEL-16")
    static void cancellationOfOnesOwnIsACancellation(Trial t, Choices c) {
        CancelledError error = new CancelledError(c.flag("with a message") ? "own" : null);
        boolean pausesFirst = c.flag("it pauses first");
        Self self = new Self();
        Body body = Body.of(() -> pausesFirst ? Bodies.YIELD : null, () -> {
            throw error;
        });
        t.run(() -> start(t, body, self));
        t.check(self.task().done() && self.task().cancelled(), "the task is cancelled");
        t.equal(0, self.task().cancelling(), "requests that it counts");
        t.same(error, Trial.thrownBy(self.task()::result), "what its result throws first");
    }

    @Law("CANCEL-17")
    static void whoAwaitsACancelledTaskMeetsIt(Trial t, Choices c) {
        int depth = c.between("depth", 1, 4);
        t.run(() -> {
            List<Task<@Nullable Object>> tasks = new ArrayList<>();
            tasks.add(t.loop().createTask(Body.of(() -> t.loop().createFuture())));
            for (int i = 1; i <= depth; i++) {
                int number = i;
                tasks.add(t.loop()
                        .createTask(Body.of(() -> tasks.get(number - 1)).catching(error -> {
                            t.check(error instanceof CancelledError, "a CancelledError is raised, not " + error);
                            t.say("task " + number + " of " + tasks.get(number).cancelling() + " requests");
                            throw error;
                        })));
            }
            tasks.get(depth)
                    .addDoneCallback(done -> t.check(done.cancelled(), "who lets the error out, is cancelled too"));
            new Delay(t.loop(), depth + 4, () -> tasks.get(0).cancel("enough")).run();
        });
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= depth; i++) {
            expected.add("task " + i + " of 0 requests");
        }
        t.expect(expected);
    }

    @Law("CANCEL-18")
    static void otherErrorInCleanUpWins(Trial t, Choices c) {
        Throwable problem = Bodies.problem(c);
        boolean pauses = c.flag("after a pause");
        Self self = new Self();
        Body body = Body.of(() -> t.loop().createFuture(), () -> {
                    throw problem;
                })
                .catching(error -> {
                    if (pauses) {
                        return Bodies.YIELD;
                    }
                    throw problem;
                });
        t.run(() -> {
            start(t, body, self);
            new Delay(t.loop(), 5, () -> self.task().cancel("enough")).run();
        });
        t.check(self.task().done() && !self.task().cancelled(), "the task failed, and isn't cancelled");
        t.same(problem, self.task().exception(), "its exception");
    }

    @Law("CANCEL-19")
    static void requestsAreTakenBackOneByOne(Trial t, Choices c) {
        int cancels = c.between("cancels", 0, 3);
        int uncancels = c.between("uncancels", 1, 5);
        t.run(() -> {
            Task<@Nullable Object> task =
                    t.loop().createTask(Body.of(() -> t.loop().createFuture()));
            new Delay(t.loop(), 5, () -> {
                        for (int i = 0; i < cancels; i++) {
                            task.cancel();
                        }
                        for (int i = 1; i <= uncancels; i++) {
                            int left = Math.max(0, cancels - i);
                            t.equal(left, task.uncancel(), "what uncancel returns");
                            t.equal(left, task.cancelling(), "the requests that are left");
                        }
                        t.say("looked");
                    })
                    .run();
        });
        t.expect("looked");
    }

    @Law("CANCEL-20")
    static void deliveredRequestStaysDelivered(Trial t, Choices c) {
        boolean inCleanUp = c.flag("taken back in the clean-up");
        Self self = new Self();
        Body body = Body.of(() -> t.loop().createFuture(), () -> null).catching(error -> {
            t.say("raised " + Trial.words(error));
            if (inCleanUp) {
                t.equal(0, self.task().uncancel(), "requests left");
            }
            throw error;
        });
        t.run(() -> {
            start(t, body, self);
            new Delay(t.loop(), 5, () -> {
                        // what it waits for is cancelled already: that can't be undone
                        self.task().cancel("enough");
                        if (!inCleanUp) {
                            t.equal(0, self.task().uncancel(), "requests left");
                        }
                    })
                    .run();
        });
        t.expect("raised cancelled: enough");
        t.check(self.task().cancelled(), "the task is cancelled");
    }

    @Law("CANCEL-21")
    static void requestTakenBackInTimeIsForgotten(Trial t, Choices c) {
        boolean fresh = c.flag("before its first step");
        int cancels = c.between("cancels", 1, 3);
        int left = c.between("left", 0, cancels - 1);
        Self self = new Self();
        Body body = Body.of(
                        () -> {
                            t.say("first");
                            return Bodies.YIELD;
                        },
                        () -> {
                            t.say("second");
                            return null;
                        })
                .returning("value");
        t.run(() -> {
            start(t, body, self);
            Runnable change = () -> {
                for (int i = 0; i < cancels; i++) {
                    self.task().cancel("enough");
                }
                for (int i = left; i < cancels; i++) {
                    self.task().uncancel();
                }
            };
            if (fresh) {
                change.run();
            } else {
                t.loop().callSoon(change::run);
            }
        });
        List<String> all = List.of("first", "second");
        t.expect(left == 0 ? all : fresh ? List.of() : List.of("first"));
        t.equal(left > 0, self.task().cancelled(), "whether the task is cancelled");
        t.equal(left, self.task().cancelling(), "the requests that are left");
    }

    @Law("CANCEL-22")
    static void cancelRunsNothingOfTheProgram(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean future = c.flag("a future");
        int depth = c.between("depth", 1, 3);
        t.run(() -> {
            Promise<@Nullable Object> promise = loop.createFuture();
            promise.addDoneCallback(done -> t.say("callback"));
            List<Task<@Nullable Object>> tasks = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                int number = i;
                tasks.add(loop.createTask(Body.of(() -> number == 0 ? promise : tasks.get(number - 1))
                        .catching(error -> {
                            t.say("body");
                            throw error;
                        })));
            }
            new Delay(loop, depth + 4, () -> {
                        if (future) {
                            promise.cancel("enough");
                        } else {
                            tasks.get(depth - 1).cancel("enough");
                        }
                        t.say("returned");
                    })
                    .run();
        });
        List<String> expected = new ArrayList<>(List.of("returned", "callback"));
        for (int i = 0; i < depth; i++) {
            expected.add("body");
        }
        t.expect(expected);
    }

    @Law("CANCEL-23")
    static void messageTravels(Trial t, Choices c) {
        int depth = c.between("depth", 1, 4);
        String message = c.flag("with a message") ? "enough" : null;
        String words = message == null ? "cancelled" : "cancelled: enough";
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            List<Task<@Nullable Object>> tasks = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                int number = i;
                tasks.add(t.loop()
                        .createTask(Body.of(() -> number == 0 ? promise : tasks.get(number - 1))
                                .catching(error -> {
                                    t.say(number + " " + Trial.words(error));
                                    throw error;
                                })));
            }
            tasks.get(depth - 1).addDoneCallback(done -> t.equal(words, Trial.outcome(done::result), "the outcome"));
            new Delay(t.loop(), depth + 4, () -> {
                        tasks.get(depth - 1).cancel(message);
                        t.equal(words, Trial.outcome(promise::result), "the outcome of the awaited future");
                    })
                    .run();
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            expected.add(i + " " + words);
        }
        t.expect(expected);
    }
}
