package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import java.io.*;
import java.util.*;

/** Requests, their delivery, and how cancelled tasks end. */
final class CancelExamples {
    private CancelExamples() {}

    static void cancel1() throws Exception {
        var task = createTask(sleep(0, "rested"), "nap");
        await(task);
        System.out.println(task.cancel() + ", requests: " + task.cancelling());
        System.out.println(task);
    }

    static void cancel2() throws Exception {
        var task = createTask(sleep(60), "nap");
        await(sleep(0)); // now it sleeps
        System.out.println(task.cancel() + ", requests: " + task.cancelling() + ", cancelled: " + task.cancelled());
        await(awaitAll(task));
        System.out.println("cancelled: " + task.cancelled());
    }

    static void cancel3() throws Exception {
        var task = createTask(async(() -> System.out.println("never")), "task");
        task.cancel();
        await(awaitAll(task));
        System.out.println(task);
    }

    static void cancel4() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        var task = createTask(
                async(() -> {
                    try {
                        await(future);
                    } finally {
                        System.out.println("cleaned up");
                    }
                }),
                "task");
        await(sleep(0)); // now it waits
        task.cancel();
        System.out.println("the future is cancelled: " + future.cancelled());
        await(awaitAll(task));
        System.out.println(task);
    }

    static void cancel5() throws Exception {
        var inner = createTask(async(() -> {
            try {
                await(sleep(60));
            } finally {
                System.out.println("the inner task cleans up");
            }
        }));
        var outer = createTask(async(() -> {
            try {
                await(inner);
            } finally {
                System.out.println("the outer task cleans up");
            }
        }));
        await(sleep(0));
        await(sleep(0)); // now both wait
        outer.cancel();
        await(awaitAll(outer));
    }

    static void cancel6() throws Exception {
        var shared = EventLoop.running().<String>createFuture();
        var one = createTask(async(() -> await(shared)), "one");
        var other = createTask(async(() -> await(shared)), "other");
        await(sleep(0)); // now both wait
        one.cancel();
        await(awaitAll(one, other));
        System.out.println(other + ", requests: " + other.cancelling());
    }

    static void cancel7() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        var task = createTask(async(() -> await(future)), "task");
        await(sleep(0)); // now it waits
        future.setResult("too late");
        task.cancel();
        await(awaitAll(task));
        System.out.println(task);
    }

    static void cancel8() throws Exception {
        var task = createTask(async(() -> {
            try {
                await(sleep(60));
            } catch (CancelledError e) {
                System.out.println("met: " + e.getMessage());
            }
            await(sleep(0.01));
            System.out.println("and no other");
        }));
        await(sleep(0)); // now it sleeps
        task.cancel("the first");
        task.cancel("the second");
        System.out.println("requests: " + task.cancelling());
        await(awaitAll(task));
    }

    static void cancel9() throws Exception {
        var task = createTask(
                async(() -> {
                    try {
                        await(sleep(60));
                    } catch (CancelledError e) {
                        System.out.println("swallowed");
                    }
                    await(sleep(0.01));
                    return "a normal end";
                }),
                "task");
        await(sleep(0)); // now it sleeps
        task.cancel();
        System.out.println(await(task) + ", requests: " + task.cancelling());
    }

    static void cancel10() throws Exception {
        var task = createTask(
                async(() -> {
                    try {
                        await(sleep(60));
                    } finally {
                        System.out.println("a clean-up that hangs");
                        await(sleep(60));
                    }
                }),
                "task");
        await(sleep(0)); // now it sleeps
        task.cancel();
        await(sleep(0.01)); // now it cleans up
        task.cancel();
        await(awaitAll(task));
        System.out.println(task);
    }

    static void cancel11() throws Exception {
        var task = createTask(
                async(() -> {
                    currentTask().cancel();
                    System.out.println("it goes on");
                    await(sleep(0));
                    System.out.println("never");
                }),
                "task");
        await(awaitAll(task));
        System.out.println(task);
    }

    static void cancel12() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        var task = createTask(
                async(() -> {
                    currentTask().cancel();
                    await(future);
                }),
                "task");
        await(awaitAll(task));
        System.out.println(future.cancelled());
        System.out.println(task);
    }

    static void cancel13() throws Exception {
        var task = createTask(async(() -> {
            currentTask().cancel();
            try {
                await(sleep(0));
            } catch (CancelledError e) {
                System.out.println("met at the yield");
            }
        }));
        await(task);
    }

    static void cancel14() throws Exception {
        var task = createTask(
                async(() -> {
                    currentTask().cancel("changed my mind");
                    return "dropped";
                }),
                "task");
        await(awaitAll(task));
        System.out.println(task);
    }

    static void cancel15() throws Exception {
        var task = createTask(
                async(() -> {
                    currentTask().cancel();
                    throw new IOException("torn");
                }),
                "task");
        await(awaitAll(task));
        System.out.println(task.exception());
    }

    static void cancel16() throws Exception {
        var task = createTask(
                async(() -> {
                    throw new CancelledError("I give up");
                }),
                "task");
        await(awaitAll(task));
        System.out.println(task + ", requests: " + task.cancelling());
    }

    static void cancel17() throws Exception {
        var nap = createTask(sleep(60), "nap");
        var waiter = createTask(async(() -> await(nap)), "waiter");
        await(sleep(0)); // now it waits
        nap.cancel();
        await(awaitAll(waiter));
        System.out.println(waiter + ", requests: " + waiter.cancelling());
    }

    static void cancel18() throws Exception {
        var task = createTask(
                async(() -> {
                    try {
                        await(sleep(60));
                    } catch (CancelledError e) {
                        throw new IOException("the clean-up went wrong");
                    }
                }),
                "task");
        await(sleep(0)); // now it sleeps
        task.cancel();
        await(awaitAll(task));
        System.out.println(task.exception());
    }

    static void cancel19() throws Exception {
        var task = createTask(sleep(60));
        await(sleep(0)); // now it sleeps
        task.cancel();
        task.cancel();
        System.out.println(task.uncancel());
        System.out.println(task.uncancel());
        System.out.println(task.uncancel());
        await(awaitAll(task));
    }

    static void cancel20() throws Exception {
        var task = createTask(sleep(60), "nap");
        await(sleep(0)); // now it sleeps
        task.cancel(); // which cancels what it waits for
        System.out.println(task.uncancel() + " requests left");
        await(awaitAll(task));
        System.out.println(task);
    }

    static void cancel21() throws Exception {
        var task = createTask(async(() -> {
            currentTask().cancel();
            currentTask().uncancel();
            await(sleep(0));
            return "as if nothing had been";
        }));
        System.out.println(await(task));
    }

    static void cancel22() throws Exception {
        var task = createTask(async(() -> {
            try {
                await(sleep(60));
            } finally {
                System.out.println("the task cleans up");
            }
        }));
        await(sleep(0)); // now it sleeps
        task.cancel();
        System.out.println("cancel has returned");
        await(awaitAll(task));
    }

    static void cancel23() throws Exception {
        var inner = createTask(sleep(60));
        var outer = createTask(async(() -> {
            try {
                await(inner);
            } catch (CancelledError e) {
                System.out.println("met: " + e.getMessage());
            }
        }));
        await(sleep(0));
        await(sleep(0)); // now both wait
        outer.cancel("the shop is closing");
        await(outer);
        System.out.println("the inner one is cancelled, too: " + inner.cancelled());
    }

    static void cancel24(EventLoop loop) throws Exception {
        var stubborn = loop.createTask(async(() -> {
            for (int left = 2; left > 0; left--) {
                try {
                    await(sleep(60));
                } catch (CancelledError e) {
                    System.out.println(e.getMessage() + " at " + loop.time() + ", swallowed");
                }
            }
            return "had enough";
        }));
        for (int second : List.of(1, 2)) {
            loop.callLater(second, () -> stubborn.cancel("request " + second));
        }
        System.out.println(loop.runUntilComplete(stubborn) + ", requests: " + stubborn.cancelling());
    }

    static void cancel25() throws Exception {
        var future = EventLoop.running().<String>createFuture();
        future.cancel("no time left");
        System.out.println(future.cancelMessage());
    }
}
