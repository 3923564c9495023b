package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import heddle.api.spi.*;
import heddle.sync.Event;
import java.io.*;
import java.util.*;

/** Steps, waits, outcomes, and what a task says of itself. */
final class TaskExamples {
    private TaskExamples() {}

    static void task1() throws Exception {
        var task = createTask(async(() -> System.out.println("the task")));
        System.out.println("createTask has returned");
        await(task);
    }

    static void task2() throws Exception {
        var loop = EventLoop.running();
        loop.callSoon(() -> System.out.println("a"));
        createTask(async(() -> System.out.println("the task")));
        loop.callSoon(() -> System.out.println("b"));
        await(sleep(0));
    }

    static void task3() throws Exception {
        var task = createTask(async(() -> "its value"), "task");
        task.addDoneCallback(done -> System.out.println("the callback"));
        EventLoop.running().callSoon(() -> System.out.println(task)); // in the task's turn, behind it
        await(sleep(0));
        await(sleep(0));
    }

    static void task4() throws Exception {
        var error = new AssertionError("torn");
        var task = createTask(
                async(() -> {
                    throw error;
                }),
                "task");
        try {
            await(task);
        } catch (AssertionError e) {
            System.out.println(e == error);
        }
        System.out.println(task);
    }

    static void task5() throws Exception {
        var tasks = new ArrayList<Task<?>>();
        for (var name : List.of("a", "b")) {
            tasks.add(createTask(async(() -> {
                for (int i = 1; i <= 3; i++) {
                    System.out.println(name + i);
                    await(sleep(0));
                }
            })));
        }
        await(gather(tasks));
    }

    static void task6() throws Exception {
        var loop = EventLoop.running();
        var good = loop.<String>createFuture();
        var bad = loop.<String>createFuture();
        var task = createTask(async(() -> {
            System.out.println(await(good));
            try {
                await(bad);
            } catch (IOException e) {
                System.out.println("raised where it waits: " + e.getMessage());
            }
        }));
        loop.callSoon(() -> good.setResult("a result"));
        loop.callSoon(() -> bad.setException(new IOException("torn")));
        await(task);
    }

    static void task7() throws Exception {
        Awaitable<String> nested = async(() -> "from 100 awaits deep");
        for (int i = 0; i < 100; i++) {
            var inner = nested;
            nested = async(() -> await(inner));
        }
        EventLoop.running().callSoon(() -> System.out.println("the next turn"));
        System.out.println(await(nested));
        await(sleep(0));
        System.out.println("after a yield");
    }

