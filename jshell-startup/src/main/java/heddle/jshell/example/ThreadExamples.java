package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import java.util.*;
import java.util.concurrent.*;

/** Posts, the thread rule, jobs, interrupts. */
final class ThreadExamples {
    private ThreadExamples() {}

    static void thread1() throws Exception {
        var loop = EventLoop.running();
        var future = loop.<String>createFuture();
        try (var hold = loop.hold("the other thread")) { // so that virtual time waits for it, too
            new Thread(() -> loop.callSoonThreadsafe(() -> future.setResult("woken"))).start();
            System.out.println(await(future));
        }
    }

    static void thread2() throws Exception {
        var loop = EventLoop.running();
        await(toThread(() -> {
            for (var name : List.of("first", "second", "third")) {
                loop.callSoonThreadsafe(() -> System.out.println(name));
            }
            return null;
        }));
        await(sleep(0));
    }

    static void thread3() throws Exception {
        var loop = EventLoop.running();
        var counts = new HashMap<String, Integer>(Map.of("posts", 0));
        Callable<String> post = () -> {
            for (int i = 0; i < 1000; i++) {
                loop.callSoonThreadsafe(() -> counts.merge("posts", 1, Integer::sum));
            }
            return "posted";
        };
        await(gather(toThread(post), toThread(post), toThread(post)));
        await(sleep(0));
        System.out.println(counts);
    }

    static void thread4() throws Exception {
        var loop = EventLoop.running();
        loop.callSoonThreadsafe(() -> System.out.println("posted"));
        loop.callSoon(() -> System.out.println("scheduled"));
        await(sleep(0));
    }

    static void thread5() throws Exception {
        var loop = EventLoop.running();
        var job = loop.runInExecutor(null, () -> loop.callSoon(() -> System.out.println("never")));
        await(awaitAll(job));
        System.out.println(job.exception() instanceof IllegalStateException);
    }

    static void thread6(EventLoop loop) throws Exception {
        loop.callSoon(() -> System.out.println("prepared by one thread, run by another"));
        loop.stop();
        var thread = new Thread(loop::runForever);
        thread.start();
        thread.join();
    }

    static void thread7() throws Exception {
        var loop = EventLoop.running();
        var body = createTask(async(() -> {
            await(sleep(0)); // a body has a stack of its own, on some JDKs a thread of its own
            System.out.println(EventLoop.running() == loop);
        }));
        await(body);
    }

    static void thread8() throws Exception {
        var latch = new CountDownLatch(1);
        var job = EventLoop.running().runInExecutor(null, () -> {
            latch.await();
            return "the job is done";
        });
        await(sleep(0));
        System.out.println("the loop goes on");
        latch.countDown();
        System.out.println(await(job));
    }

    static void thread9() throws Exception {
        var begun = new CountDownLatch(1);
        var latch = new CountDownLatch(1);
        var job = EventLoop.running().runInExecutor(null, () -> {
            begun.countDown();
            latch.await();
            return "nobody waits for it";
        });
        begun.await();
        var waiter = createTask(async(() -> await(job)), "waiter");
        await(sleep(0)); // now it waits
        job.cancel();
        await(awaitAll(waiter));
        System.out.println(waiter + ", while the job still runs");
        latch.countDown();
    }

    static void thread10() throws Exception {
        Executor full = job -> {
            throw new RejectedExecutionException("the pool is full");
        };
        var job = EventLoop.running().runInExecutor(full, () -> "never");
        await(awaitAll(job));
        System.out.println(job.exception().getMessage());
    }

    static void thread11(EventLoop loop) throws Exception {
        var jobs = new ArrayList<Runnable>();
        var job = loop.runInExecutor(jobs::add, () -> "too late");
        loop.close();
        jobs.get(0).run();
        System.out.println("done: " + job.done());
    }

    static void thread12() throws Exception {
        var task = createTask(sleep(60), "nap");
        await(sleep(0)); // now it sleeps
        System.out.println(await(toThread(() -> task.name() + ", done: " + task.done())));
        task.cancel();
    }

    static void thread13() throws Exception {
        var loop = EventLoop.running();
        var future = loop.<String>createFuture();
        Callable<String> race = () -> {
            loop.callSoonThreadsafe(() -> {
                if (!future.done()) {
                    future.setResult("completed once");
                }
            });
            return "posted";
        };
        await(gather(toThread(race), toThread(race)));
        System.out.println(await(future));
    }

    static void thread14(EventLoop loop) throws Exception {
        Thread.currentThread().interrupt();
        try {
            loop.runUntilComplete(async(() -> {
                try {
                    await(sleep(3600));
                } finally {
                    System.out.println("cleaned up");
                }
            }));
        } catch (InterruptedException | CancelledError e) {
            System.out.println("interrupted");
        }
        System.out.println("the flag is " + Thread.interrupted());
    }

    static void thread15(EventLoop loop) throws Exception {
        loop.setDefaultExecutor(Executors.newSingleThreadExecutor(job -> new Thread(job, "the worker")));
        System.out.println(loop.runUntilComplete(
                loop.runInExecutor(null, () -> Thread.currentThread().getName())));
        loop.runUntilComplete(loop.shutdownDefaultExecutor());
        try {
            loop.runUntilComplete(loop.runInExecutor(null, () -> "never"));
        } catch (IllegalStateException | RejectedExecutionException e) {
            System.out.println("no more jobs are taken");
        }
    }

    static void thread16(EventLoop loop) throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        loop.setDefaultExecutor(executor);
        loop.close();
        System.out.println(executor.isShutdown());
    }
}
