package heddle.tck.model;

import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of the model's connections: what was sent to it waits in a small buffer until it is read. */
public class ModelConnection implements Connection {

    private static final int CAPACITY = 1000;

    private final ModelLoop loop;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final ByteBuffer arrived = ByteBuffer.allocate(CAPACITY).limit(0);

    private @Nullable ModelConnection peer;
    private boolean open = true;
    /** The peer sends nothing more. */
    private boolean ended;

    private boolean reset;
    private boolean resetsOnClose;
    private boolean outputShut;

    private @Nullable Promise<Integer> reading;
    private @Nullable ByteBuffer into;
    private @Nullable Promise<Integer> writing;
    private @Nullable ByteBuffer from;
    private int total;

    /**
     * One end.
     *
     * @param loop the loop
     * @param local its address
     * @param remote the other's
     */
    public ModelConnection(ModelLoop loop, SocketAddress local, SocketAddress remote) {
        this.loop = loop;
        this.local = local;
        this.remote = remote;
    }

    void join(ModelConnection other) {
        peer = other;
        other.peer = this;
    }

    private ModelConnection peer() {
        return Objects.requireNonNull(peer);
    }

    // ---- what is asked for

    @Override
    public Future<Integer> read(ByteBuffer target) {
        if (target.isReadOnly() || !target.hasRemaining()) {
            throw new IllegalArgumentException("into has no room: " + target);
        }
        checkIdle(reading, "read");
        Promise<Integer> promise = loop.createFuture("read");
        if (!open) {
            promise.setException(new ClosedChannelException());
            return promise;
        }
        reading = promise;
        into = target;
        loop.happens(this::move);
        return promise;
    }

    @Override
    public Future<Integer> write(ByteBuffer source) {
        Objects.requireNonNull(source, "from");
        checkIdle(writing, "write");
        Promise<Integer> promise = loop.createFuture("write");
        if (!open) {
            promise.setException(new ClosedChannelException());
            return promise;
        }
        writing = promise;
        from = source;
        total = source.remaining();
        loop.happens(this::move);
        return promise;
    }

    /** Refuses a second operation of a kind. */
    protected void checkIdle(@Nullable Promise<Integer> operation, String name) {
        if (operation != null && !operation.done()) {
            throw new IllegalStateException("a " + name + " is pending on " + this + ": await or cancel it");
        }
    }

    // ---- what happens

    private void move() {
        if (open) {
            send();
            receive();
        }
    }

    private void send() {
        Promise<Integer> promise = writing;
        ByteBuffer source = from;
        if (promise == null || source == null) {
            return;
        }
        if (promise.done()) {
            return;
        }
        if (reset || !peer().open || outputShut) {
            promise.setException(new IOException("broken pipe"));
            return;
        }
        give(source, peer().arrived);
        peer().stir();
        if (!source.hasRemaining() || buffersAll()) {
            promise.setResult(total);
        }
    }

    /** Moves what there is room for. */
    protected void give(ByteBuffer source, ByteBuffer pipe) {
        pipe.compact();
        int count = Math.min(source.remaining(), pipe.remaining());
        pipe.put(pipe.position(), source, source.position(), count);
        pipe.position(pipe.position() + count);
        source.position(source.position() + count);
        pipe.flip();
    }

    /** Whether a write is done before its bytes are taken. */
    protected boolean buffersAll() {
        return false;
    }

    private void receive() {
        Promise<Integer> promise = reading;
        ByteBuffer target = into;
        if (promise == null || target == null || !wants(promise)) {
            return;
        }
        if (reset) {
            finish(promise, () -> resetSeen(promise));
        } else if (arrived.hasRemaining()) {
            int count = Math.min(arrived.remaining(), target.remaining());
            target.put(target.position(), arrived, arrived.position(), count);
            target.position(target.position() + count);
            arrived.position(arrived.position() + count);
            finish(promise, () -> promise.setResult(count));
            peer().stir();
        } else if (ended) {
            finish(promise, () -> endSeen(promise));
        }
    }

    private void finish(Promise<Integer> promise, Runnable outcome) {
        reading = null;
        into = null;
        if (!promise.done()) {
            outcome.run();
        }
    }

    /** Whether a read still wants bytes. */
    protected boolean wants(Promise<Integer> read) {
        return !read.done();
    }

    /** The outcome of a read at the end. */
    protected void endSeen(Promise<Integer> read) {
        read.setResult(-1);
    }

    /** The outcome of a read after a reset. */
    protected void resetSeen(Promise<Integer> read) {
        read.setException(new IOException("connection reset"));
    }

    private void stir() {
        loop.happens(this::move);
    }

    // ---- the end

    @Override
    public void shutdownOutput() throws IOException {
        checkIdle(writing, "write");
        if (!open) {
            throw new ClosedChannelException();
        }
        outputShut = true;
        peer().ended = true;
        peer().stir();
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        peer().ended = true;
        peer().reset = resetsOnClose || arrived.hasRemaining();
        peer().stir();
        failRead(reading);
        fail(writing);
    }

    /** Ends the pending read of an end that is closed. */
    protected void failRead(@Nullable Promise<Integer> read) {
        fail(read);
    }

    private static void fail(@Nullable Promise<Integer> operation) {
        if (operation != null && !operation.done()) {
            operation.setException(new ClosedChannelException());
        }
    }

    @Override
    public boolean isOpen() {
        return open;
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
    public <T> void setOption(SocketOption<T> option, T value) {
        if (option == StandardSocketOptions.SO_LINGER) {
            resetsOnClose = value.equals(0);
        }
    }

    @Override
    public String toString() {
        return "Connection of the model" + (open ? "" : " closed");
    }
}
