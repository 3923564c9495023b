package heddle.api.network;

import heddle.api.Future;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections, listeners and datagram endpoints for one event loop. Internet addresses are {@link
 * java.net.InetSocketAddress}es that are resolved (looking up a name blocks, so it is the library's job, off the loop), those
 * of Unix domain sockets are {@link java.net.UnixDomainSocketAddress}es.
 */
public interface Network {

    /**
     * Connects to an address. Cancelling the future ends the attempt and frees its socket.
     *
     * @param remote where to
     * @param local the address to come from; null for any
     * @return a future of the connection; it fails with {@link java.net.ConnectException} if it is refused, {@link
     *     java.net.UnknownHostException} if {@code remote} isn't resolved, or another {@link IOException}; messages name the
     *     address
     */
    Future<Connection> connect(SocketAddress remote, @Nullable SocketAddress local);

    /**
     * As {@link #connect(SocketAddress, SocketAddress)}, from any local address.
     *
     * @param remote where to
     * @return a future of the connection
     */
    default Future<Connection> connect(SocketAddress remote) {
        return connect(remote, null);
    }

    /**
     * Listens for connections.
     *
     * @param local where; port 0 for any free one
     * @param backlog how many connections may wait to be accepted, at least 1; a hint for the system
     * @param reuseAddress whether the port of a server that ended a moment ago may be taken
     * @return the listener, to be closed
     * @throws IOException if that isn't possible: {@link java.net.BindException} if the port is in use
     * @throws IllegalArgumentException if {@code backlog} is less than 1
     */
    Listener listen(SocketAddress local, int backlog, boolean reuseAddress) throws IOException;

    /**
     * Opens an endpoint for datagrams.
     *
     * @param local its address; null for any
     * @return the endpoint, to be closed
     * @throws IOException if that isn't possible: {@link java.net.BindException} if the port is in use
     */
    DatagramEndpoint bindDatagram(@Nullable SocketAddress local) throws IOException;
}
