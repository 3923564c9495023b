package heddle.bench;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.both;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;

import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import heddle.sync.Queue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Items through a bounded queue, from one task to another. */
final class HandOver {

    private static final int ITEMS = 2_000_000;
    private static final int BOUND = 128;

    private HandOver() {}

    static Workload workload() {
        return new Workload(
                        "queue",
                        "an item through a queue of 128, from one producer to one consumer",
                        Kind.SMALL,
                        ITEMS,
                        1,
                        Spawn::sum)
                .by("heddle", HandOver::chains)
                .by("heddle-continuation", HandOver::bodies, Continuation.FLAG)
                .by("completable-future", HandOver::completableFuture)
                .by("reactor", HandOver::reactor)
                .by("virtual-threads", Virtual::exist, HandOver::virtualThreads, Virtual.ONE_CARRIER)
                .must("heddle", 1.0, "virtual-threads")
                .must("heddle-continuation", 1.0, "virtual-threads")
                .aim("heddle", 1.0, "reactor");
    }

    // ---- Heddle

    private static long chains(int n) throws Exception {
        Queue<Integer> queue = new Queue<>(BOUND);
        Consumer consumer = new Consumer(queue, n);
        run(chain(List.of(new Producer(queue, n).recipe, consumer.recipe)).gather(both -> both));
        return consumer.sum;
    }

    /** So many pairs of tasks, each with a queue of its own that holds one item; without the making of the tasks. */
    static long pairs(int pairs, int n) throws Exception {
        long begin = System.nanoTime();
        List<Consumer> consumers = new ArrayList<>(pairs);
        List<Chain<?>> recipes = new ArrayList<>(2 * pairs + 1);
        recipes.add(chain((Object) "made").tap(made -> Aside.since(begin)));
        for (int i = 0; i < pairs; i++) {
            Queue<Integer> queue = new Queue<>(1);
            Consumer consumer = new Consumer(queue, n / pairs);
            consumers.add(consumer);
            recipes.add(new Producer(queue, n / pairs).recipe);
            recipes.add(consumer.recipe);
        }
        run(chain(recipes).gather(each -> each));
        return consumers.stream().mapToLong(each -> each.got).sum();
    }

    private static final class Producer {
        private final Queue<Integer> queue;
        private int sent;
        final Chain<?> recipe;

        Producer(Queue<Integer> queue, int n) {
            this.queue = queue;
            recipe = chain("start").await(this::put).repeatWhile(done -> sent < n);
        }

        private heddle.dsl.Chainable<Void> put() {
            return queue.put(sent++);
        }
    }

    private static final class Consumer {
        private final int n;
        private int got;
        private long sum;
        final Chain<?> recipe;

        Consumer(Queue<Integer> queue, int n) {
            this.n = n;
            recipe = queue.get().repeatWhile(this::take);
        }

        private boolean take(int item) {
            sum += item;
            return ++got < n;
        }
    }

    private static long bodies(int n) throws Exception {
        Queue<Integer> queue = new Queue<>(BOUND);
        return run(() -> await(both(
                        async(() -> {
                            for (int i = 0; i < n; i++) {
                                await(queue.put(i));
                            }
                        }),
                        async(() -> {
                            long sum = 0;
                            for (int i = 0; i < n; i++) {
                                sum += await(queue.get());
                            }
                            return sum;
                        })))
                .second());
    }

    // ---- peers

    private static long completableFuture(int n) {
        return new Hands(n).run();
    }

    /** A bounded queue as one writes it by hand on futures: one that is full or empty is waited for. */
    private static final class Hands {
        private final Ring loop = new Ring();
        private final ArrayDeque<Integer> items = new ArrayDeque<>(BOUND);
        private final int n;
        private CompletableFuture<Void> room = new CompletableFuture<>();
        private CompletableFuture<Void> some = new CompletableFuture<>();
        private int sent;
        private int got;
        private long sum;

        Hands(int n) {
            this.n = n;
        }

        long run() {
            loop.execute(this::produce);
            loop.execute(this::consume);
            loop.run();
            return sum;
        }

        private void produce() {
            while (sent < n) {
                if (items.size() == BOUND) {
                    room = new CompletableFuture<>();
                    CompletableFuture<Void> unused = room.thenRunAsync(this::produce, loop);
                    return;
                }
                items.add(sent++);
                some.complete(null);
            }
        }

        private void consume() {
            while (got < n) {
                Integer item = items.poll();
                if (item == null) {
                    some = new CompletableFuture<>();
                    CompletableFuture<Void> unused = some.thenRunAsync(this::consume, loop);
                    return;
                }
                sum += item;
                got++;
                room.complete(null);
            }
        }
    }

    private static long reactor(int n) throws Exception {
        Scheduler loop = Schedulers.newSingle("bench");
        try {
            long[] sum = {0};
            CountDownLatch end = new CountDownLatch(1);
            Flux.range(0, n).publishOn(loop, BOUND).doOnComplete(end::countDown).subscribe(item -> sum[0] += item);
            end.await();
            return sum[0];
        } finally {
            loop.dispose();
        }
    }

    private static long virtualThreads(int n) throws Exception {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(BOUND);
        long[] sum = {0};
        Virtual.all(List.of(
                () -> {
                    try {
                        for (int i = 0; i < n; i++) {
                            queue.put(i);
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                () -> {
                    try {
                        for (int i = 0; i < n; i++) {
                            sum[0] += queue.take();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        return sum[0];
    }
}
