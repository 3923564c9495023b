package heddle.engine.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.Promise;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NettyTest {

    @Test
    void provider_byName_isFound() {
        assertEquals("netty", Engines.provider("netty").name());
    }

    @Test
    void driven_wokenByAPostAndByATimerAndByNetty_runsAll() throws Exception {
        NettyEventLoop loop = (NettyEventLoop) new NettyEngine().newEventLoop(EngineOptions.DEFAULT);
        List<String> seen = new ArrayList<>();
        Promise<String> end = loop.createFuture();
        loop.callLater(0.002, () -> {
            seen.add("timer");
            new Thread(() -> loop.callSoonThreadsafe(() -> {
                        seen.add("post");
                        loop.netty().execute(() -> {
                            seen.add("netty");
                            assertSame(loop, LoopBinding.current());
                            end.setResult("end");
                        });
                    }))
                    .start();
        });
        assertEquals("end", loop.runUntilComplete(end));
        loop.close();
        assertEquals(List.of("timer", "post", "netty"), seen);
        assertTrue(loop.netty().isTerminated());
    }

    @Test
    void hosted_onANettyLoop_runsOnItsThreadAndEndsWithIt() throws Exception {
        DefaultEventLoop netty = new DefaultEventLoop();
        EventLoop loop = new HostedOnNetty(netty);
        CompletableFuture<Promise<String>> made = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> {
            assertTrue(netty.inEventLoop());
            Promise<String> promise = loop.createFuture();
            loop.callLater(0.002, () -> promise.setResult("later"));
            made.complete(promise);
        });
        assertEquals("later", loop.runUntilComplete(made.get()));
        assertThrows(UnsupportedOperationException.class, loop::close);
        CountDownLatch ended = new CountDownLatch(1);
        netty.terminationFuture().addListener(end -> ended.countDown()); // told after the loop, which asked first
        netty.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        ended.await();
        assertTrue(loop.isClosed());
    }

    @Test
    void hosted_busy_keepsNettyFromNeitherItsChannelsNorItsEnd() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoop loop = new HostedOnNetty(group.next());
        CountDownLatch ended = new CountDownLatch(1);
        group.next().terminationFuture().addListener(end -> ended.countDown());
        AtomicInteger turns = new AtomicInteger();
        CompletableFuture<Integer> accepted = new CompletableFuture<>();
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.complete(turns.get());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        SocketChannel client = SocketChannel.open();
        loop.callSoonThreadsafe(new ThrowingRunnable() {
            @Override
            public void run() throws IOException {
                if (turns.getAndIncrement() == 0) {
                    client.connect(listener.localAddress());
                }
                loop.callSoon(this); // for ever
            }
        });
        int most = 20_000; // some 64 until it looks, and what the system takes; a second has millions
        assertTrue(accepted.get() < most, () -> "accepted after " + accepted.join() + " turns");
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        ended.await();
        assertTrue(loop.isClosed());
        client.close();
    }

    @Test
    void hosted_whileNettyIsAboutToEnd_runsWhatIsPosted() throws Exception {
        DefaultEventLoop netty = new DefaultEventLoop();
        EventLoop loop = new HostedOnNetty(netty);
        CountDownLatch ran = new CountDownLatch(1);
        loop.callSoonThreadsafe(() -> {
            netty.shutdownGracefully(1, 60_000, TimeUnit.MILLISECONDS); // it ends when nothing more comes
            loop.callSoon(new Countdown(loop, 1_000, ran)); // long enough to ask for turns by timers, which Netty drops
        });
        ran.await();
    }

    /** Counts a latch down after some turns. */
    private static final class Countdown implements ThrowingRunnable {
        private final EventLoop loop;
        private final CountDownLatch ran;
        private int left;

        Countdown(EventLoop loop, int left, CountDownLatch ran) {
            this.loop = loop;
            this.left = left;
            this.ran = ran;
        }

        @Override
        public void run() {
            if (left-- > 0) {
                loop.callSoon(this);
            } else {
                ran.countDown();
            }
        }
    }
}
