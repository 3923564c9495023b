package heddle.engine.nio;

import heddle.api.Future;
import heddle.api.Promise;
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
import org.jspecify.annotations.Nullable;

/**
 * A connected socket. A read waits until the system says that there is something, then makes one system call; a write makes
 * its system call at once, and waits only for what didn't fit. Whether an operation was cancelled is looked up right before
 * its system call, so a cancelled one moves no byte.
 */
final class NioConnection extends NioChannel implements Connection {

    /** The JDK copies a whole heap buffer at each call, however little of it the socket takes. */
    private static final int MOST = 128 * 1024;

    private final SocketChannel socket;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Reading reading = new Reading();
    private final Writing writing = new Writing();

    NioConnection(NioEventLoop loop, SocketChannel socket) throws IOException {
        super(loop, socket);
        this.socket = socket;
        this.local = socket.getLocalAddress();
        this.remote = socket.getRemoteAddress();
        if (remote instanceof InetSocketAddress) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    @Override
    public Future<Integer> read(ByteBuffer into) {
        Objects.requireNonNull(into, "into");
        loop.check("read");
        if (into.isReadOnly() || !into.hasRemaining()) {
            throw new IllegalArgumentException("into has no room to read into: " + into);
        }
        return reading.begin(into);
    }

    @Override
    public Future<Integer> write(ByteBuffer from) {
        Objects.requireNonNull(from, "from");
        loop.check("write");
        return writing.begin(from);
    }

    @Override
    void selected(SelectionKey selected) {
        int ops = selected.readyOps();
        if ((ops & SelectionKey.OP_READ) != 0) {
            reading.selected();
        }
        if ((ops & SelectionKey.OP_WRITE) != 0) {
            writing.selected();
        }
    }

    @Override
    boolean isPending() {
        return isPending(reading.pending) || isPending(writing.pending);
    }

    @Override
    public void shutdownOutput() throws IOException {
        loop.check("shutdownOutput");
        if (isPending(writing.pending)) {
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
        loop.check("close");
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

    /** The one read that may be pending. */
    private final class Reading implements Runnable {
        private @Nullable Promise<Integer> pending;
        private @Nullable ByteBuffer into;
        /** Whether the system said, or is likely to say, that there is something to read. */
        private boolean readable;

        private boolean queued;

        Future<Integer> begin(ByteBuffer target) {
            if (NioChannel.isPending(pending)) {
                throw new IllegalStateException("a read is pending on " + NioConnection.this + ": await or cancel it");
            }
            if (!isOpen()) {
                return failed(this, closedHere());
            }
            if (!readable) {
                try {
                    watch(SelectionKey.OP_READ);
                } catch (IOException e) {
                    return failed(this, e);
                }
            }
            Promise<Integer> promise = loop.createFuture(this);
            pending = promise;
            into = target;
            if (readable) {
                queue();
            }
            return promise;
        }

        void selected() {
            if (NioChannel.isPending(pending)) {
                queue();
            } else {
                readable = true;
                ignore(SelectionKey.OP_READ);
            }
        }

        private void queue() {
            if (!queued) {
                queued = true;
                loop.soon(this);
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
                    watch(SelectionKey.OP_READ);
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
            if (room <= MOST || target.isDirect()) {
                return socket.read(target);
            }
            int limit = target.limit();
            target.limit(target.position() + MOST);
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
                promise.setException(closedHere());
            }
        }

        @Override
        public String toString() {
            return "read from " + show(remote);
        }
    }

    /** The one write that may be pending. */
    private final class Writing implements Runnable {
        private @Nullable Promise<Integer> pending;
        private @Nullable ByteBuffer from;
        private int total;
        /** Whether the socket is full, as far as we know. */
        private boolean full;

        private boolean queued;

        Future<Integer> begin(ByteBuffer source) {
            if (NioChannel.isPending(pending)) {
                throw new IllegalStateException("a write is pending on " + NioConnection.this + ": await or cancel it");
            }
            if (!isOpen()) {
                return failed(this, closedHere());
            }
            int size = source.remaining();
            try {
                if (!full) {
                    writeSome(source);
                }
                if (source.hasRemaining()) {
                    full = true;
                    watch(SelectionKey.OP_WRITE);
                }
            } catch (IOException | RuntimeException e) {
                return failed(this, e);
            }
            if (!source.hasRemaining()) {
                return succeeded(this, size);
            }
            Promise<Integer> promise = loop.createFuture(this);
            pending = promise;
            from = source;
            total = size;
            return promise;
        }

        void selected() {
            full = false;
            if (!NioChannel.isPending(pending)) {
                ignore(SelectionKey.OP_WRITE);
            } else if (!queued) {
                queued = true;
                loop.soon(this);
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
            ignore(SelectionKey.OP_WRITE);
            end();
            promise.setResult(total);
        }

        /** Writes until all is written or the socket is full. */
        private void writeSome(ByteBuffer source) throws IOException {
            int end = source.limit();
            try {
                while (true) {
                    if (!source.isDirect() && end - source.position() > MOST) {
                        source.limit(source.position() + MOST);
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
                promise.setException(closedHere());
            }
        }

        @Override
        public String toString() {
            return "write to " + show(remote);
        }
    }
}
