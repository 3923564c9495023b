package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.EventLoop;
import heddle.api.Handle;
import heddle.api.LoopBinding;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter LOOP. */
final class LoopLaws {

    private LoopLaws() {}

    @Law("LOOP-1")
    static void callSoonReturnsBeforeTheCallbackRuns(Trial t, Choices c) {
        int nested = c.between("nested", 1, 4);
        List<String> expected = new ArrayList<>();
        t.run(() -> nest(t, nested));
        for (int i = nested; i > 0; i--) {
            expected.add("scheduled " + i);
        }
        t.expect(expected);
    }

    private static void nest(Trial t, int left) {
        if (left > 0) {
            t.loop().callSoon(() -> nest(t, left - 1));
            t.say("scheduled " + left);
        }
    }

    @Law("LOOP-2")
    static void callbacksRunOnceInOrder(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 10);
        int more = c.between("scheduled by each", 0, 3);
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (int i = 0; i < callbacks; i++) {
            first.add("callback " + i);
            for (int j = 0; j < more; j++) {
                second.add("callback " + i + "." + j);
            }
        }
        t.run(() -> {
            for (String name : first) {
                t.loop().callSoon(() -> {
                    t.say(name);
                    for (int j = 0; j < more; j++) {
                        t.loop().callSoon(t.saying(name + "." + j));
                    }
                });
            }
        });
        first.addAll(second);
        t.expect(first);
    }

    @Law("LOOP-3")
    static void whatATurnSchedulesWaitsForTheNext(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 1, 5);
        if (!t.claims(Capability.DRIVEN)) {
            observersSeeTheNextTurnBegin(t, callbacks);
            return;
        }
        int stopper = c.between("which one stops", 0, callbacks - 1);
        List<String> thisTurn = new ArrayList<>();
        List<String> nextTurn = new ArrayList<>();
        for (int i = 0; i < callbacks; i++) {
            int number = i;
            thisTurn.add("this turn " + i);
            nextTurn.add("next turn " + i);
            loop.callSoon(() -> {
                t.say("this turn " + number);
                loop.callSoon(t.saying("next turn " + number));
                if (number == stopper) {
                    loop.stop();
                }
            });
        }
        loop.runForever();
        t.expect(thisTurn, "the turn in which stop was called");
        loop.stop();
        loop.runForever();
        t.expect(nextTurn, "the turn after");
    }

    /** A hosted loop can't be stopped between two turns, but it says when one begins. */
    private static void observersSeeTheNextTurnBegin(Trial t, int callbacks) {
        EventLoop loop = t.loop();
        List<String> thisTurn = new ArrayList<>(List.of("a turn"));
        List<String> nextTurn = new ArrayList<>(List.of("a turn"));
        LoopObserver observer = new LoopObserver() {
            @Override
            public void turnBegins() {
                t.say("a turn");
            }
        };
        t.run(() -> {
            loop.addObserver(observer);
            for (int i = 0; i < callbacks; i++) {
                String next = "next turn " + i;
                String line = "this turn " + i;
                thisTurn.add(line);
                nextTurn.add(next);
                loop.callSoon(() -> {
                    t.say(line);
                    loop.callSoon(() -> {
                        loop.removeObserver(observer);
                        t.say(next);
                    });
                });
            }
        });
        thisTurn.addAll(nextTurn);
        t.expect(thisTurn);
    }

    @Law("LOOP-4")
    static void cancelledHandleDoesNotRun(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 2, 8);
        int canceller = c.between("which one cancels", 0, callbacks - 1);
        int victim = c.between("which one is cancelled", 0, callbacks - 1);
        int never = c.between("which one is cancelled at once", 0, callbacks - 1);
        List<Handle> handles = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < callbacks; i++) {
            boolean cancelledInTime = victim == i && canceller < i && canceller != never;
            if (i != never && !cancelledInTime) {
                expected.add("callback " + i);
            }
        }
        t.run(() -> {
            for (int i = 0; i < callbacks; i++) {
                int number = i;
                handles.add(t.loop().callSoon(() -> {
                    t.say("callback " + number);
                    if (number == canceller) {
                        cancel(t, handles.get(victim));
                    }
                }));
            }
            t.check(!handles.get(never).cancelled(), "a handle says that it isn't cancelled");
            cancel(t, handles.get(never));
        });
        t.expect(expected);
    }

    private static void cancel(Trial t, Handle handle) {
        handle.cancel();
        t.check(handle.cancelled(), "a handle says at once that it is cancelled");
        handle.cancel();
        t.check(handle.cancelled(), "a handle that was cancelled twice is cancelled");
    }

    @Law("LOOP-5")
    static void stopFinishesTheTurnAndKeepsTheRest(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 1, 6);
        int stopper = c.between("which one stops", 0, callbacks - 1);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < callbacks; i++) {
            int number = i;
            expected.add("callback " + i);
            loop.callSoon(() -> {
                t.say("callback " + number);
                if (number == stopper) {
                    loop.stop();
                    loop.callSoon(t.saying("left over"));
                }
            });
        }
        loop.runForever();
        t.check(t.trace().containsAll(expected), "stop lets the callbacks of its turn run: " + t.trace());
        expected.add("left over");
        t.run(() -> {});
        t.expect(expected);
    }

    @Law("LOOP-6")
    static void stopBeforeARunGivesOneTurn(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 0, 4);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < callbacks; i++) {
            expected.add("callback " + i);
            loop.callSoon(t.saying("callback " + i));
        }
        loop.callLater(t.moment(), () -> {
            t.say("it waited");
            loop.stop();
        });
        loop.stop();
        loop.runForever();
        t.expect(expected);
    }

    @Law("LOOP-7")
    static void isRunningExactlyDuringARun(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int runs = c.between("runs", 1, 3);
        for (int i = 0; i < runs; i++) {
            t.check(!loop.isRunning(), "before a run it isn't running");
            t.run(() -> t.check(loop.isRunning(), "in a callback it is running"));
            t.check(!loop.isRunning(), "after a run it isn't running");
            Exception problem = new Exception("problem");
            Trial.thrownBy(() -> loop.runUntilComplete(Body.of(() -> {
                t.check(loop.isRunning(), "in a task it is running");
                throw problem;
            })));
            t.check(!loop.isRunning(), "after a run that failed it isn't running");
        }
    }

    @Law("LOOP-8")
    static void nestedRunsAreRefused(Trial t, Choices c) {
        EventLoop loop = t.loop();
        EventLoop other = t.newLoop(EngineOptions.DEFAULT);
        other.stop();
        boolean inTask = c.flag("in a task");
        Body begun = Body.of(() -> {
            t.say("a coroutine was begun");
            return null;
        });
        t.run(() -> {
            Promise<@Nullable Object> future = loop.createFuture();
            Body.Piece nest = () -> {
                t.refused(IllegalStateException.class, loop::runForever, "runForever of a running loop");
                t.refused(
                        IllegalStateException.class,
                        () -> loop.runUntilComplete(future),
                        "runUntilComplete of a running loop");
                t.refused(
                        IllegalStateException.class,
                        () -> loop.runUntilComplete(begun),
                        "runUntilComplete of a running loop, with a coroutine");
                t.refused(
                        IllegalStateException.class,
                        other::runForever,
                        "runForever on a thread that runs another loop");
                t.check(loop.isRunning(), "the loop still runs");
                loop.callSoon(t.saying("it goes on"));
                return null;
            };
            if (inTask) {
                loop.createTask(Body.of(nest));
            } else {
                loop.callSoon(() -> Bodies.run(nest));
            }
        });
        t.expect("it goes on");
    }

    @Law("LOOP-9")
    static void runUntilCompleteGivesTheOutcome(Trial t, Choices c) {
        EventLoop loop = t.loop();
        Object value = Bodies.value(c);
        Throwable problem = c.flag("it fails") ? Bodies.problem(c) : null;
        Promise<@Nullable Object> promise = loop.createFuture();
        Awaitable<@Nullable Object> main = Body.of(() -> c.flag("it pauses") ? Bodies.YIELD : null, () -> {
                    if (problem != null) {
                        throw problem;
                    }
                    return null;
                })
                .returning(value);
        if (c.flag("a future")) {
            loop.callSoon(() -> Bodies.complete(promise, value, problem));
            main = promise;
        }
        Awaitable<@Nullable Object> awaited = main;
        Object[] came = new Object[1];
        Throwable thrown = Trial.thrownBy(() -> came[0] = loop.runUntilComplete(awaited));
        t.same(problem, thrown, "what runUntilComplete threw");
        t.same(problem == null ? value : null, came[0], "what runUntilComplete returned");
    }

    @Law("LOOP-10")
    static void stopBeforeTheEndIsAnError(Trial t, Choices c) throws Exception {
        EventLoop loop = t.loop();
        int pauses = c.between("pauses", 0, 3);
        Promise<@Nullable Object> gate = loop.createFuture();
        Task<@Nullable Object> task = loop.createTask(Body.of(() -> {
                    loop.stop();
                    return gate;
                })
                .returning("value"));
        t.refused(IllegalStateException.class, () -> loop.runUntilComplete(task), "a run that was stopped first");
        t.check(!task.done(), "the task is still pending");
        for (int i = 0; i < pauses; i++) {
            loop.stop();
            loop.runForever();
        }
        loop.callSoon(() -> gate.setResult(null));
        t.equal("value", loop.runUntilComplete(task), "the next run's result");
    }

    @Law("LOOP-11")
    static void earlierDoneCallbacksRunBeforeTheReturn(Trial t, Choices c) throws Exception {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 1, 5);
        Promise<@Nullable Object> promise = loop.createFuture();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < callbacks; i++) {
            int number = i;
            expected.add("callback " + i);
            promise.addDoneCallback(done -> {
                t.say("callback " + number);
                if (number == 0) {
                    loop.callSoon(t.saying("left over"));
                }
            });
        }
        loop.callSoon(() -> promise.setResult(null));
        loop.runUntilComplete(promise);
        t.check(t.trace().containsAll(expected), "the earlier callbacks ran before the return: " + t.trace());
        t.run(() -> {});
        expected.add("left over");
        t.expect(expected);
    }

    @Law("LOOP-12")
    static void runningThreadSpeaksForTheLoop(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean timer = c.flag("in a timer");
        t.run(() -> {
            loop.createTask(Body.of(() -> {
                t.same(loop, EventLoop.running(), "running() in a task");
                t.say("task");
                return null;
            }));
            if (timer) {
                loop.callLater(0, () -> t.same(loop, EventLoop.running(), "running() in a timer"));
            }
            t.same(loop, EventLoop.running(), "running() in a callback");
        });
        t.expect("task");
        t.same(null, LoopBinding.current(), "the loop that a thread speaks for when no loop runs on it");
        t.refused(IllegalStateException.class, EventLoop::running, "running() outside");
    }

    @Law("LOOP-13")
    static void observersSeeCallbacks(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 1, 5);
        int throwing = c.between("which one throws", 0, callbacks);
        List<Handle> handles = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        LoopObserver observer = new LoopObserver() {
            @Override
            public void callbackBegins(Handle handle) {
                if (handles.contains(handle)) {
                    t.say("begins " + handles.indexOf(handle));
                }
            }

            @Override
            public void callbackEnds(Handle handle) {
                if (handles.contains(handle)) {
                    t.say("ends " + handles.indexOf(handle));
                }
            }
        };
        t.run(() -> {
            loop.addObserver(observer);
            for (int i = 0; i < callbacks; i++) {
                int number = i;
                expected.addAll(List.of("begins " + i, "runs " + i, "ends " + i));
                handles.add(loop.callSoon(() -> {
                    t.say("runs " + number);
                    if (number == throwing) {
                        throw new Exception("problem");
                    }
                }));
            }
        });
        t.expect(expected);
        t.run(() -> {
            loop.removeObserver(observer);
            handles.add(loop.callSoon(t.saying("unobserved")));
        });
        t.expect("unobserved");
    }

    @Law(value = "LOOP-14", tries = 1)
    static void loopSaysWhatItCan(Trial t, Choices c) {
        t.check(!t.engine().name().isBlank(), "the engine has a name");
        t.equal(t.engine().capabilities(), t.loop().capabilities(), "the capabilities of loop and provider");
        if (!t.claims(Capability.VIRTUAL_TIME)) {
            t.refused(
                    UnsupportedOperationException.class,
                    () -> t.newLoop(EngineOptions.DEFAULT.withVirtualTime()),
                    "a time source, which the engine doesn't claim to take");
        }
        if (!t.claims(Capability.NETWORK)) {
            t.refused(
                    UnsupportedOperationException.class, t.loop()::network, "sockets, which the engine doesn't claim");
        }
        if (!t.claims(Capability.DRIVEN)) {
            t.refused(UnsupportedOperationException.class, t.loop()::runForever, "runForever of a hosted loop");
            t.refused(UnsupportedOperationException.class, t.loop()::stop, "stop of a hosted loop");
            t.refused(UnsupportedOperationException.class, t.loop()::close, "close of a hosted loop");
        }
    }
}
