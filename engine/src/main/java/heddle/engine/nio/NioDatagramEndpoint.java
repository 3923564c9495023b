package heddle.engine.nio;

import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.DatagramEndpoint;
import heddle.api.spi.Outside;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A datagram socket, and the one receive and the one send that may be pending. */
final class NioDatagramEndpoint extends NioChannel implements DatagramEndpoint {
    private static final Outside RECEIVE = new Outside("receive", "a datagram");
    private static final Outside SEND = new Outside("send", "the network");

    private final DatagramChannel socket;
    private final SocketAddress local;
    private @Nullable Promise<SocketAddress> receiving;
    private @Nullable ByteBuffer into;
    private @Nullable Promise<Integer> sending;
    private @Nullable ByteBuffer from;
    private @Nullable SocketAddress to;

    NioDatagramEndpoint(NioNetwork network, DatagramChannel socket) throws IOException {
        super(network, socket);
        this.socket = socket;
        this.local = socket.getLocalAddress();
    }

    @Override
    public Future<SocketAddress> receive(ByteBuffer into) {
        Objects.requireNonNull(into, "into");
        host.check("receive");
        if (into.isReadOnly() || !into.hasRemaining()) {
            throw new IllegalArgumentException("into has no room to receive into: " + into);
        }
        if (isPending(receiving)) {
            throw new IllegalStateException("a receive is pending on " + this + ": await or cancel it");
        }
        if (!isOpen()) {
            return failed("receive", closedHere());
        }
        try {
            watch(SelectionKey.OP_READ);
        } catch (IOException e) {
            return failed("receive", e);
        }
        Promise<SocketAddress> promise = loop.createFuture(RECEIVE);
        receiving = promise;
        this.into = into;
        return promise;
    }

    @Override
    public Future<Integer> send(ByteBuffer from, SocketAddress to) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        host.check("send");
        if (isPending(sending)) {
            throw new IllegalStateException("a send is pending on " + this + ": await or cancel it");
        }
        if (!isOpen()) {
            return failed("send", closedHere());
        }
        int size = from.remaining();
        try {
            NioNetwork.checkResolved(to);
            if (socket.send(from, to) == size && !from.hasRemaining()) {
                return succeeded("send", size);
            }
            watch(SelectionKey.OP_WRITE);
        } catch (IOException | RuntimeException e) {
            return failed("send", NioNetwork.about(e, "can't send to", to));
        }
        Promise<Integer> promise = loop.createFuture(SEND);
        sending = promise;
        this.from = from;
        this.to = to;
        return promise;
    }

    @Override
    void selected(int ready) {
        if ((ready & SelectionKey.OP_READ) != 0) {
            if (isPending(receiving)) {
                host.soon(this::receiveNow);
            } else {
                ignore(SelectionKey.OP_READ);
            }
        }
        if ((ready & SelectionKey.OP_WRITE) != 0) {
            if (isPending(sending)) {
                host.soon(this::sendNow);
            } else {
                ignore(SelectionKey.OP_WRITE);
            }
        }
    }

    private void receiveNow() {
        Promise<SocketAddress> promise = receiving;
        ByteBuffer target = into;
        if (promise == null || target == null || promise.done()) {
            return;
        }
        try {
            SocketAddress sender = socket.receive(target);
            if (sender != null) {
                receiving = null;
                into = null;
                promise.setResult(sender);
            }
        } catch (IOException e) {
            receiving = null;
            into = null;
            promise.setException(e);
        }
    }

    private void sendNow() {
        Promise<Integer> promise = sending;
        ByteBuffer source = from;
        SocketAddress target = to;
        if (promise == null || source == null || target == null || promise.done()) {
            return;
        }
        int size = source.remaining();
        try {
            socket.send(source, target);
            if (!source.hasRemaining()) {
                sending = null;
                ignore(SelectionKey.OP_WRITE);
                promise.setResult(size);
            }
        } catch (IOException e) {
            sending = null;
            promise.setException(NioNetwork.about(e, "can't send to", target));
        }
    }

    @Override
    boolean isPending() {
        return isPending(receiving) || isPending(sending);
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        Objects.requireNonNull(option, "option");
        socket.setOption(option, value);
    }

    @Override
    public void close() {
        if (!isOpen()) {
            return;
        }
        host.check("close");
        releaseNow();
        if (receiving != null && !receiving.done()) {
            receiving.setException(closedHere());
        }
        if (sending != null && !sending.done()) {
            sending.setException(closedHere());
        }
    }

    @Override
    public String toString() {
        return "DatagramEndpoint on " + show(local) + (isOpen() ? "" : " closed");
    }
}
