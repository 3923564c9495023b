package heddle.engine.nio;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Two ends of a loopback connection, and their listener. */
record Pair(EventLoop loop, Listener listener, Connection client, Connection server) {

    static final SocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    static Pair on(EventLoop loop) throws Exception {
        Listener listener = loop.network().listen(ANY, 50, true);
        Future<Connection> accepted = listener.accept();
        Connection client = loop.runUntilComplete(loop.network().connect(listener.localAddress()));
        return new Pair(loop, listener, client, loop.runUntilComplete(accepted));
    }

    void close() {
        client.close();
        server.close();
        listener.close();
    }
}
