package heddle.engine.nio;

import heddle.api.ErrorReport;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import heddle.api.spi.Outside;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket, and the one accept that may be pending. */
final class NioListener extends NioChannel implements Listener, Runnable {

    /** As CPython's ACCEPT_RETRY_DELAY. */
    private static final double PAUSE_SECONDS = 1;

    private final ServerSocketChannel socket;
    private final SocketAddress local;
    private @Nullable Promise<Connection> pending;
    /** Whether more may be waiting to be accepted. */
    private boolean acceptable;

    private boolean queued;
    /** Accepting failed, and is tried again by a timer. */
    private boolean paused;
    /** It failed, was reported, and hasn't succeeded since. */
    private boolean failing;

    NioListener(NioNetwork network, ServerSocketChannel socket) throws IOException {
        super(network, socket);
        this.socket = socket;
        this.local = socket.getLocalAddress();
    }

    @Override
    public Future<Connection> accept() {
        host.check("accept");
        if (isPending(pending)) {
            throw new IllegalStateException("an accept is pending on " + this + ": await or cancel it");
        }
        if (!isOpen()) {
            return failed("accept", closedHere());
        }
        Promise<Connection> promise = loop.createFuture(new Outside("accept on " + show(local), "a client"));
        pending = promise;
        if (acceptable) {
            queue();
        } else if (!paused) {
            watch();
        }
        return promise;
    }

    private void watch() {
        try {
            watch(SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    void selected(int ready) {
        if (isPending(pending)) {
            queue();
        } else {
            acceptable = true;
            ignore(SelectionKey.OP_ACCEPT);
        }
    }

    private void queue() {
        if (!queued && !paused) {
            queued = true;
            host.soon(this);
        }
    }

    @Override
    public void run() {
        queued = false;
        Promise<Connection> promise = pending;
        if (promise == null || promise.done() || paused) {
            return; // cancelled, or closed: who waits to be accepted will be reported again
        }
        Connection connection;
        try {
            connection = acceptOne();
        } catch (IOException e) {
            pause(e);
            return;
        }
        if (connection == null) {
            acceptable = false;
            watch();
            return;
        }
        failing = false;
        acceptable = true;
        pending = null;
        promise.setResult(connection);
    }

    private @Nullable Connection acceptOne() throws IOException {
        SocketChannel accepted = socket.accept();
        if (accepted == null) {
            return null;
        }
        try {
            return new NioConnection(network, accepted);
        } catch (IOException e) {
            accepted.close(); // it is gone already
            return null;
        }
    }

    private void pause(IOException e) {
        if (!isOpen()) {
            fail(e);
            return;
        }
        ignore(SelectionKey.OP_ACCEPT);
        acceptable = false;
        paused = true;
        loop.callLater(PAUSE_SECONDS, this::resume);
        if (!failing) {
            failing = true;
            loop.callExceptionHandler(new ErrorReport(
                    ErrorReport.Kind.ACCEPT,
                    "Cannot accept connections on " + show(local) + ": " + e.getMessage()
                            + "; trying again every second (docs/codes.md#accept)",
                    e,
                    pending,
                    null));
        }
    }

    private void resume() {
        paused = false;
        if (isOpen() && isPending(pending)) {
            watch();
        }
    }

    @Override
    boolean isPending() {
        return !paused && isPending(pending);
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public void close() {
        if (!isOpen()) {
            return;
        }
        host.check("close");
        releaseNow();
        fail(closedHere());
    }

    private void fail(IOException e) {
        Promise<Connection> promise = pending;
        pending = null;
        if (promise != null && !promise.done()) {
            promise.setException(e);
        }
    }

    @Override
    public String toString() {
        return "Listener on " + show(local) + (isOpen() ? "" : " closed");
    }
}
