package heddle.tck.law;

import heddle.api.CancelledError;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.ThrowingRunnable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter THREAD about jobs on executors, and interrupts. */
final class JobLaws {

    private JobLaws() {}

    /** An executor of one daemon thread. */
    private static ExecutorService oneThread() {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
            Thread thread = new Thread(body, "tck-job");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Finishes the run when {@code future} is done. */
    private static void finishAfter(Trial t, Future<?> future) {
        addDone(future, () -> t.finish());
    }

    private static <T extends @Nullable Object> void addDone(Future<T> future, Runnable then) {
        future.addDoneCallback(done -> then.run());
    }

    @Law(value = "THREAD-8", tries = 20)
    static void jobRunsElsewhereAndItsOutcomeComesBack(Trial t, Choices c) {
        t.drawClock(c);
        EventLoop loop = t.loop();
        Object value = Bodies.value(c);
        Throwable problem = c.flag("it fails") ? Bodies.problem(c) : null;
        boolean own = c.flag("an executor of one's own");
        ExecutorService executor = oneThread();
        CountDownLatch released = new CountDownLatch(1);
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        List<Future<@Nullable Object>> made = new ArrayList<>();
        t.serve(() -> {
            Future<@Nullable Object> job = loop.runInExecutor(own ? executor : null, () -> {
                ranOn.set(Thread.currentThread());
                t.await(released, "the loop to go on while a job runs");
                if (problem != null) {
                    throw Bodies.<Exception>as(problem);
                }
                return value;
            });
            made.add(job);
            t.check(!job.done(), "the future of a job is pending at first");
            loop.callSoon(released::countDown);
            job.addDoneCallback(done -> t.same(loop, EventLoop.running(), "where the outcome comes back"));
            finishAfter(t, job);
        });
        executor.shutdown();
        t.check(ranOn.get() != Thread.currentThread(), "a job runs on another thread");
        t.same(problem, made.get(0).exception(), "the exception of a job");
        if (problem == null) {
            t.equal(value, Trial.valueOf(made.get(0)), "the result of a job");
        }
    }

    @Law(value = "THREAD-9", tries = 10)
    static void cancelledJobIsLetGo(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int queued = c.between("jobs behind it", 1, 3);
        ExecutorService executor = oneThread();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        t.serve(() -> {
            Future<@Nullable Object> running = loop.runInExecutor(executor, () -> {
                begun.countDown();
                t.await(released, "the end of a job");
                t.check(!Thread.currentThread().isInterrupted(), "a running job isn't interrupted");
                ended.countDown();
                return null;
            });
            List<Future<@Nullable Object>> jobs = new ArrayList<>(List.of(running));
            for (int i = 0; i < queued; i++) {
                jobs.add(loop.runInExecutor(executor, () -> {
                    t.say("a cancelled job began");
                    return null;
                }));
            }
            loop.createTask(Body.of(() -> running).catching(error -> {
                t.check(error instanceof CancelledError, "who awaits a cancelled job meets a CancelledError: " + error);
                t.say("free");
                released.countDown();
                return null;
            }));
            t.await(begun, "a job to begin");
            new Delay(loop, 5, () -> jobs.forEach(job -> t.check(job.cancel(), "a job can be cancelled"))).run();
            Future<@Nullable Object> last = loop.runInExecutor(executor, () -> null);
            finishAfter(t, last);
        });
        executor.shutdown();
        t.await(ended, "the running job to end by itself");
        t.expect("free");
    }

    @Law("THREAD-10")
    static void rejectedJobFails(Trial t, Choices c) {
        EventLoop loop = t.loop();
        RuntimeException problem = c.flag("with an exception of its own")
                ? new IllegalArgumentException("no")
                : new RejectedExecutionException("full");
        t.run(() -> {
            Future<@Nullable Object> job = loop.runInExecutor(
                    body -> {
                        throw problem;
                    },
                    () -> null);
            job.addDoneCallback(done -> {
                t.same(problem, done.exception(), "the exception of a rejected job");
                t.say("failed");
            });
        });
        t.expect("failed");
    }

    @Law(value = "THREAD-11", tries = 5)
    static void completionAfterTheEndIsDropped(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean fails = c.flag("it fails");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        List<Future<@Nullable Object>> made = new ArrayList<>();
        t.run(() -> {
            made.add(loop.runInExecutor(
                    body -> threads.add(t.thread(() -> thrown.set(Trial.thrownBy(body::run)))), () -> {
                        begun.countDown();
                        t.await(released, "the loop to be closed");
                        if (fails) {
                            throw new Exception("too late");
                        }
                        return "too late";
                    }));
            t.await(begun, "a job to begin");
        });
        loop.close();
        int before = t.reports(ErrorReport.Kind.CALLBACK).size();
        released.countDown();
        threads.forEach(t::join);
        t.same(null, thrown.get(), "what the executor's thread meets when its loop is closed");
        t.check(!made.get(0).done(), "the future of a job that came too late stays pending");
        t.equal(before, t.reports(ErrorReport.Kind.CALLBACK).size(), "reports of a job that came too late");
    }

    @Law(value = "THREAD-14", tries = 10)
    static void interruptCancelsMainOrIsReported(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean main = c.flag("with a main task");
        boolean early = c.flag("before the run");
        boolean busy = c.flag("a callback is always ready");
        if (early) {
            Thread.currentThread().interrupt();
        } else {
            loop.callSoon(() -> Thread.currentThread().interrupt());
        }
        if (busy) {
            loop.callSoon(new BusyUntilTaken(t));
        }
        if (main) {
            Throwable thrown = Trial.thrownBy(() ->
                    loop.runUntilComplete(Body.of(() -> loop.createFuture()).catching(error -> {
                        t.say("main raised " + error.getClass().getSimpleName());
                        throw error;
                    })));
            t.check(thrown instanceof CancelledError, "an interrupted main is cancelled, but came " + thrown);
            t.check(early || t.trace().size() == 1, "main is raised one error: " + t.trace());
        } else {
            t.run(t.moment(), () -> loop.callLater(t.moment() / 2, t.saying("it goes on")));
            t.expect("it goes on");
        }
        t.check(!Thread.interrupted(), "the interrupt was taken");
        t.equal(main ? 0 : 1, t.reports(ErrorReport.Kind.INTERRUPT).size(), "reports of an interrupt");
        t.run(t.moment(), () -> loop.callLater(t.moment() / 2, t.saying("it runs again")));
        t.check(t.trace().contains("it runs again"), "the loop runs again after an interrupt");
    }

    /** Keeps the loop busy until an interrupt of its thread was taken: how soon that is, is up to the engine. */
    private record BusyUntilTaken(Trial t) implements ThrowingRunnable {
        @Override
        public void run() {
            if (Thread.currentThread().isInterrupted()) {
                t.check(!t.isAbandoned(), "an interrupt is taken although callbacks are always ready");
                t.loop().callSoon(this);
            }
        }
    }

    @Law(value = "THREAD-15", tries = 5)
    static void defaultExecutorCanBeSetAndShutDown(Trial t, Choices c) {
        EventLoop loop = t.loop();
        int jobs = c.between("jobs", 1, 4);
        ExecutorService executor = oneThread();
        t.serve(() -> {
            loop.setDefaultExecutor(executor);
            for (int i = 0; i < jobs; i++) {
                String line = "job " + i;
                loop.runInExecutor(null, () -> {
                    t.equal("tck-job", Thread.currentThread().getName(), "the thread of the executor that was set");
                    t.say(line);
                    return null;
                });
            }
            Future<@Nullable Void> over = loop.shutdownDefaultExecutor();
            over.addDoneCallback(done -> {
                t.equal(jobs, t.trace().size(), "jobs that ran before the shutdown was over");
                Throwable refused = Trial.thrownBy(() -> {
                    Future<@Nullable Object> late = loop.runInExecutor(null, () -> null);
                    t.check(late.done() && late.exception() != null, "a job after the shutdown fails");
                });
                t.check(refused == null || refused instanceof IllegalStateException, "a refusal, not " + refused);
                loop.runInExecutor(Runnable::run, () -> "own").addDoneCallback(own -> {
                    t.equal("own", own.result(), "a job for an executor of one's own, after the shutdown");
                    t.finish();
                });
            });
        });
        t.equal(jobs, t.trace().size(), "jobs that ran");
        t.check(executor.isShutdown(), "the executor was shut down");
    }

    @Law(value = "THREAD-16", tries = 2)
    static void closeShutsTheDefaultExecutorDown(Trial t, Choices c) {
        EventLoop loop = t.loop();
        boolean busy = c.flag("a job runs");
        ExecutorService executor = oneThread();
        CountDownLatch over = new CountDownLatch(1);
        t.run(() -> {
            loop.setDefaultExecutor(executor);
            if (busy) {
                loop.runInExecutor(null, () -> {
                    t.await(over, "the end of the law");
                    return null;
                });
            }
        });
        loop.close();
        t.check(executor.isShutdown(), "the default executor takes no more jobs once the loop is closed");
        t.check(!busy || !executor.isTerminated(), "the job that runs is left alone");
        over.countDown();
    }
}
