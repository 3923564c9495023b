package heddle.engine.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.network.Connection;
import heddle.api.network.DatagramEndpoint;
import heddle.api.network.Listener;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.dsl.Heddle;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the rules of the chapter NET don't say about sockets on Netty's selector. */
@Timeout(60)
class NettyNetworkTest {

    private static final SocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void driven_datagrams_arriveWithTheirSender() throws Exception {
        EventLoop loop = new NettyEngine().newEventLoop(EngineOptions.DEFAULT);
        try (DatagramEndpoint here = loop.network().bindDatagram(ANY);
                DatagramEndpoint there = loop.network().bindDatagram(ANY)) {
            here.send(ByteBuffer.wrap(new byte[] {7}), there.localAddress());
            ByteBuffer into = ByteBuffer.allocate(10);
            assertEquals(here.localAddress(), loop.runUntilComplete(there.receive(into)));
            assertEquals(1, into.position());
        } finally {
            loop.close();
        }
    }

    @Test
    void driven_unixDomainSocket_connects(@TempDir Path folder) throws Exception {
        EventLoop loop = new NettyEngine().newEventLoop(EngineOptions.DEFAULT);
        try (Listener listener = loop.network().listen(UnixDomainSocketAddress.of(folder.resolve("s")), 1, false)) {
            exchange(loop, listener);
        } finally {
            loop.close();
        }
    }

    private static void exchange(EventLoop loop, Listener listener) throws Exception {
        var accepting = listener.accept();
        try (Connection client = loop.runUntilComplete(loop.network().connect(listener.localAddress()));
                Connection server = loop.runUntilComplete(accepting)) {
            var read = server.read(ByteBuffer.allocate(10));
            assertEquals(5, loop.runUntilComplete(client.write(ByteBuffer.allocate(5))));
            assertEquals(5, loop.runUntilComplete(read));
        }
    }

    @Test
    void driven_closedWithOpenSockets_closesThem() throws Exception {
        EventLoop loop = new NettyEngine().newEventLoop(EngineOptions.DEFAULT);
        Listener listener = loop.network().listen(ANY, 1, true);
        Connection client = loop.runUntilComplete(loop.network().connect(listener.localAddress()));
        var read = client.read(ByteBuffer.allocate(1));
        loop.close();
        assertFalse(client.isOpen());
        assertFalse(listener.isOpen());
        assertFalse(read.done(), "what is pending stays pending");
    }

    @Test
    void driven_virtualTime_standsStillWhileIoIsPending() throws Exception {
        EventLoop loop = new NettyEngine().newEventLoop(EngineOptions.DEFAULT.withVirtualTime());
        double before = loop.time();
        try (Listener listener = loop.network().listen(ANY, 1, true)) {
            loop.callLater(3600, () -> {});
            exchange(loop, listener);
            assertEquals(before, loop.time());
        } finally {
            loop.close();
        }
    }

    @Test
    void hosted_endOfTheHost_closesItsSockets() throws Exception {
        var host = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var netty = host.next();
        var loop = new HostedOnNetty(netty);
        assertTrue(loop.capabilities().contains(Capability.NETWORK));
        Object[] open = loop.runUntilComplete(Heddle.async(() -> {
            Listener listener = loop.network().listen(ANY, 1, true);
            Connection client = Heddle.await(loop.network().connect(listener.localAddress()));
            var read = client.read(ByteBuffer.allocate(1));
            return new Object[] {listener, client, read};
        }));
        CountDownLatch ended = new CountDownLatch(1);
        netty.terminationFuture().addListener(end -> ended.countDown()); // told after the loop, which asked first
        host.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        assertTrue(ended.await(30, TimeUnit.SECONDS));
        assertFalse(((Listener) open[0]).isOpen());
        assertFalse(((Connection) open[1]).isOpen());
    }

    @Test
    void hosted_onALoopWithoutSelector_saysSo() throws Exception {
        var host = new DefaultEventLoop();
        var loop = new HostedOnNetty(host);
        assertFalse(loop.capabilities().contains(Capability.NETWORK));
        var e = assertThrows(UnsupportedOperationException.class, loop::network);
        assertTrue(String.valueOf(e.getMessage()).contains("docs/codes.md#no-network"), e::toString);
        host.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        assertTrue(host.awaitTermination(30, TimeUnit.SECONDS));
    }
}