    static void task8() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        var waiter = createTask(async(() -> System.out.println("the waiter has " + await(future))));
        await(sleep(0)); // now it waits
        EventLoop.running().callSoon(() -> {
            future.setResult("a result");
            System.out.println("completed");
        });
        EventLoop.running().callSoon(() -> System.out.println("the rest of that turn"));
        await(waiter);
    }

    static void task9() throws Exception {
        var turns = new ArrayList<Integer>();
        var counter = new LoopObserver() {
            @Override
            public void turnBegins() {
                turns.add(turns.size() + 1);
            }
        };
        EventLoop.running().addObserver(counter);
        Awaitable<String> nested = async(() -> "ended");
        for (int tasks = 1; tasks <= 3; tasks++) {
            var inner = nested;
            nested = async(() -> await(createTask(inner)));
            turns.clear();
            await(nested);
            System.out.println("tasks: " + tasks + ", turns: " + turns.size());
        }
        EventLoop.running().removeObserver(counter);
    }

    static void task10() throws Exception {
        var task = createTask(async(() -> await(currentTask())), "task");
        await(awaitAll(task));
        System.out.println(task.exception().getMessage());
    }

    static void task11() throws Exception {
        var other = Engines.newEventLoop();
        var future = other.<String>createFuture();
        var task = createTask(async(() -> await(future)), "task");
        await(awaitAll(task));
        System.out.println(task.exception().getMessage());
        System.out.println(future);
        other.close();
    }

    static void task12() throws Exception {
        class Mistaken implements Coroutine<String> {
            public Suspension step() {
                return null;
            }

            public Suspension raise(Throwable error) throws Throwable {
                throw error;
            }

            public String result() {
                return "never";
            }

            public void close() {}
        }
        var task = createTask(() -> new Mistaken(), "task");
        await(awaitAll(task));
        System.out.println(task.exception().getMessage());
    }

    static void task13() throws Exception {
        var counts = new HashMap<String, Integer>(Map.of("all", 0));
        Runnable count = () -> counts.put("all", counts.get("all") + 1);
        var tasks = new ArrayList<Task<?>>();
        for (int task = 0; task < 10; task++) {
            tasks.add(createTask(async(() -> {
                for (int i = 0; i < 100; i++) {
                    count.run(); // reads and writes: nobody comes between
                    await(sleep(0));
                }
            })));
        }
        await(gather(tasks));
        System.out.println(counts);
    }

    static void task14() throws Exception {
        await(createTask(async(() -> System.out.println(currentTask().name())), "task"));
        EventLoop.running()
                .callSoon(() -> System.out.println(EventLoop.running().currentTask()));
        await(sleep(0));
    }

    static void task15(EventLoop loop) throws Exception {
        loop.createTask(sleep(1), "short");
        loop.createTask(sleep(2), "long");
        System.out.println(loop.allTasks());
        loop.runUntilComplete(sleep(1.5));
        System.out.println(loop.allTasks());
        loop.runUntilComplete(sleep(1));
        System.out.println(loop.allTasks());
    }

    static void task16() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        var task = createTask(async(() -> await(future)));
        System.out.println("new: " + task.waitingOn());
        await(sleep(0));
        System.out.println("waiting: " + (task.waitingOn() == future));
        future.setResult("a result");
        System.out.println("ready: " + task.waitingOn());
        await(task);
        System.out.println("done: " + task.waitingOn());
    }

    static void task17(EventLoop loop) {
        System.out.println(loop.createTask(sleep(1)).name());
        System.out.println(loop.createTask(sleep(1)).name());
        var task = loop.createTask(sleep(1), "nap");
        System.out.println(task.name());
        task.setName("long nap");
        System.out.println(task.name());
        loop.allTasks().forEach(each -> each.cancel());
    }

    static void task18() throws Exception {
        var task = createTask(sleep(60));
        await(sleep(0));
        task.cancel("no time left");
        await(sleep(0.01));
        for (int look = 1; look <= 2; look++) {
            try {
                task.result();
            } catch (CancelledError e) {
                System.out.println("look " + look + ": " + e.getMessage());
            }
        }
    }

    static void task19() throws Exception {
        var over = new Event();
        createTask(async(() -> {
            await(sleep(0.01));
            System.out.println("nobody holds this task but the loop");
            over.set();
        }));
        System.gc();
        await(over.await());
    }

    static void task20() throws Exception {
        Awaitable<String> counted = () -> {
            System.out.println("begun");
            return sleep(0.01, "slept").coroutine();
        };
        System.out.println(await(createTask(counted)));
    }

    static void task21(EventLoop loop) throws Exception {
        loop.addObserver(new LoopObserver() {
            @Override
            public void taskCreated(Task<?> task) {
                System.out.println(task.name() + " is created");
            }

            @Override
            public void stepBegins(Task<?> task) {
                System.out.println(task.name() + " runs");
            }

            @Override
            public void stepEnds(Task<?> task, Suspension suspension) {
                System.out.println(task.name() + " ends its step with " + suspension);
            }

            @Override
            public void cancelRequested(Task<?> task, String message) {
                System.out.println(task.name() + " is asked to cancel");
            }

            @Override
            public void done(Future<?> future) {
                System.out.println(future + " is done");
            }
        });
        var nap = loop.createTask(sleep(0, "rested"), "nap");
        loop.runUntilComplete(nap);
    }

    static void task22(EventLoop loop) throws Exception {
        var bell = loop.<String>createFuture();
        for (var name : List.of("a", "b")) {
            loop.createTask(async(() -> System.out.println(name + " heard " + await(bell) + " at " + loop.time())));
        }
        loop.callLater(1, () -> bell.setResult("the bell"));
        bell.addDoneCallback(done -> System.out.println("the callback"));
        loop.runUntilComplete(sleep(2));
    }

    static void task23() throws Exception {
        var task = createTask(sleep(0, "rested"));
        await(task);
        System.out.println(EventLoop.running().allTasks().contains(task));
    }
}
