package heddle.bench;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;

/** A Netty loop on NIO with one thread, for one run. */
final class NettyLoop {

    /** What runs on the loop; it completes the promise with what shows that it ran. */
    interface Work {
        void on(EventExecutor loop, Promise<Long> result) throws Exception;
    }

    private NettyLoop() {}

    static long run(Work work) throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            EventExecutor loop = group.next();
            Promise<Long> result = loop.newPromise();
            loop.execute(() -> {
                try {
                    work.on(loop, result);
                } catch (Throwable e) {
                    result.tryFailure(e);
                }
            });
            return result.get();
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }
}
