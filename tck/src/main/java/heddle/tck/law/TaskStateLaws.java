package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopObserver;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The other laws of the chapter TASK: atomicity, what a loop and a task say of themselves, and who watches them. */
final class TaskStateLaws {

    /** How often the collector is asked until what is still there counts as held. */
    private static final int COLLECTIONS = 5;

    private static final int WAYS_TO_END = 4;

    private TaskStateLaws() {}

    /** The fetcher and the monitor: pages arrive in batches, and whoever looks sees whole batches only. */
    @Law("TASK-13")
    static void codeBetweenPausesIsAtomic(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int fetchers = c.between("fetchers", 1, 4);
        int batch = c.between("batch", 2, 5);
        List<String> pages = new ArrayList<>();
        Runnable look = () -> t.check(
                pages.size() % batch == 0,
                "somebody looked in the middle of a step: " + pages.size() + " pages in batches of " + batch);
        t.run(() -> {
            for (int i = 0; i < fetchers; i++) {
                List<Body.Piece> pieces = new ArrayList<>();
                int batches = c.between("batches", 1, 3);
                for (int j = 0; j < batches; j++) {
                    pieces.add(() -> {
                        for (int k = 0; k < batch; k++) {
                            pages.add("page");
                            touchEverything(loop, look);
                        }
                        return Bodies.YIELD;
                    });
                }
                loop.createTask(Body.of(pieces));
                loop.createTask(monitor(look, c.between("looks", 1, 4)));
            }
        });
        look.run();
        t.check(!pages.isEmpty(), "pages came");
    }

