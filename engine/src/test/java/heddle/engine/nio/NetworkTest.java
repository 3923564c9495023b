package heddle.engine.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.network.Connection;
import heddle.api.network.DatagramEndpoint;
import heddle.api.network.Listener;
import heddle.api.network.Network;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NetworkTest {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);
    private final Network network = loop.network();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void nio_claimsNetwork() {
        assertTrue(loop.capabilities().contains(Capability.NETWORK));
        assertTrue(network.toString().length() <= 70, network.toString());
    }

    @Test
    void connect_refusedPort_namesTheAddress() throws Exception {
        Listener listener = network.listen(Pair.ANY, 1, true);
        SocketAddress gone = listener.localAddress();
        listener.close();
        Exception e = assertThrows(ConnectException.class, () -> loop.runUntilComplete(network.connect(gone)));
        assertTrue(e.getMessage().contains("" + ((InetSocketAddress) gone).getPort()), e.getMessage());
    }

    @Test
    void connect_unresolvedHost_saysSo() {
        SocketAddress unknown = InetSocketAddress.createUnresolved("no.such.host.invalid", 80);
        Exception e = assertThrows(UnknownHostException.class, () -> loop.runUntilComplete(network.connect(unknown)));
        assertTrue(e.getMessage().contains("no.such.host.invalid"), e.getMessage());
    }

    @Test
    void connect_cancelled_isOver() throws Exception {
        Listener listener = network.listen(Pair.ANY, 1, true);
        Future<Connection> connect = network.connect(listener.localAddress());
        connect.cancel();
        assertTrue(connect.cancelled());
        Future<Connection> next = network.connect(listener.localAddress());
        loop.runUntilComplete(next).close();
        listener.close();
    }

    @Test
    void listen_portInUse_namesTheAddress() throws Exception {
        Listener listener = network.listen(Pair.ANY, 1, true);
        Exception e = assertThrows(BindException.class, () -> network.listen(listener.localAddress(), 1, true));
        assertTrue(e.getMessage().contains("" + ((InetSocketAddress) listener.localAddress()).getPort()));
        assertThrows(IllegalArgumentException.class, () -> network.listen(Pair.ANY, 0, true));
        listener.close();
    }

    @Test
    void close_listener_freesThePortAtOnce() throws Exception {
        Listener listener = network.listen(Pair.ANY, 1, false);
        Future<Connection> accept = listener.accept();
        listener.close();
        assertThrows(ClosedChannelException.class, () -> loop.runUntilComplete(accept));
        network.listen(listener.localAddress(), 1, false).close();
    }

    @Test
    void accept_cancelled_losesNoConnection() throws Exception {
        Listener listener = network.listen(Pair.ANY, 50, true);
        List<SocketAddress> clients = new ArrayList<>();
        List<SocketAddress> accepted = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Future<Connection> connect = network.connect(listener.localAddress());
            Future<Connection> accept = listener.accept();
            hop(i % 5, accept);
            clients.add(loop.runUntilComplete(connect).localAddress());
            accept.cancel();
            if (!accept.cancelled()) {
                accepted.add(accept.result().remoteAddress());
            }
        }
        assertTrue(accepted.size() < clients.size());
        while (accepted.size() < clients.size()) {
            accepted.add(loop.runUntilComplete(listener.accept()).remoteAddress());
        }
        assertEquals(clients, accepted);
        listener.close();
    }

    private void hop(int turns, Future<?> toCancel) {
        if (turns == 0) {
            toCancel.cancel();
        } else {
            loop.callSoon(() -> hop(turns - 1, toCancel));
        }
    }

    @Test
    void unixDomain_connects(@TempDir Path folder) throws Exception {
        SocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        Listener listener = network.listen(address, 5, true);
        Connection client = loop.runUntilComplete(network.connect(address));
        Connection server = loop.runUntilComplete(listener.accept());
        loop.runUntilComplete(client.write(ByteBuffer.wrap("unix".getBytes(UTF_8))));
        ByteBuffer into = ByteBuffer.allocate(10);
        assertEquals(4, loop.runUntilComplete(server.read(into)));
        client.close();
        assertEquals(-1, loop.runUntilComplete(server.read(into)));
        server.close();
        listener.close();
        assertThrows(java.io.IOException.class, () -> loop.runUntilComplete(network.connect(address)));
    }

    @Test
    void datagrams_arriveWhole() throws Exception {
        DatagramEndpoint a = network.bindDatagram(Pair.ANY);
        DatagramEndpoint b = network.bindDatagram(Pair.ANY);
        ByteBuffer into = ByteBuffer.allocate(100);
        Future<SocketAddress> received = b.receive(into);
        assertEquals(3, loop.runUntilComplete(a.send(ByteBuffer.wrap("one".getBytes(UTF_8)), b.localAddress())));
        assertEquals(a.localAddress(), loop.runUntilComplete(received));
        assertEquals(3, into.position());
        loop.runUntilComplete(a.send(ByteBuffer.wrap("two!".getBytes(UTF_8)), b.localAddress()));
        loop.runUntilComplete(a.send(ByteBuffer.wrap("three".getBytes(UTF_8)), b.localAddress()));
        into.clear();
        loop.runUntilComplete(b.receive(into));
        assertEquals(4, into.position());
        Future<SocketAddress> cancelled = b.receive(into);
        cancelled.cancel();
        into.clear();
        loop.runUntilComplete(b.receive(into));
        assertEquals(5, into.position());
        Future<SocketAddress> last = b.receive(into);
        b.close();
        assertThrows(ClosedChannelException.class, () -> loop.runUntilComplete(last));
        a.close();
    }
}
