package heddle.bench;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.run;
import static heddle.stream.Io.startServer;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.bench.Workload.Kind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A loop that has nothing to do: what it waits for comes in an hour, or from outside, or never. */
final class Idle {

    private static final int MILLIS = 1_500;
    private static final double HOUR = 3600;

    private Idle() {}

    static Workload workload() {
        return new Workload(
                        "idle",
                        "processor time of a program's threads in a second in which they wait",
                        Kind.IDLE,
                        MILLIS,
                        1,
                        n -> n)
                .by("heddle-future", Idle::future)
                .by("heddle-timer", Idle::timer)
                .by("heddle-server", Idle::server)
                .by("netty", Idle::netty)
                .by("floor-thread", Idle::thread);
    }

    /** Has something else end the wait after so many milliseconds, since a timer of the loop would be nearer than what it waits for. */
    private static void after(int millis, Runnable end) {
        Thread thread = new Thread(
                () -> {
                    pass(millis);
                    end.run();
                },
                "end of idleness");
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets so many milliseconds pass. */
    static void pass(int millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** A task that waits for a future. */
    private static long future(int millis) throws Exception {
        return run(chain(millis).await(Idle::ended));
    }

    private static Future<Long> ended(int millis) {
        EventLoop loop = EventLoop.running();
        Promise<Long> end = loop.createFuture();
        after(millis, () -> loop.callSoonThreadsafe(() -> end.setResult((long) millis)));
        return end;
    }

    private static long timer(int millis) throws Exception {
        return run(chain(millis).await(n -> {
            var far = EventLoop.running().callLater(HOUR, () -> {});
            return chain(n).await(Idle::ended).tap(end -> far.cancel());
        }));
    }

    private static long server(int millis) throws Exception {
        return run(startServer((reader, writer) -> async(() -> {}), "127.0.0.1", 0)
                .await(server -> chain(millis).await(Idle::ended).tap(end -> server.close())));
    }

    private static long netty(int millis) throws Exception {
        return NettyLoop.run((loop, result) -> after(millis, () -> result.setSuccess((long) millis)));
    }

    private static long thread(int millis) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        after(millis, end::countDown);
        end.await();
        return millis;
    }
}