    private static Body monitor(Runnable look, int looks) {
        List<Body.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < looks; i++) {
            pieces.add(() -> {
                look.run();
                return Bodies.YIELD;
            });
        }
        return Body.of(pieces);
    }

    /** Calls everything that might be tempted to run somebody else's code. */
    private static void touchEverything(EventLoop loop, Runnable look) {
        Promise<@Nullable Object> promise = loop.createFuture();
        promise.addDoneCallback(done -> look.run());
        loop.callSoon(look::run);
        loop.callLater(0, look::run).when();
        loop.createTask(monitor(look, 1)).cancel();
        promise.setResult(null);
        loop.time();
        loop.currentTask();
        loop.allTasks();
        loop.isRunning();
    }

    @Law("TASK-14")
    static void currentTaskIsTheOneThatSteps(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int tasks = c.between("tasks", 1, 4);
        t.run(() -> {
            t.same(null, loop.currentTask(), "the current task in a callback");
            for (int i = 0; i < tasks; i++) {
                List<Task<@Nullable Object>> self = new ArrayList<>();
                Promise<@Nullable Object> promise = loop.createFuture();
                Body.Piece look = () -> {
                    t.same(self.get(0), loop.currentTask(), "the current task in a step");
                    t.say("looked");
                    loop.callSoon(() -> t.same(null, loop.currentTask(), "the current task in a callback"));
                    return null;
                };
                self.add(loop.createTask(Body.of(look, () -> promise, look).catching(error -> look.run())));
                self.get(0).addDoneCallback(done -> t.same(null, loop.currentTask(), "… in a done-callback"));
                loop.callSoon(() -> Bodies.complete(promise, null, c.flag("it fails") ? new Exception() : null));
            }
        });
        t.check(t.trace().size() >= 2 * tasks, "every task looked twice: " + t.trace());
        if (t.claims(Capability.DRIVEN)) {
            t.same(null, loop.currentTask(), "the current task of a loop that isn't running");
        }
    }

    @Law("TASK-15")
    static void allTasksAreThoseOfTheLoopThatAreNotDone(Trial t, Choices c) {
        EventLoop loop = t.loop();
        EventLoop other = t.newLoop(EngineOptions.DEFAULT);
        int tasks = c.between("tasks", 1, 6);
        List<Task<?>> live = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < tasks; i++) {
                boolean ends = c.flag("it ends");
                Task<@Nullable Object> task =
                        loop.createTask(Body.of(() -> ends ? null : loop.createFuture()), "task " + i);
                if (!ends) {
                    live.add(task);
                }
            }
            t.equal(tasks, loop.allTasks().size(), "how many tasks were made");
            new Delay(loop, 10, () -> t.equal(live, loop.allTasks(), "the tasks that aren't done, as created")).run();
        });
        t.equal(List.of(), other.allTasks(), "the tasks of another loop");
        t.equal(live, loop.allTasks(), "the tasks that aren't done, as created");
    }

    @Law("TASK-16")
    static void taskSaysWhatItWaitsFor(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int waits = c.between("waits", 1, 3);
        t.run(() -> {
            List<Task<@Nullable Object>> self = new ArrayList<>();
            List<Promise<@Nullable Object>> gates = new ArrayList<>();
            List<Body.Piece> pieces = new ArrayList<>();
            for (int i = 0; i < waits; i++) {
                Promise<@Nullable Object> gate = loop.createFuture();
                gates.add(gate);
                pieces.add(() -> {
                    t.same(null, self.get(0).waitingOn(), "what a running task waits for");
                    return gate;
                });
            }
            self.add(loop.createTask(Body.of(pieces)));
            t.same(null, self.get(0).waitingOn(), "what a new task waits for");
            open(t, loop, self, gates, 0);
        });
        t.expect(Collections.nCopies(waits, "opened"));
    }

    private static void open(
            Trial t,
            EventLoop loop,
            List<Task<@Nullable Object>> self,
            List<Promise<@Nullable Object>> gates,
            int number)
            throws Exception {
        new Delay(loop, 5, () -> {
                    t.same(gates.get(number), self.get(0).waitingOn(), "what a task that waits, waits for");
                    gates.get(number).setResult(null);
                    t.same(null, self.get(0).waitingOn(), "what a task that is ready waits for");
                    t.say("opened");
                    if (number + 1 < gates.size()) {
                        open(t, loop, self, gates, number + 1);
                    } else {
                        self.get(0)
                                .addDoneCallback(
                                        done -> t.same(null, self.get(0).waitingOn(), "what a done task waits for"));
                    }
                })
                .run();
    }

    @Law("TASK-17")
    static void tasksHaveNames(Trial t, Choices c) {
        t.run(() -> names(t, c, t.loop()));
        if (t.claims(Capability.DRIVEN)) {
            names(t, c, t.newLoop(EngineOptions.DEFAULT));
        }
    }

    private static void names(Trial t, Choices c, EventLoop loop) {
        int unnamed = 0;
        for (int i = c.between("tasks", 1, 5); i > 0; i--) {
            boolean named = c.flag("named");
            Task<@Nullable Object> task = named ? loop.createTask(Body.of(), "my task") : loop.createTask(Body.of());
            t.equal(named ? "my task" : "Task-" + ++unnamed, task.name(), "the name of a task");
            if (c.flag("renamed")) {
                task.setName("other");
                t.equal("other", task.name(), "the name after setName");
            }
        }
    }

    @Law(value = "TASK-19", tries = 1)
    static void loopHoldsItsTasks(Trial t, Choices c) {
        EventLoop loop = t.loop();
        t.run(() -> loop.createTask(Body.of(() -> loop.createFuture()), "forgotten"));
        Collector.collect();
        t.equal(
                List.of("forgotten"),
                loop.allTasks().stream().map(Task::name).toList(),
                "tasks that nobody else holds");
    }

    @Law(value = "TASK-23", tries = 2)
    static void loopLetsGoOfDoneTasks(Trial t, Choices c) {
        int way = c.between("the first one", 0, WAYS_TO_END - 1);
        List<WeakReference<Task<?>>> done = new ArrayList<>();
        t.run(() -> {
            for (int i = 0; i < WAYS_TO_END; i++) {
                done.add(new WeakReference<>(ending(t.loop(), (way + i) % WAYS_TO_END)));
            }
        });
        for (int i = 0; i < COLLECTIONS && done.stream().anyMatch(task -> task.get() != null); i++) {
            Collector.collect();
            t.run(() -> {});
        }
        t.equal(0L, done.stream().filter(task -> task.get() != null).count(), "done tasks that are still held");
    }

    /** A task that soon returns, fails, or is cancelled, waiting or by itself; somebody looks, so that no failure is lost. */
    private static Task<?> ending(EventLoop loop, int way) {
        Promise<@Nullable Object> never = loop.createFuture();
        Task<@Nullable Object> task = loop.createTask(Body.of(() -> way == 2 ? never : Bodies.YIELD, () -> {
            if (way == 1) {
                throw new Exception("problem");
            } else if (way == 3) {
                Objects.requireNonNull(loop.currentTask()).cancel();
            }
            return null;
        }));
        task.addDoneCallback(ended -> Trial.outcome(ended::result));
        if (way == 2) {
            loop.callSoon(new Delay(loop, 3, task::cancel));
        }
        return task;
    }

    @Law("TASK-20")
    static void coroutineIsMadeOnceAndNotSteppedAfterItsEnd(Trial t, Choices c) {
        int pauses = c.between("pauses", 0, 3);
        boolean fails = c.flag("it fails");
        AtomicInteger made = new AtomicInteger();
        AtomicInteger steps = new AtomicInteger();
        Awaitable<String> counted = () -> {
            made.incrementAndGet();
            return new Counted(steps, pauses, fails);
        };
        t.run(() -> {
            Task<String> task = t.loop().createTask(counted);
            t.same(counted, task.awaitable(), "what a task was made from");
        });
        t.equal(1, made.get(), "how many runs a task began");
        t.equal(pauses + 1, steps.get(), "how many steps a task made");
    }

    private static final class Counted implements Coroutine<String> {
        private final AtomicInteger steps;
        private final int pauses;
        private final boolean fails;

        Counted(AtomicInteger steps, int pauses, boolean fails) {
            this.steps = steps;
            this.pauses = pauses;
            this.fails = fails;
        }

        @Override
        public Suspension step() throws Exception {
            if (steps.incrementAndGet() <= pauses) {
                return Pause.YIELD;
            }
            if (fails) {
                throw new Exception("problem");
            }
            return Pause.FINISHED;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            steps.incrementAndGet();
            throw error;
        }

        @Override
        public String result() {
            return "value";
        }

        @Override
        public void close() {
            // nothing to clean up
        }
    }

    @Law("TASK-21")
    static void observersSeeTheLifeOfATask(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean fails = c.flag("it fails");
        boolean cancelled = c.flag("cancelled");
        Watch watch = new Watch(t);
        t.run(() -> {
            Promise<@Nullable Object> gate = loop.createFuture();
            loop.addObserver(watch);
            Task<@Nullable Object> task = loop.createTask(Body.of(() -> Bodies.YIELD, () -> gate, () -> {
                if (fails) {
                    throw new Exception("problem");
                }
                return null;
            }));
            watch.task = task;
            new Delay(loop, 5, () -> {
                        if (cancelled) {
                            task.cancel("enough");
                        } else {
                            gate.setResult(null);
                        }
                    })
                    .run();
        });
        List<String> expected = new ArrayList<>(List.of("created", "begins", "ends YIELD", "begins", "ends waiting"));
        if (cancelled) {
            expected.add("cancel enough");
        }
        expected.addAll(List.of("begins", fails || cancelled ? "ends throwing" : "ends FINISHED", "done"));
        t.expect(expected);
    }

    /** Records what happens to one task. */
    private static final class Watch implements LoopObserver {
        private final Trial trial;
        private @Nullable Task<?> task;

        Watch(Trial trial) {
            this.trial = trial;
        }

        @Override
        public void taskCreated(Task<?> created) {
            trial.say("created");
        }

        @Override
        public void stepBegins(Task<?> stepped) {
            trial.same(task, stepped, "the task that steps");
            trial.say("begins");
        }

        @Override
        public void stepEnds(Task<?> stepped, @Nullable Suspension suspension) {
            trial.say("ends "
                    + (suspension == null ? "throwing" : suspension instanceof Future ? "waiting" : suspension));
        }

        @Override
        public void cancelRequested(Task<?> asked, @Nullable String message) {
            trial.say("cancel " + message);
        }

        @Override
        public void done(Future<?> future) {
            if (future == task) {
                trial.say("done");
            }
        }
    }
}
