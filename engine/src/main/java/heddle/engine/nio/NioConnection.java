package heddle.engine.nio;

import heddle.api.Future;
import heddle.api.network.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * A connected socket. A read waits until the system says that there is something, then makes one system call; a write makes
 * its system call at once, and waits only for what didn't fit. Whether an operation was cancelled is looked up right before
 * its system call, so a cancelled one moves no byte.
 */
final class NioConnection extends NioChannel implements Connection {

    /** The JDK copies a whole heap buffer at each call, however little of it the socket takes. */
    static final int MOST = 128 * 1024;

    private final SocketChannel socket;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final NioReading reading;
    private final NioWriting writing;

    NioConnection(NioNetwork network, SocketChannel socket) throws IOException {
        super(network, socket);
        this.socket = socket;
        this.local = socket.getLocalAddress();
        this.remote = socket.getRemoteAddress();
        this.reading = new NioReading(this, socket);
        this.writing = new NioWriting(this, socket);
        if (remote instanceof InetSocketAddress) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    @Override
    public Future<Integer> read(ByteBuffer into) {
        Objects.requireNonNull(into, "into");
        host.check("read");
        if (into.isReadOnly() || !into.hasRemaining()) {
            throw new IllegalArgumentException("into has no room to read into: " + into);
        }
        return reading.begin(into);
    }

    @Override
    public Future<Integer> write(ByteBuffer from) {
        Objects.requireNonNull(from, "from");
        host.check("write");
        return writing.begin(from);
    }

    @Override
    void selected(int ready) {
        if ((ready & SelectionKey.OP_READ) != 0) {
            reading.selected();
        }
        if ((ready & SelectionKey.OP_WRITE) != 0) {
            writing.selected();
        }
    }

    @Override
    boolean isPending() {
        return reading.isPending() || writing.isPending();
    }

    @Override
    public void shutdownOutput() throws IOException {
        host.check("shutdownOutput");
        if (writing.isPending()) {
            throw new IllegalStateException("a write is pending on " + this + ": await it first");
        }
        if (!isOpen()) {
            throw closedHere();
        }
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        if (!isOpen()) {
            return;
        }
        host.check("close");
        release();
        reading.fail();
        writing.fail();
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        Objects.requireNonNull(option, "option");
        socket.setOption(option, value);
    }

    @Override
    public String toString() {
        return "Connection to " + show(remote) + (isOpen() ? "" : " closed");
    }
}
