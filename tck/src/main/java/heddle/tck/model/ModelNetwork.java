package heddle.tck.model;

import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.network.DatagramEndpoint;
import heddle.api.network.Listener;
import heddle.api.network.Network;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The model's network: of one loop with itself, in memory. It has no datagrams. */
public class ModelNetwork implements Network {

    private static final int FIRST_PORT = 40_000;

    /** The loop that it belongs to. */
    protected final ModelLoop loop;

    private final Map<Integer, ModelListener> listeners = new HashMap<>();
    private int ports = FIRST_PORT;

    /**
     * The network of a loop.
     *
     * @param loop the loop
     */
    public ModelNetwork(ModelLoop loop) {
        this.loop = loop;
    }

    @Override
    public Future<Connection> connect(SocketAddress remote, @Nullable SocketAddress local) {
        Objects.requireNonNull(remote, "remote");
        Promise<Connection> promise = loop.createFuture("connect to " + remote);
        loop.happens(() -> {
            if (promise.done()) {
                return;
            }
            InetSocketAddress address = (InetSocketAddress) remote;
            ModelListener listener = listeners.get(address.getPort());
            if (address.isUnresolved()) {
                promise.setException(new UnknownHostException("can't connect to " + remote + ": it isn't resolved"));
            } else if (listener == null) {
                promise.setException(new ConnectException(refusal(remote)));
            } else {
                ModelConnection client = newConnection(new InetSocketAddress(address.getAddress(), ports++), remote);
                ModelConnection server = newConnection(client.remoteAddress(), client.localAddress());
                client.join(server);
                listener.offer(server);
                promise.setResult(client);
            }
        });
        return promise;
    }

    /** What is said when nobody listens. */
    protected String refusal(SocketAddress remote) {
        return "can't connect to " + remote + ": refused";
    }

    /** Makes one end of a connection. */
    protected ModelConnection newConnection(SocketAddress local, SocketAddress remote) {
        return new ModelConnection(loop, local, remote);
    }

    /** Makes a listener. */
    protected ModelListener newListener(InetSocketAddress local) {
        return new ModelListener(this, local);
    }

    @Override
    public Listener listen(SocketAddress local, int backlog, boolean reuseAddress) throws IOException {
        InetSocketAddress wanted = (InetSocketAddress) Objects.requireNonNull(local, "local");
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog is " + backlog + ": expected 1 or more");
        }
        int port = wanted.getPort() == 0 ? ports++ : wanted.getPort();
        if (isTaken(port)) {
            throw new BindException("can't listen on " + local + ": in use");
        }
        ModelListener listener = newListener(new InetSocketAddress(wanted.getAddress(), port));
        listeners.put(port, listener);
        return listener;
    }

    /** Whether somebody listens on a port. */
    protected boolean isTaken(int port) {
        return listeners.containsKey(port);
    }

    void forget(ModelListener listener) {
        listeners.values().remove(listener);
    }

    @Override
    public DatagramEndpoint bindDatagram(@Nullable SocketAddress local) {
        throw new UnsupportedOperationException("the model has no datagrams");
    }

    @Override
    public String toString() {
        return "Network of the model";
    }
}
