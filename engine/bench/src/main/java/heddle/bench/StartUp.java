package heddle.bench;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;

import heddle.bench.Workload.Kind;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.CompletableFuture;

/** From the start of a process to its first awaited result. */
final class StartUp {

    /** Asks for a start with an archive of the classes, which is made before. */
    static final String ARCHIVE = "-Dheddle.bench.archive";
    /** Names the engine's class, so that none is searched for: of little use without an archive, and of much with one. */
    static final String ENGINE = "-Dheddle.engine=heddle.engine.nio.NioEngine";

    private StartUp() {}

    static Workload workload() {
        Workload workload = new Workload(
                "start-up", "a process from its start to its first awaited result", Kind.START, 1, 1, n -> 1);
        for (String each : new String[] {"heddle", "heddle-direct", "netty", "bare", "floor-empty"}) {
            workload.by(each, n -> result(each));
        }
        return workload.by("heddle-archive", n -> result("heddle"), ARCHIVE, ENGINE)
                .by("heddle-continuation", n -> result("heddle-direct"), Continuation.FLAG)
                .must("heddle", 2.0, "bare")
                .aim("heddle", 1.3, "bare")
                .must("heddle-archive", 1.3, "floor-empty");
    }

    /** The process: it says when it has the result. No other class of the benchmarks is loaded. */
    public static void main(String[] args) throws Exception {
        long result = result(args[0]);
        System.out.println(result == 1 ? "up" : "wrong");
    }

    private static long result(String contestant) throws Exception {
        return switch (contestant) {
            case "floor-empty" -> 1;
            case "bare" -> CompletableFuture.supplyAsync(() -> 1).get();
            case "netty" -> netty();
            case "heddle", "heddle-archive" -> run(sleep(0, 1));
            default -> run(async(() -> await(sleep(0, 1))));
        };
    }

    /** A turn of a new loop of Netty. */
    static long netty() throws Exception {
        return NettyLoop.run((loop, result) -> {
            Promise<Long> turn = loop.newPromise();
            turn.addListener(done -> result.setSuccess(turn.getNow()));
            loop.execute(() -> turn.setSuccess(1L));
        });
    }
}
