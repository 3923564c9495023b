package heddle.tck.model;

import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The model's listener: connections wait in a queue. */
public class ModelListener implements Listener {

    private final ModelNetwork network;
    private final InetSocketAddress local;
    private final Deque<Connection> waiting = new ArrayDeque<>();
    private boolean open = true;
    private @Nullable Promise<Connection> pending;

    /**
     * A listener.
     *
     * @param network what it belongs to
     * @param local where it listens
     */
    public ModelListener(ModelNetwork network, InetSocketAddress local) {
        this.network = network;
        this.local = local;
    }

    void offer(Connection connection) {
        waiting.add(connection);
        network.loop.happens(this::serve);
    }

    @Override
    public Future<Connection> accept() {
        Promise<Connection> earlier = pending;
        if (earlier != null && !earlier.done()) {
            throw new IllegalStateException("an accept is pending on " + this);
        }
        Promise<Connection> promise = network.loop.createFuture("accept");
        if (open) {
            pending = promise;
            network.loop.happens(this::serve);
        } else {
            promise.setException(new ClosedChannelException());
        }
        return promise;
    }

    private void serve() {
        Promise<Connection> promise = pending;
        if (promise != null && wants(promise) && !waiting.isEmpty()) {
            Connection next = waiting.remove();
            pending = null;
            if (!promise.done()) {
                promise.setResult(next);
            }
        }
    }

    /** Whether an accept still wants a connection. */
    protected boolean wants(Promise<Connection> accept) {
        return !accept.done();
    }

    @Override
    public SocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        network.forget(this);
        Promise<Connection> promise = pending;
        if (promise != null && !promise.done()) {
            promise.setException(new ClosedChannelException());
        }
    }

    @Override
    public String toString() {
        return "Listener of the model";
    }
}
