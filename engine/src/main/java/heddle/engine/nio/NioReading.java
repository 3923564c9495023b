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

/** The one read that may be pending on a connection. */
final class NioReading implements Runnable, WaitsFor {
    private final NioConnection connection;
    private final SocketChannel socket;
    private @Nullable Promise<Integer> pending;
    private @Nullable ByteBuffer into;
    /** Whether the system said, or is likely to say, that there is something to read. */
    private boolean readable;

    private boolean queued;

    NioReading(NioConnection connection, SocketChannel socket) {
        this.connection = connection;
        this.socket = socket;
    }

    boolean isPending() {
        return NioChannel.isPending(pending);
    }

    Future<Integer> begin(ByteBuffer target) {
        if (isPending()) {
            throw new IllegalStateException("a read is pending on " + connection + ": await or cancel it");
        }
        if (!connection.isOpen()) {
            return connection.failed(this, connection.closedHere());
        }
        if (!readable) {
            try {
                connection.watch(SelectionKey.OP_READ);
            } catch (IOException e) {
                return connection.failed(this, e);
            }
        }
        Promise<Integer> promise = connection.loop.createFuture(this);
        pending = promise;
        into = target;
        if (readable) {
            queue();
        }
        return promise;
    }

    void selected() {
        if (isPending()) {
            queue();
        } else {
            readable = true;
            connection.ignore(SelectionKey.OP_READ);
        }
    }

    private void queue() {
        if (!queued) {
            queued = true;
            connection.host.soon(this);
        }
    }

    @Override
    public void run() {
        queued = false;
        Promise<Integer> promise = pending;
        ByteBuffer target = into;
        if (promise == null || target == null || promise.done()) {
            return; // cancelled, or closed: what there is to read will be reported again
        }
        int count;
        try {
            count = readSome(target);
            if (count == 0) {
                readable = false;
                connection.watch(SelectionKey.OP_READ);
                return;
            }
        } catch (IOException | RuntimeException e) {
            end();
            promise.setException(e);
            return;
        }
        readable = count < 0 || !target.hasRemaining();
        end();
        promise.setResult(count);
    }

    private int readSome(ByteBuffer target) throws IOException {
        int room = target.remaining();
        if (room <= NioConnection.MOST || target.isDirect()) {
            return socket.read(target);
        }
        int limit = target.limit();
        target.limit(target.position() + NioConnection.MOST);
        try {
            return socket.read(target);
        } finally {
            target.limit(limit);
        }
    }

    private void end() {
        pending = null;
        into = null;
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
        return "read from " + NioChannel.show(connection.remoteAddress());
    }
}
