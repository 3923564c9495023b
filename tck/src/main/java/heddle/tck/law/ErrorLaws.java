package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.ErrorReport;
import heddle.api.ErrorReport.Kind;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Handle;
import heddle.api.LoopObserver;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter ERR about failures: who hears of them, and how often. */
final class ErrorLaws {

    private ErrorLaws() {}

    @Law("ERR-1")
    static void exceptionInACallbackIsReportedOnce(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 1, 5);
        boolean timer = c.flag("timers");
        List<Throwable> problems = new ArrayList<>();
        List<Handle> handles = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        t.run(t.moment(), () -> {
            for (int i = 0; i < callbacks; i++) {
                String line = "callback " + i;
                Throwable problem = Bodies.problemOrCancellation(c);
                problems.add(problem);
                expected.add(line);
                ThrowingRunnable callback = () -> {
                    t.say(line);
                    throw Bodies.<Exception>as(problem);
                };
                double delay = t.moment() * (i + 1) / (callbacks + 1);
                handles.add(timer ? loop.callLater(delay, callback) : loop.callSoon(callback));
            }
        });
        t.expect(expected);
        List<ErrorReport> reports = t.reports();
        t.equal(callbacks, reports.size(), "how many reports there are of " + callbacks + " callbacks that threw");
        for (int i = 0; i < callbacks; i++) {
            t.equal(Kind.CALLBACK, reports.get(i).kind(), "the kind of a report");
            t.same(problems.get(i), reports.get(i).exception(), "the exception of a report");
            t.same(handles.get(i), reports.get(i).handle(), "the handle of a report");
        }
    }

    @Law(value = "ERR-2", tries = 3)
    static void handlerThatThrowsDoesNotStopTheLoop(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int callbacks = c.between("callbacks", 1, 2);
        Throwable problem = Bodies.problemOrCancellation(c);
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            loop.setExceptionHandler((where, report) -> {
                t.same(loop, where, "the loop that a handler is told");
                t.say("handled " + Trial.words(report.exception()));
                throw Bodies.<Exception>as(problem);
            });
            for (int i = 0; i < callbacks; i++) {
                String line = "callback " + i;
                expected.add("handled Exception: " + line);
                loop.callSoon(() -> {
                    throw new Exception(line);
                });
            }
            loop.callSoon(t.saying("it goes on"));
        });
        expected.add("it goes on");
        t.expect(expected);
    }

    @Law(value = "ERR-3", factor = 4)
    static void fatalErrorEndsTheRunAndLosesNothing(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int before = c.between("callbacks before", 0, 3);
        int after = c.between("callbacks after", 0, 3);
        InternalError fatal = new InternalError("a test's");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            loop.callSoon(t.saying("before"));
            expected.add("before");
        }
        List<Task<?>> made = new ArrayList<>();
        scheduleFatal(loop, fatal, c.between("where", 0, t.claims(Capability.THREADS) ? 6 : 5), made);
        for (int i = 0; i < after; i++) {
            loop.callSoon(t.saying("after"));
        }
        t.same(fatal, Trial.thrownBy(loop::runForever), "what the run throws");
        t.check(!loop.isRunning(), "the run is over");
        t.expect(expected, "what ran before the fatal error");
        for (Task<?> task : made) {
            t.same(fatal, task.exception(), "the exception of the task");
        }
        expected.clear();
        for (int i = 0; i < after; i++) {
            expected.add("after");
        }
        t.run(() -> {});
        t.expect(expected, "what ran in the next run");
    }

    /** Has the error thrown in the next turn, somewhere that an engine calls the program's code. */
    private static void scheduleFatal(EventLoop loop, InternalError fatal, int where, List<Task<?>> made) {
        switch (where) {
            case 0 ->
                loop.callSoon(() -> {
                    throw fatal;
                });
            case 1 ->
                made.add(loop.createTask(Body.of(() -> {
                    throw fatal;
                })));
            case 2 -> {
                Promise<@Nullable Object> promise = loop.createFuture();
                promise.setResult(null);
                promise.addDoneCallback(done -> {
                    throw fatal;
                });
            }
            case 3 -> {
                loop.setExceptionHandler((there, report) -> {
                    throw fatal;
                });
                loop.callSoon(() -> {
                    throw new Exception("for the handler");
                });
            }
            case 4 ->
                loop.callSoon(() -> loop.createTask(() -> {
                    throw fatal;
                }));
            case 6 ->
                loop.callSoon(() -> loop.runInExecutor(
                        job -> {
                            throw fatal;
                        },
                        () -> null));
            default -> {
                Handle handle = loop.callSoon(() -> {});
                loop.addObserver(new LoopObserver() {
                    @Override
                    public void callbackBegins(Handle begun) {
                        if (begun == handle) {
                            throw fatal;
                        }
                    }
                });
            }
        }
    }

    /** A task or promise that fails, with an exception of its own. */
    private static Future<?> failing(Trial t, boolean task, Exception problem) {
        if (task) {
            return t.loop()
                    .createTask(
                            Body.of(() -> {
                                throw problem;
                            }),
                            problem.getMessage());
        }
        Promise<@Nullable Object> promise = t.loop().createFuture();
        promise.setException(problem);
        return promise;
    }

    @Law("ERR-4")
    static void failureIsReportedWhenTheLoopIsClosed(Trial t, Choices c) {
        int failures = c.between("failures", 1, 3);
        List<Future<?>> kept = new ArrayList<>();
        List<Exception> problems = new ArrayList<>();
        List<Boolean> tasks = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < failures; i++) {
                tasks.add(c.flag("a task"));
                problems.add(new Exception("failure " + i));
                kept.add(failing(t, tasks.get(i), problems.get(i)));
            }
        });
        t.loop().close();
        List<ErrorReport> reports = t.reports(Kind.LOST);
        t.equal(failures, reports.size(), "reports of failures that nobody looked at");
        for (ErrorReport report : reports) {
            int index = problems.indexOf(report.exception());
            t.check(index >= 0, "a report has the exception that was lost: " + report);
            t.check(
                    !tasks.get(index) || report.message().contains("failure " + index),
                    "a report names the task: " + report.message());
        }
        t.equal(failures, kept.size(), "failures");
    }

    @Law("ERR-5")
    static void failureThatWasSeenIsNotReported(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int failures = c.between("failures", 1, 4);
        List<Future<?>> kept = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < failures; i++) {
                Future<?> future = failing(t, c.flag("a task"), new Exception("failure " + i));
                kept.add(future);
                int how = c.between("how", 0, 4);
                new Delay(loop, 5, () -> {
                            switch (how) {
                                case 0 -> future.exception();
                                case 1 -> Trial.thrownBy(future::result);
                                case 2 -> future.cancel();
                                case 3 -> future.cancel("late", new CancelledError.Origin("another", null));
                                default -> loop.createTask(Body.of(() -> future).catching(error -> null));
                            }
                        })
                        .run();
            }
        });
        loop.close();
        t.equal(List.of(), t.reports(Kind.LOST), "reports of failures that somebody saw");
        t.equal(failures, kept.size(), "failures");
    }

    @Law(value = "ERR-6", tries = 2)
    static void failureIsReportedWhenItsFutureIsGone(Trial t, Choices c) {
        boolean task = c.flag("a task");
        Exception problem = new Exception("gone");
        t.run(() -> failing(t, task, problem));
        while (t.reports(Kind.LOST).isEmpty() && !t.isAbandoned()) {
            Collector.collect();
            // what is gone is queued a moment later, and the collector costs more than looking again
            for (int i = 0; i < 10 && t.reports(Kind.LOST).isEmpty(); i++) {
                LockSupport.parkNanos(100_000);
                t.run(() -> {});
            }
        }
        t.equal(1, t.reports(Kind.LOST).size(), "reports of a failure that nobody can look at any more");
        t.same(problem, t.reports(Kind.LOST).get(0).exception(), "the exception of the report");
        t.loop().close();
        t.equal(1, t.reports(Kind.LOST).size(), "reports of it after the loop was closed");
    }

    @Law(value = "ERR-7", tries = 2)
    static void failureIsNotReportedWhileSomebodyMayLook(Trial t, Choices c) {
        List<Future<?>> kept = new ArrayList<>();
        t.run(() -> {
            kept.add(failing(t, true, new Exception("kept")));
            kept.add(failing(t, false, new Exception("kept")));
        });
        Collector.collect();
        t.run(() -> {});
        t.equal(List.of(), t.reports(Kind.LOST), "reports of failures that can be looked at");
        t.equal(2, kept.size(), "failures");
    }

    @Law("ERR-8")
    static void observerThatThrowsStopsNothing(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int which = c.between("which event", 0, 5);
        Error problem = new AssertionError("an observer's");
        LoopObserver observer = new Throwing(which, problem);
        t.run(() -> {
            loop.addObserver(observer);
            loop.callSoon(t.saying("callback"));
            Task<@Nullable Object> task = loop.createTask(Body.of(() -> {
                t.say("task");
                return null;
            }));
            task.addDoneCallback(done -> t.say("done"));
        });
        t.expect("callback", "task", "done");
        List<ErrorReport> reports = t.reports(Kind.OBSERVER);
        t.equal(1, reports.size(), "reports of an observer that threw once");
        t.same(problem, reports.get(0).exception(), "the exception of the report");
        t.equal(1, t.reports().size(), "all reports");
    }

    /** Throws once, at one sort of event. */
    private static final class Throwing implements LoopObserver {
        private final int which;
        private final Error problem;
        private boolean thrown;

        Throwing(int which, Error problem) {
            this.which = which;
            this.problem = problem;
        }

        private void event(int number) {
            if (number == which && !thrown) {
                thrown = true;
                throw problem;
            }
        }

        @Override
        public void callbackBegins(Handle handle) {
            event(0);
        }

        @Override
        public void callbackEnds(Handle handle) {
            event(1);
        }

        @Override
        public void taskCreated(Task<?> task) {
            event(2);
        }

        @Override
        public void stepBegins(Task<?> task) {
            event(3);
        }

        @Override
        public void stepEnds(Task<?> task, @Nullable Suspension suspension) {
            event(4);
        }

        @Override
        public void done(Future<?> future) {
            event(5);
        }
    }

    @Law("ERR-14")
    static void awaitableThatCanNotBeginFailsItsTaskOnly(Trial t, Choices c) {
        EventLoop loop = t.loop();
        Exception problem = new IllegalStateException("no coroutine");
        boolean thrown = c.flag("it throws");
        @SuppressWarnings("NullAway") // what an engine must cope with
        Awaitable<@Nullable Object> broken = () -> {
            if (thrown) {
                throw Bodies.<RuntimeException>as(problem);
            }
            return null;
        };
        t.run(() -> {
            Throwable refused = Trial.thrownBy(() -> {
                Task<@Nullable Object> task = loop.createTask(broken);
                task.addDoneCallback(done -> {
                    Throwable failure = done.exception();
                    t.check(
                            thrown ? failure == problem : failure instanceof Exception,
                            "the failure of the task: " + failure);
                    t.say("failed");
                });
            });
            if (refused != null) {
                t.check(thrown ? refused == problem : refused instanceof Exception, "the refusal: " + refused);
                t.say("failed");
            }
            new Delay(loop, 5, t.saying("it goes on")).run();
        });
        t.expect("failed", "it goes on");
        t.equal(List.of(), loop.allTasks(), "tasks that are left");
    }

    @Law("ERR-15")
    static void equalsThatThrowsChangesNothing(Trial t, Choices c) {
        int callbacks = c.between("callbacks", 1, 4);
        int hostile = c.between("which one throws", 0, callbacks - 1);
        IllegalStateException problem = new IllegalStateException("equals");
        List<String> expected = new ArrayList<>();
        t.run(() -> {
            Promise<@Nullable Object> promise = t.loop().createFuture();
            List<ThrowingConsumer<Future<@Nullable Object>>> all = new ArrayList<>();
            for (int i = 0; i < callbacks; i++) {
                String line = "callback " + i;
                expected.add(line);
                all.add(i == hostile ? new Hostile(t, line, problem) : done -> t.say(line));
                promise.addDoneCallback(all.get(i));
            }
            Throwable thrown = Trial.thrownBy(() -> promise.removeDoneCallback(new Hostile(t, "removed", problem)));
            long reported = t.reports().stream()
                    .filter(report -> report.exception() == problem)
                    .count();
            t.equal(1L, reported + (thrown == problem ? 1 : 0), "how often an exception in equals is told");
            promise.setResult(null);
        });
        t.expect(expected);
    }

    private record Hostile(Trial trial, String line, RuntimeException problem)
            implements ThrowingConsumer<Future<@Nullable Object>> {
        @Override
        public void accept(Future<@Nullable Object> done) {
            trial.say(line);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            throw problem;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
