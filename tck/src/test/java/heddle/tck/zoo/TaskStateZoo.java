package heddle.tck.zoo;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Suspension;
import heddle.api.Task;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelHandle;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelTask;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Broken engines of the chapter TASK: atomicity, what a loop and a task say of themselves, and who watches them. */
final class TaskStateZoo {

    private TaskStateZoo() {}

    static List<Beast> beasts() {
        return List.of(
                new Beast("TASK-13", "allTasks lets a callback run first", RunsInBetween::new),
                new Beast("TASK-14", "the current task is the last one that stepped", StaysCurrent::new),
                new Beast("TASK-15", "done tasks stay in allTasks", NeverForgets::new),
                new Beast(
                        "TASK-16",
                        "waitingOn is the last awaited future",
                        options -> new TasksOf(options, StillWaits::new)),
                new Beast("TASK-17", "tasks of all loops are numbered together", NumberedTogether::new),
                new Beast("TASK-19", "tasks are held weakly", HeldWeakly::new),
                new Beast("TASK-20", "an awaitable is begun twice", BegunTwice::new),
                new Beast(
                        "TASK-21",
                        "observers don't hear the end of a step that threw",
                        options -> new TasksOf(options, EndUnheard::new)),
                new Beast("TASK-23", "the loop keeps its done tasks", KeepsDone::new));
    }

    private static final class RunsInBetween extends ModelLoop {
        RunsInBetween(EngineOptions options) {
            super(options);
        }

        @Override
        public List<Task<?>> allTasks() {
            if (isRunning() && LoopBinding.current() == this && !ready.isEmpty()) {
                ModelHandle next = ready.removeFirst();
                // the turn counts what is ready
                ready.addFirst(new ModelHandle(this, () -> {}, Context.empty(), false));
                runHandle(next);
            }
            return super.allTasks();
        }
    }

    private static final class StaysCurrent extends ModelLoop {
        StaysCurrent(EngineOptions options) {
            super(options);
        }

        @Override
        protected Task<?> swapCurrentTask(Task<?> task) {
            return task == null ? null : super.swapCurrentTask(task);
        }
    }

    private static final class NeverForgets extends ModelLoop {
        NeverForgets(EngineOptions options) {
            super(options);
        }

        @Override
        protected void forget(ModelTask<?> task) {
            // it stays
        }
    }

    private static final class StillWaits extends ModelTask<Object> {
        StillWaits(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        public Future<?> waitingOn() {
            return waiter;
        }
    }

    private static final class NumberedTogether extends ModelLoop {
        private static final AtomicInteger NUMBER = new AtomicInteger();

        NumberedTogether(EngineOptions options) {
            super(options);
        }

        @Override
        public <T> Task<T> createTask(Awaitable<? extends T> awaitable, String name, Context context) {
            return super.createTask(awaitable, name == null ? "Task-" + NUMBER.incrementAndGet() : name, context);
        }
    }

    private static final class HeldWeakly extends ModelLoop {
        private final List<WeakReference<Task<?>>> tasks = new ArrayList<>();

        HeldWeakly(EngineOptions options) {
            super(options);
        }

        @Override
        protected synchronized void remember(ModelTask<?> task) {
            tasks.add(new WeakReference<>(task));
        }

        @Override
        protected synchronized void forget(ModelTask<?> task) {
            tasks.removeIf(each -> each.get() == task);
        }

        @Override
        public synchronized List<Task<?>> allTasks() {
            List<Task<?>> all = new ArrayList<>();
            tasks.stream().map(WeakReference::get).filter(Objects::nonNull).forEach(all::add);
            return all;
        }
    }

    private static final class BegunTwice extends ModelLoop {
        BegunTwice(EngineOptions options) {
            super(options);
        }

        @Override
        protected <T> Coroutine<T> begin(Awaitable<T> awaitable) {
            awaitable.coroutine();
            return super.begin(awaitable);
        }
    }

    private static final class EndUnheard extends ModelTask<Object> {
        EndUnheard(TasksOf loop, Awaitable<?> awaitable, Coroutine<?> coroutine, String name, Context context) {
            super(loop, awaitable, coroutine, name, context);
        }

        @Override
        protected void stepEnds(Suspension suspension) {
            if (suspension != null) {
                super.stepEnds(suspension);
            }
        }
    }

    private static final class KeepsDone extends ModelLoop {
        private final List<ModelTask<?>> done = new ArrayList<>();

        KeepsDone(EngineOptions options) {
            super(options);
        }

        @Override
        protected void forget(ModelTask<?> task) {
            super.forget(task);
            done.add(task);
        }
    }
}
