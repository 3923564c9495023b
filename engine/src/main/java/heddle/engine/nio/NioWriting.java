package heddle.engine.nio;

import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.WaitsFor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one write that may be pending on a connection. */
final class NioWriting implements Runnable, WaitsFor {
    private final NioConnection connection;
    private final SocketChannel socket;
    private @Nullable Promise<Integer> pending;
    private @Nullable ByteBuffer from;
    private int total;
    /** Whether the socket is full, as far as we know. */
    private boolean full;

    private boolean queued;

    NioWriting(NioConnection connection, SocketChannel socket) {
        this.connection = connection;
        this.socket = socket;
    }

    boolean isPending() {
        return NioChannel.isPending(pending);
    }

    Future<Integer> begin(ByteBuffer source) {
        if (isPending()) {
            throw new IllegalStateException("a write is pending on " + connection + ": await or cancel it");
        }
        if (!connection.isOpen()) {
            return connection.failed(this, connection.closedHere());
        }
        int size = source.remaining();
        try {
            if (!full) {
                writeSome(source);
            }
            if (source.hasRemaining()) {
                full = true;
                connection.watch(SelectionKey.OP_WRITE);
            }
        } catch (IOException | RuntimeException e) {
            return connection.failed(this, e);
        }
        if (!source.hasRemaining()) {
            return connection.succeeded(this, size);
        }
        Promise<Integer> promise = connection.loop.createFuture(this);
        pending = promise;
        from = source;
        total = size;
        return promise;
    }

    void selected() {
        full = false;
        if (!isPending()) {
            connection.ignore(SelectionKey.OP_WRITE);
        } else if (!queued) {
            queued = true;
            connection.host.soon(this);
        }
    }

    @Override
    public void run() {
        queued = false;
        Promise<Integer> promise = pending;
        ByteBuffer source = from;
        if (promise == null || source == null || promise.done()) {
            return; // cancelled, or closed
        }
        try {
            writeSome(source);
        } catch (IOException | RuntimeException e) {
            end();
            promise.setException(e);
            return;
        }
        if (source.hasRemaining()) {
            full = true; // still watched
            return;
        }
        connection.ignore(SelectionKey.OP_WRITE);
        end();
        promise.setResult(total);
    }

    /** Writes until all is written or the socket is full. */
    private void writeSome(ByteBuffer source) throws IOException {
        int end = source.limit();
        try {
            while (true) {
                if (!source.isDirect() && end - source.position() > NioConnection.MOST) {
                    source.limit(source.position() + NioConnection.MOST);
                } else {
                    source.limit(end);
                }
                socket.write(source);
                if (source.hasRemaining() || source.limit() == end) {
                    return;
                }
            }
        } finally {
            source.limit(end);
        }
    }

    private void end() {
        pending = null;
        from = null;
    }

    void fail() {
        Promise<Integer> promise = pending;
        end();
        if (promise != null && !promise.done()) {
            promise.setException(connection.closedHere());
        }
    }

    @Override
    public List<Future<?>> waitsFor() {
        return List.of();
    }

    @Override
    public String wokenBy() {
        return "the peer";
    }

    @Override
    public String toString() {
        return "write to " + NioChannel.show(connection.remoteAddress());
    }
}
