package heddle.bench;

import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;

import heddle.api.EventLoop;
import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A token goes round through tasks; each waits for it with a new future. */
final class TokenRing {

    private static final int TASKS = 1_000;

    private TokenRing() {}

    static Workload workload() {
        return new Workload(
                        "ring",
                        "a token through 1,000 tasks, a new future each hop",
                        Kind.SMALL,
                        1_000_000,
                        1,
                        n -> n + TASKS)
                .by("heddle", TokenRing::heddle)
                .by("netty", TokenRing::netty)
                .by("vertx", TokenRing::vertx)
                .by("completable-future", TokenRing::completableFuture)
                .must("heddle", 1.3, "netty")
                .aim("heddle", 1.0, "netty");
    }

    // Each takes the token, sends one that is less, and ends when it is used up.

    private static long heddle(int n) throws Exception {
        List<Node> nodes = new ArrayList<>(TASKS);
        long[] hops = {0};
        run(chain(n).gather(token -> {
            EventLoop loop = EventLoop.running();
            for (int i = 0; i < TASKS; i++) {
                nodes.add(new Node(loop, hops));
            }
            for (int i = 0; i < TASKS; i++) {
                nodes.get(i).next = nodes.get((i + 1) % TASKS);
            }
            nodes.get(0).inbox.setResult(token);
            return nodes.stream().map(node -> node.recipe).toList();
        }));
        return hops[0];
    }

    private static final class Node {
        private final EventLoop loop;
        private final long[] hops;
        private final Chain<?> recipe = chain(this).await(Node::inbox).repeatWhile(this::take);
        heddle.api.Promise<Integer> inbox;
        private Node next = this;

        Node(EventLoop loop, long[] hops) {
            this.loop = loop;
            this.hops = hops;
            inbox = loop.createFuture();
        }

        heddle.api.Future<Integer> inbox() {
            return inbox;
        }

        boolean take(int token) {
            hops[0]++;
            inbox = loop.createFuture();
            if (token > 1 - TASKS) {
                next.inbox.setResult(token - 1);
            }
            return token > 0;
        }
    }

    private static long netty(int n) throws Exception {
        return NettyLoop.run((loop, result) -> {
            List<NettyNode> nodes = new ArrayList<>(TASKS);
            long[] hops = {0};
            for (int i = 0; i < TASKS; i++) {
                nodes.add(new NettyNode(loop, hops, result));
            }
            for (int i = 0; i < TASKS; i++) {
                nodes.get(i).next = nodes.get((i + 1) % TASKS);
            }
            nodes.get(0).inbox.setSuccess(n);
        });
    }

    private static final class NettyNode implements GenericFutureListener<Future<Integer>> {
        private final EventExecutor loop;
        private final long[] hops;
        private final Promise<Long> result;
        Promise<Integer> inbox;
        private NettyNode next = this;

        NettyNode(EventExecutor loop, long[] hops, Promise<Long> result) {
            this.loop = loop;
            this.hops = hops;
            this.result = result;
            listen();
        }

        private void listen() {
            inbox = loop.newPromise();
            inbox.addListener(this);
        }

        @Override
        public void operationComplete(Future<Integer> got) {
            hops[0]++;
            int token = got.getNow();
            listen();
            if (token > 1 - TASKS) {
                next.inbox.setSuccess(token - 1);
            } else {
                result.setSuccess(hops[0]);
            }
        }
    }

    private static long vertx(int n) throws Exception {
        return VertxLoop.run((loop, result) -> {
            List<VertxNode> nodes = new ArrayList<>(TASKS);
            long[] hops = {0};
            for (int i = 0; i < TASKS; i++) {
                nodes.add(new VertxNode(loop, hops, result));
            }
            for (int i = 0; i < TASKS; i++) {
                nodes.get(i).next = nodes.get((i + 1) % TASKS);
            }
            nodes.get(0).inbox.complete(n);
        });
    }

    private static final class VertxNode {
        private final io.vertx.core.Context loop;
        private final long[] hops;
        private final io.vertx.core.Promise<Long> result;
        io.vertx.core.Promise<Integer> inbox;
        private VertxNode next = this;

        VertxNode(io.vertx.core.Context loop, long[] hops, io.vertx.core.Promise<Long> result) {
            this.loop = loop;
            this.hops = hops;
            this.result = result;
            listen();
        }

        private void listen() {
            inbox = io.vertx.core.Promise.promise();
            // A hop through the loop: without it the listeners call each other, and overflow the stack.
            inbox.future().onSuccess(token -> loop.runOnContext(ignored -> take(token)));
        }

        private void take(int token) {
            hops[0]++;
            listen();
            if (token > 1 - TASKS) {
                next.inbox.complete(token - 1);
            } else {
                result.complete(hops[0]);
            }
        }
    }

    private static long completableFuture(int n) {
        Ring loop = new Ring();
        List<CompletableNode> nodes = new ArrayList<>(TASKS);
        long[] hops = {0};
        for (int i = 0; i < TASKS; i++) {
            nodes.add(new CompletableNode(loop, hops));
        }
        for (int i = 0; i < TASKS; i++) {
            nodes.get(i).next = nodes.get((i + 1) % TASKS);
        }
        nodes.get(0).inbox.complete(n);
        loop.run();
        return hops[0];
    }

    private static final class CompletableNode {
        private final Ring loop;
        private final long[] hops;
        CompletableFuture<Integer> inbox;
        private CompletableNode next = this;

        CompletableNode(Ring loop, long[] hops) {
            this.loop = loop;
            this.hops = hops;
            listen();
        }

        private void listen() {
            inbox = new CompletableFuture<>();
            CompletableFuture<Void> unused = inbox.thenAcceptAsync(this::take, loop);
        }

        private void take(int token) {
            hops[0]++;
            listen();
            if (token > 1 - TASKS) {
                next.inbox.complete(token - 1);
            }
        }
    }
}
