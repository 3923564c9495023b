package heddle.engine.nio;

import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.spi.Outside;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A socket on its way to being connected. */
final class NioConnecting extends NioChannel implements Runnable {

    private final SocketChannel socket;
    private final SocketAddress remote;
    private final Promise<Connection> promise;
    private boolean queued;

    private NioConnecting(NioNetwork network, SocketChannel socket, SocketAddress remote, Promise<Connection> promise)
            throws IOException {
        super(network, socket);
        this.socket = socket;
        this.remote = remote;
        this.promise = promise;
    }

    static Future<Connection> begin(NioNetwork network, SocketAddress remote, @Nullable SocketAddress local) {
        Promise<Connection> promise =
                network.host.loop().createFuture(new Outside("connect to " + show(remote), "the peer"));
        SocketChannel socket = null;
        try {
            NioNetwork.checkResolved(remote);
            socket = remote instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
            if (local != null) {
                socket.bind(local);
            }
            new NioConnecting(network, socket, remote, promise).connect();
        } catch (IOException | RuntimeException e) {
            close(socket);
            promise.setException(NioNetwork.about(e, "can't connect to", remote));
        }
        return promise;
    }

    private void connect() throws IOException {
        if (socket.connect(remote)) {
            handOver();
            return;
        }
        watch(SelectionKey.OP_CONNECT);
        promise.addDoneCallback(done -> {
            if (done.cancelled()) {
                release();
            }
        });
    }

    @Override
    void selected(int ready) {
        if (!queued) {
            queued = true;
            host.soon(this);
        }
    }

    @Override
    public void run() {
        if (promise.done()) {
            return;
        }
        try {
            if (!socket.finishConnect()) {
                queued = false;
                return;
            }
            ignore(SelectionKey.OP_CONNECT);
            handOver();
        } catch (IOException | RuntimeException e) {
            release();
            promise.setException(NioNetwork.about(e, "can't connect to", remote));
        }
    }

    private void handOver() throws IOException {
        NioConnection connection = new NioConnection(network, socket);
        handOver(connection);
        promise.setResult(connection);
    }

    private static void close(@Nullable SocketChannel socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // the first error says it all
        }
    }

    @Override
    boolean isPending() {
        return isPending(promise);
    }

    @Override
    public String toString() {
        return "Connecting to " + show(remote);
    }
}
