package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.InvalidStateException;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter FUT. */
final class FutureLaws {

    private FutureLaws() {}

    @Law("FUT-1")
    static void futureCompletesOnce(Trial t, Choices c) {
        int attempts = c.between("attempts", 1, 6);
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            t.check(!promise.done() && !promise.cancelled(), "a new future is pending");
            String first = null;
            for (int i = 0; i < attempts; i++) {
                String refused = complete(promise, c.between("how", 0, 2), i);
                t.equal(first == null ? "taken" : "refused", refused, "attempt " + i + " to complete a future");
                String state = state(promise);
                if (first == null) {
                    first = state;
                }
                t.equal(first, state, "the state after attempt " + i + " to complete it");
            }
        });
    }

    private static String complete(Promise<@Nullable Object> promise, int how, int number) {
        try {
            switch (how) {
                case 0 -> promise.setResult("result " + number);
                case 1 -> promise.setException(new Exception("problem " + number));
                default -> {
                    return promise.cancel("cancel " + number) ? "taken" : "refused";
                }
            }
            return "taken";
        } catch (InvalidStateException e) {
            return "refused";
        }
    }

    private static String state(Future<?> future) {
        return (future.done() ? "done " : "pending ")
                + (future.cancelled() ? "cancelled " : "")
                + Trial.outcome(future::result)
                + " / "
                + Trial.outcome(future::exception);
    }

    @Law(value = "FUT-2", tries = 3)
    static void pendingFutureHasNoOutcome(Trial t, Choices c) {
        t.run(() -> {
            Future<@Nullable Object> future = c.flag("a task")
                    ? t.loop().createTask(Body.of(() -> Bodies.YIELD))
                    : t.loop().createFuture();
            t.refused(InvalidStateException.class, future::result, "result() of a pending future");
            t.refused(InvalidStateException.class, future::exception, "exception() of a pending future");
            t.check(!future.done(), "looking at a future changes nothing");
        });
    }

    @Law("FUT-3")
    static void outcomeIsWhatWasSet(Trial t, Choices c) {
        Object value = Bodies.value(c);
        Throwable problem = c.flag("it fails") ? Bodies.problem(c) : null;
        int looks = c.between("looks", 1, 4);
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            Bodies.complete(promise, value, problem);
            t.check(promise.done(), "it is done at once");
            t.check(!promise.cancelled(), "it isn't cancelled");
            for (int i = 0; i < looks; i++) {
                t.same(problem, promise.exception(), "exception()");
                if (problem == null) {
                    t.same(value, promise.result(), "result()");
                } else {
                    t.same(problem, Trial.thrownBy(promise::result), "what result() throws");
                }
            }
        });
    }

    @Law("FUT-4")
    static void cancelledFutureThrowsItsMessage(Trial t, Choices c) {
        String message = c.flag("with a message") ? "enough" : null;
        int looks = c.between("looks", 2, 4);
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            promise.cancel(message);
            List<Throwable> seen = new ArrayList<>();
            for (int i = 0; i < looks; i++) {
                boolean result = c.flag("result()");
                CancelledError error = t.refused(
                        CancelledError.class,
                        result ? promise::result : promise::exception,
                        "a look at a cancelled future");
                t.equal(message, error.getMessage(), "the message of the error");
                t.check(!seen.contains(error), "each look throws an error of its own");
                seen.add(error);
            }
        });
    }

    @Law("FUT-5")
    static void cancelTakesEffectAtOnceOrNotAtAll(Trial t, Choices c) {
        int before = c.between("done before", 0, 3);
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            if (before < 3) {
                complete(promise, before, 0);
            }
            String state = before < 3 ? state(promise) : "";
            boolean origin = c.flag("for another");
            t.equal(
                    before == 3,
                    origin
                            ? promise.cancel("late", new CancelledError.Origin("another", null))
                            : promise.cancel("late"),
                    "what cancel returns");
            if (before < 3) {
                t.equal(state, state(promise), "the state after a cancel that came too late");
            } else {
                t.check(promise.done() && promise.cancelled(), "it is cancelled when cancel returns");
                t.check(!promise.cancel("again"), "a second cancel returns false");
            }
        });
    }

    @Law("FUT-6")
    static void doneCallbacksNeverRunInline(Trial t, Choices c) {
        boolean doneBefore = c.flag("done before");
        int how = c.between("how", 0, 2);
        boolean context = c.flag("with a context");
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            if (doneBefore) {
                complete(promise, how, 0);
            }
            ThrowingConsumer<Future<@Nullable Object>> callback = done -> t.say("callback");
            if (context) {
                promise.addDoneCallback(callback, Context.copyCurrent());
            } else {
                promise.addDoneCallback(callback);
            }
            t.say("added");
            if (!doneBefore) {
                complete(promise, how, 0);
            }
            t.say("completed");
        });
        t.expect("added", "completed", "callback");
    }

    @Law("FUT-7")
    static void doneCallbacksRunInOrderOfRegistration(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 8);
        int how = c.between("how", 0, 2);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            for (int i = 0; i < callbacks; i++) {
                int number = i;
                expected.add("callback " + i);
                promise.addDoneCallback(done -> {
                    t.same(promise, done, "what a done-callback gets");
                    t.say("callback " + number);
                });
            }
            complete(promise, how, 0);
        });
        t.expect(expected);
    }

    /** A callback that is equal to others of its name. */
    private record Named(Trial trial, String name) implements ThrowingConsumer<Future<@Nullable Object>> {
        @Override
        public void accept(Future<@Nullable Object> done) {
            trial.say(name);
        }
    }

    @Law("FUT-8")
    static void equalCallbacksAreRemovedAndCounted(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 0, 8);
        int removed = c.between("removed", 0, 2);
        List<String> all = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            for (int i = 0; i < callbacks; i++) {
                String name = "callback " + c.between("name", 0, 2);
                all.add(name);
                promise.addDoneCallback(new Named(t, name));
            }
            String gone = "callback " + removed;
            int count = (int) all.stream().filter(gone::equals).count();
            t.equal(count, promise.removeDoneCallback(new Named(t, gone)), "how many were removed");
            t.equal(0, promise.removeDoneCallback(new Named(t, gone)), "how many were removed the second time");
            all.removeIf(gone::equals);
            promise.setResult(null);
        });
        t.expect(all);
    }

    @Law("FUT-9")
    static void scheduledCallbacksCanNotBeRemoved(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 4);
        int how = c.between("how", 0, 2);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            for (int i = 0; i < callbacks; i++) {
                expected.add("callback");
                promise.addDoneCallback(new Named(t, "callback"));
            }
            complete(promise, how, 0);
            t.equal(0, promise.removeDoneCallback(new Named(t, "callback")), "callbacks removed after completion");
        });
        t.expect(expected);
    }

    @Law("FUT-10")
    static void raisingCallbackStopsNoOther(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 5);
        int raising = c.between("which one raises", 0, callbacks - 1);
        boolean cancelled = c.flag("a CancelledError");
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            for (int i = 0; i < callbacks; i++) {
                int number = i;
                expected.add("callback " + i);
                promise.addDoneCallback(done -> {
                    t.say("callback " + number);
                    if (number == raising && cancelled) {
                        throw new CancelledError("problem");
                    } else if (number == raising) {
                        throw new Exception("problem");
                    }
                });
            }
            promise.setResult(null);
        });
        t.expect(expected);
    }

    @Law("FUT-11")
    static void cancelledErrorAsExceptionIsAFailure(Trial t, Choices c) {
        String message = c.flag("with a message") ? "set" : null;
        CancelledError error = new CancelledError(message);
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            promise.setException(error);
            t.check(promise.done() && !promise.cancelled(), "it is done, but not cancelled");
            t.same(error, promise.exception(), "exception()");
            t.same(error, Trial.thrownBy(promise::result), "what result() throws");
            t.loop()
                    .createTask(Body.of(() -> {
                                t.say("waits");
                                return promise;
                            })
                            .catching(raised -> {
                                t.same(error, raised, "what is raised in who awaits it");
                                t.say("raised");
                                return null;
                            }));
        });
        t.expect("waits", "raised");
    }

    @Law("FUT-12")
    static void waitersAndCallbacksShareOneOrder(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int parties = c.between("parties", 1, 7);
        int how = c.between("how", 0, 2);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = loop.createFuture();
            for (int i = 0; i < parties; i++) {
                String name = (c.flag("a task") ? "task " : "callback ") + i;
                expected.add(name);
                if (name.startsWith("task")) {
                    loop.createTask(Body.of(() -> promise, () -> {
                                t.say(name);
                                return null;
                            })
                            .catching(error -> null));
                } else {
                    loop.callSoon(() -> promise.addDoneCallback(done -> t.say(name)));
                }
            }
            // behind the first steps, whatever those cost
            new Delay(loop, 10, () -> complete(promise, how, 0)).run();
        });
        t.expect(expected);
    }

    @Law("FUT-13")
    static void cancellationDecidesForItself(Trial t, Choices c) {
        boolean answer = c.flag("answer");
        boolean throwsError = c.flag("it throws");
        boolean done = c.flag("done before");
        IllegalStateException problem = new IllegalStateException("problem");
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            promise.onCancel(message -> {
                t.say("replaced");
                return true;
            });
            promise.onCancel(message -> {
                t.say("asked: " + message);
                if (throwsError) {
                    throw problem;
                }
                return answer;
            });
            if (done) {
                promise.setResult(null);
                t.check(!promise.cancel("late"), "cancel of a done future returns false");
                return;
            }
            if (throwsError) {
                t.same(problem, Trial.thrownBy(() -> promise.cancel("please")), "what cancel throws");
            } else {
                t.equal(answer, promise.cancel("please"), "what cancel returns");
            }
            t.check(!promise.done(), "the future is still pending");
            t.say("returned");
        });
        t.expect(done ? List.of() : List.of("asked: please", "returned"));
    }

    @Law("FUT-14")
    static void callbacksMayChangeTheList(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 4);
        int changing = c.between("which one changes", 0, callbacks - 1);
        int added = c.between("added", 0, 3);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            for (int i = 0; i < callbacks; i++) {
                int number = i;
                expected.add("callback " + i);
                promise.addDoneCallback(new Changing(t, promise, number, number == changing ? added : -1));
            }
            promise.setResult(null);
        });
        for (int i = 0; i < added; i++) {
            expected.add("added " + i);
        }
        t.expect(expected);
    }

    /** A callback that adds others to the list and removes those that are in it. */
    private record Changing(Trial trial, Promise<@Nullable Object> promise, int number, int adds)
            implements ThrowingConsumer<Future<@Nullable Object>> {
        @Override
        public void accept(Future<@Nullable Object> done) {
            trial.say("callback " + number);
            for (int i = 0; i < adds; i++) {
                int added = i;
                promise.addDoneCallback(again -> trial.say("added " + added));
            }
            if (adds >= 0) {
                trial.equal(0, promise.removeDoneCallback(this), "callbacks removed while they run");
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Changing;
        }

        @Override
        public int hashCode() {
            return Objects.hash(Changing.class);
        }
    }

    @Law("FUT-15")
    static void awaitingADoneFutureDoesNotPause(Trial t, Choices c) {
        Object value = Bodies.value(c);
        Throwable problem = c.flag("it fails") ? Bodies.problem(c) : null;
        boolean doneBefore = c.flag("done before");
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            if (doneBefore) {
                Bodies.complete(promise, value, problem);
            }
            Coroutine<@Nullable Object> run = promise.coroutine();
            if (!doneBefore) {
                t.same(promise, t.step(run), "what the coroutine of a pending future waits for");
                Bodies.complete(promise, value, problem);
            }
            Throwable thrown = Trial.thrownBy(() -> {
                t.same(Pause.FINISHED, t.step(run), "how the coroutine of a done future goes on");
                t.same(value, run.result(), "what awaiting it gives");
            });
            t.same(problem, thrown, "what awaiting it throws");
            Task<@Nullable Object> task = t.loop().createTask(promise);
            task.addDoneCallback(done -> t.say("task"));
        });
        t.expect("task");
    }
}
