package heddle.bench;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** A Vert.x context with one event loop thread, for one run. */
final class VertxLoop {

    /** What runs on the loop; it completes the promise with what shows that it ran. */
    interface Work {
        void on(Context loop, Promise<Long> result) throws Exception;
    }

    private VertxLoop() {}

    static long run(Work work) throws Exception {
        // Its blocked-thread checker would complain of a million operations in one callback.
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS));
        try {
            Context loop = vertx.getOrCreateContext();
            Promise<Long> result = Promise.promise();
            loop.runOnContext(ignored -> {
                try {
                    work.on(loop, result);
                } catch (Throwable e) {
                    result.tryFail(e);
                }
            });
            return result.future().toCompletionStage().toCompletableFuture().get();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
