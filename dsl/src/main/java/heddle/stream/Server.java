package heddle.stream;

import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import heddle.api.spi.Outside;
import heddle.dsl.Chain;
import heddle.dsl.Heddle;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections, and has each served by a task of its own. It serves from the start; closing it ends the listening, and
 * lets the connections end by themselves.
 */
public final class Server implements AutoCloseable {

    private final EventLoop loop;
    private final ConnectionHandler handler;
    private final ServerOptions options;
    private final List<Listener> listeners;
    private final List<SocketAddress> addresses = new ArrayList<>();
    private final Set<StreamWriter> connections = new LinkedHashSet<>();
    private final List<Promise<@Nullable Void>> waiting = new ArrayList<>();
    private boolean closed;

    Server(EventLoop loop, ConnectionHandler handler, ServerOptions options, List<Listener> listeners) {
        this.loop = loop;
        this.handler = handler;
        this.options = options;
        this.listeners = listeners;
        for (Listener listener : listeners) {
            addresses.add(listener.localAddress());
            acceptNext(listener);
        }
    }

    private void acceptNext(Listener listener) {
        listener.accept().addDoneCallback(accepted -> {
            Throwable failed = Errors.of(accepted);
            if (failed == null) {
                acceptNext(listener);
                secure(accepted.result());
            } else if (!(failed instanceof ClosedChannelException)) {
                report("Accepting connections on " + listener + " failed", failed, null);
            }
        });
    }

    private void secure(Connection connection) {
        Tls tls = options.tls();
        if (tls == null) {
            serve(connection);
            return;
        }
        new Handshake(connection, tls, "", 0).begin().handshake().addDoneCallback(done -> {
            Throwable failed = Errors.of(done);
            if (failed == null) {
                serve(done.result());
            } else if (loop.debug()) {
                report("TLS handshake failed", failed, null); // mostly the peer's fault: as in CPython, no news
            }
        });
    }

    private void serve(Connection connection) {
        Streams streams =
                new Streams(new StreamReader(connection, options.limit()), new StreamWriter(loop, connection));
        StreamWriter writer = streams.writer();
        connections.add(writer);
        writer.outlet().onClosed(() -> {
            connections.remove(writer);
            wakeIfOver();
        });
        Task<?> task;
        try {
            task = loop.createTask(handler.handle(streams.reader(), writer));
        } catch (Throwable e) {
            writer.abort();
            if (!(e instanceof Exception)) {
                throw Errors.<RuntimeException>raise(e);
            }
            report("Exception in the handler of a server", e, null);
            return;
        }
        task.addDoneCallback(done -> ended(writer, done));
    }

    private void ended(StreamWriter writer, Future<?> task) {
        Throwable failed = Errors.of(task);
        if (failed == null) {
            return; // the writer is the handler's: it may have passed it on
        }
        writer.close();
        if (!(failed instanceof CancelledError && task.cancelled())) {
            report("Exception in the handler of a server", failed, task);
        }
    }

    private void report(String message, Throwable e, @Nullable Future<?> task) {
        loop.callExceptionHandler(new ErrorReport(ErrorReport.Kind.CALLBACK, message, e, task, null));
    }

    /**
     * Waits until the waiting task is cancelled, then closes this server and waits for its connections to end.
     *
     * @return a recipe that never gives a value
     */
    public Chain<@Nullable Void> serveForever() {
        return Heddle.<@Nullable Void>chain(new Recipe<@Nullable Void>("serveForever", this::forever))
                .eventually(this::stopServing);
    }

    private Coroutine<@Nullable Void> forever() {
        if (closed) {
            throw new IllegalStateException(this + ": start another one");
        }
        Promise<@Nullable Void> never = loop.createFuture(new Outside("serveForever", "whoever cancels it"));
        return never.coroutine();
    }

    private Chain<@Nullable Void> stopServing() {
        close();
        return waitClosed();
    }

    /** Stops listening. Connections that were accepted go on. Again, it does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        listeners.forEach(Listener::close);
        wakeIfOver();
    }

    /** Closes all connections that are open, each once what was written to it is sent. */
    public void closeClients() {
        List.copyOf(connections).forEach(StreamWriter::close);
    }

    /** Closes all connections that are open at once. */
    public void abortClients() {
        List.copyOf(connections).forEach(StreamWriter::abort);
    }

    /**
     * Waits until this server is closed and all its connections have ended.
     *
     * @return a recipe, of null
     */
    public Chain<@Nullable Void> waitClosed() {
        return Heddle.<@Nullable Void>chain(new Recipe<@Nullable Void>("waitClosed", this::over));
    }

    private Coroutine<@Nullable Void> over() {
        Promise<@Nullable Void> over = loop.createFuture(new Outside("waitClosed", "the end of its last connection"));
        waiting.add(over);
        wakeIfOver();
        return over.coroutine();
    }

    private void wakeIfOver() {
        if (!closed || !connections.isEmpty()) {
            return;
        }
        for (Promise<@Nullable Void> each : waiting) {
            if (!each.done()) {
                each.setResult(null);
            }
        }
        waiting.clear();
    }

    /**
     * Where it listens, with the ports that were chosen.
     *
     * @return an immutable list
     */
    public List<SocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /**
     * The port of the first address.
     *
     * @return the port
     * @throws IllegalStateException if that is no Internet address
     */
    public int port() {
        if (addresses.get(0) instanceof java.net.InetSocketAddress internet) {
            return internet.getPort();
        }
        throw new IllegalStateException(addresses.get(0) + " has no port");
    }

    /**
     * Whether it listens.
     *
     * @return false once it was closed
     */
    public boolean isServing() {
        return !closed;
    }

    @Override
    public String toString() {
        return heddle.api.spi.Display.escape("Server on " + addresses.get(0) + (closed ? " closed" : ""), 69);
    }
}
