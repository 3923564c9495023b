package heddle.bench;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code sleep(0)}: a task lets all the others run. */
final class Yield {

    private static final int TURNS = 1_000_000;

    private Yield() {}

    static Workload chains(int tasks) {
        return new Workload("yield-" + tasks, "sleep(0) among " + tasks + " tasks", Kind.SMALL, TURNS, tasks, n -> n)
                .by("heddle", n -> heddle(tasks, n))
                .by("heddle-stepper", n -> tasks(tasks, n, Steps::stepper))
                .by("netty", n -> netty(tasks, n))
                .by("completable-future", n -> completableFuture(tasks, n))
                .by("floor-ring", n -> ring(tasks, n))
                .must("heddle", 0.55, "netty")
                .aim("heddle", 0.3, "netty");
    }

    static Workload bodies(int tasks) {
        String[] baton = {"-Dheddle.carrier=virtual"};
        return new Workload(
                        "direct-" + tasks,
                        "sleep(0) in direct style among " + tasks + " tasks",
                        Kind.SMALL,
                        TURNS,
                        tasks,
                        n -> n)
                .by("heddle-continuation", n -> tasks(tasks, n, Steps::body), Continuation.FLAG)
                .by("heddle-virtual", Virtual::exist, n -> tasks(tasks, n, Steps::body), baton)
                .by("virtual-threads", Virtual::exist, n -> virtualThreads(tasks, n), Virtual.ONE_CARRIER)
                .by("floor-continuation", Continuation::exist, n -> continuations(tasks, n), Continuation.FLAG)
                .by("floor-baton", Virtual::exist, n -> Baton.run(tasks, n))
                .must("heddle-continuation", 1.0, "virtual-threads")
                .aim("heddle-continuation", 1.15, "floor-continuation")
                .must("heddle-virtual", 1.3, "floor-baton")
                .aim("heddle-virtual", 1.1, "floor-baton");
    }

    // ---- Heddle

    private static long heddle(int tasks, int n) throws Exception {
        return tasks(tasks, n, Steps::recipe);
    }

    /** The yields alone, without the making of the tasks. */
    static long prepared(int tasks, int n) throws Exception {
        long begin = System.nanoTime();
        List<Steps> all = steps(tasks, n);
        List<Chain<?>> recipes = new ArrayList<>(tasks + 1);
        recipes.add(chain((Object) "made").tap(made -> Aside.since(begin)));
        all.forEach(each -> recipes.add(each.recipe()));
        run(chain(recipes).gather(each -> each));
        return done(all);
    }

    private static long tasks(int tasks, int n, Function<Steps, Awaitable<?>> code) throws Exception {
        List<Steps> all = steps(tasks, n);
        run(chain(all.stream().<Awaitable<?>>map(code).toList()).gather(each -> each));
        return done(all);
    }

    private static List<Steps> steps(int tasks, int n) {
        List<Steps> all = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            all.add(new Steps(n / tasks));
        }
        return all;
    }

    private static long done(List<Steps> all) {
        return all.stream().mapToLong(each -> each.done).sum();
    }

    /** What one task does: so many yields. */
    private static final class Steps {
        private final int turns;
        private final Chain<?> recipe = sleep(0).repeatWhile(slept -> more());
        int done;

        Steps(int turns) {
            this.turns = turns;
        }

        boolean more() {
            return ++done < turns;
        }

        Chain<?> recipe() {
            return recipe;
        }

        Chain<Object> body() {
            return async(() -> {
                do {
                    await(sleep(0));
                } while (more());
                return "end";
            });
        }

        /** The await protocol, by hand: the engine alone. */
        Awaitable<Object> stepper() {
            return () -> new Coroutine<>() {
                private boolean begun;

                @Override
                public Suspension step() {
                    if (begun && !more()) {
                        return Pause.FINISHED;
                    }
                    begun = true;
                    return Pause.YIELD;
                }

                @Override
                public Suspension raise(Throwable error) throws Throwable {
                    throw error;
                }

                @Override
                public Object result() {
                    return "end";
                }

                @Override
                public void close() {
                    // nothing to end
                }
            };
        }
    }

    // ---- peers

    private static long netty(int tasks, int n) throws Exception {
        return NettyLoop.run((loop, result) -> {
            List<Steps> all = steps(tasks, n);
            int[] left = {tasks};
            for (Steps each : all) {
                new NettyTask(loop, each, () -> {
                            if (--left[0] == 0) {
                                result.setSuccess(done(all));
                            }
                        })
                        .nextTurn();
            }
        });
    }

    private record NettyTask(EventExecutor loop, Steps steps, Runnable end)
            implements GenericFutureListener<Future<Object>> {
        void nextTurn() {
            Promise<Object> turn = loop.newPromise();
            turn.addListener(this);
            loop.execute(() -> turn.setSuccess(null));
        }

        @Override
        public void operationComplete(Future<Object> turn) {
            if (steps.more()) {
                nextTurn();
            } else {
                end.run();
            }
        }
    }

    private static long completableFuture(int tasks, int n) {
        Ring loop = new Ring();
        List<Steps> all = steps(tasks, n);
        for (Steps each : all) {
            new CompletableTask(loop, each).nextTurn();
        }
        loop.run();
        return done(all);
    }

    private record CompletableTask(Ring loop, Steps steps) implements Supplier<Object> {
        void nextTurn() {
            CompletableFuture<Object> turn = CompletableFuture.supplyAsync(this, loop);
            CompletableFuture<Void> unused = turn.thenAccept(end -> {
                if (steps.more()) {
                    nextTurn();
                }
            });
        }

        @Override
        public Object get() {
            return "turn";
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the scheduler is what is measured
    private static long virtualThreads(int tasks, int n) throws Exception {
        List<Steps> all = steps(tasks, n);
        Virtual.all(all.stream()
                .<Runnable>map(each -> () -> {
                    do {
                        Thread.yield();
                    } while (each.more());
                })
                .toList());
        return done(all);
    }

    // ---- floors

    private static long ring(int tasks, int n) {
        Ring loop = new Ring();
        List<Steps> all = steps(tasks, n);
        for (Steps each : all) {
            loop.execute(new Runnable() {
                @Override
                public void run() {
                    if (each.more()) {
                        loop.execute(this);
                    }
                }
            });
        }
        loop.run();
        return done(all);
    }

    private static long continuations(int tasks, int n) {
        Ring loop = new Ring();
        List<Steps> all = steps(tasks, n);
        for (Steps each : all) {
            boolean[] ended = {false};
            Object continuation = Continuation.create(() -> {
                do {
                    Continuation.pause();
                } while (each.more());
                ended[0] = true;
            });
            loop.execute(new Runnable() {
                @Override
                public void run() {
                    Continuation.run(continuation);
                    if (!ended[0]) {
                        loop.execute(this);
                    }
                }
            });
        }
        loop.run();
        return done(all);
    }
}
