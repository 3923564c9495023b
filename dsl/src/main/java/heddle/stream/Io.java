package heddle.stream;

import heddle.api.Awaitable;
import heddle.api.EventLoop;
import heddle.api.network.Connection;
import heddle.api.network.DatagramEndpoint;
import heddle.api.network.Listener;
import heddle.dsl.Chain;
import heddle.dsl.Heddle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the outside; made for {@code import static heddle.stream.Io.*}.
 *
 * <pre>{@code
 * try (var streams = await(openConnection("localhost", 8888))) {
 *     streams.writer().write("hello\n");
 *     System.out.println(await(streams.reader().readLine()));
 * }
 * }</pre>
 *
 * <p>These functions make recipes, on any thread, and run nothing; how to limit their time is {@code timeout}'s business.
 */
public final class Io {

    private Io() {}

    // ---- connections

    /**
     * Connects to a host. It is looked up off the loop, and the first of its addresses that answers is taken.
     *
     * @param host its name or address
     * @param port its port
     * @return a recipe, of the streams; it fails with {@link UnknownHostException}, {@link java.net.ConnectException} or
     *     another {@link java.io.IOException}
     * @throws IllegalArgumentException if there is no such port
     */
    public static Chain<Streams> openConnection(String host, int port) {
        return openConnection(host, port, ConnectOptions.DEFAULT);
    }

    /**
     * As {@link #openConnection(String, int)}, with options.
     *
     * @param host its name or address
     * @param port its port
     * @param options how to connect
     * @return a recipe, of the streams
     * @throws IllegalArgumentException if there is no such port
     */
    public static Chain<Streams> openConnection(String host, int port, ConnectOptions options) {
        Objects.requireNonNull(options, "options");
        return getAddressInfo(host, port)
                .await(addresses -> new Connecting(host + ":" + port, addresses, options))
                .await(connection -> secured(connection, options, host, port))
                .then(connection -> Streams.over(connection, options.limit()))
                .named("openConnection " + host + ":" + port);
    }

    private static Awaitable<Connection> secured(Connection connection, ConnectOptions options, String host, int port) {
        Tls tls = options.tls();
        return tls == null ? Heddle.chain(connection) : new Handshake(connection, tls, host, port);
    }

    /**
     * Connects to a Unix domain socket.
     *
     * @param path its file
     * @return a recipe, of the streams
     */
    public static Chain<Streams> openUnixConnection(Path path) {
        return openUnixConnection(path, ConnectOptions.DEFAULT);
    }

    /**
     * As {@link #openUnixConnection(Path)}, with options.
     *
     * @param path its file
     * @param options how to connect
     * @return a recipe, of the streams
     */
    public static Chain<Streams> openUnixConnection(Path path, ConnectOptions options) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(options, "options");
        return Heddle.chain(path)
                .<Connection>await(file -> EventLoop.running().network().connect(UnixDomainSocketAddress.of(file)))
                .await(connection -> secured(connection, options, "localhost", 0))
                .then(connection -> Streams.over(connection, options.limit()))
                .named("openUnixConnection");
    }

    /**
     * Looks up the addresses of a host, on a thread of the default executor.
     *
     * @param host its name or address
     * @param port the port to give them
     * @return a recipe, of at least one address; it fails with {@link UnknownHostException}
     * @throws IllegalArgumentException if there is no such port
     */
    public static Chain<List<InetSocketAddress>> getAddressInfo(String host, int port) {
        Objects.requireNonNull(host, "host");
        checkPort(port);
        return Heddle.<List<InetSocketAddress>>toThread(() -> {
                    List<InetSocketAddress> addresses = new ArrayList<>();
                    for (InetAddress each : lookUp(host)) {
                        addresses.add(new InetSocketAddress(each, port));
                    }
                    return List.copyOf(addresses);
                })
                .named("getAddressInfo " + host);
    }

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            UnknownHostException better = new UnknownHostException("unknown host: " + e.getMessage());
            better.initCause(e);
            throw better;
        }
    }

    private static int checkPort(int port) {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port is " + port + ": expected 0 to 65535");
        }
        return port;
    }

    // ---- servers

    /**
     * Starts a server on all addresses of a host.
     *
     * @param handler what to do with each connection
     * @param host a name or address of this machine; null for all of them
     * @param port the port; 0 for any free one
     * @return a recipe, of the server, which is listening; it fails with {@link java.net.BindException} if the port is in use
     * @throws IllegalArgumentException if there is no such port
     */
    public static Chain<Server> startServer(ConnectionHandler handler, @Nullable String host, int port) {
        return startServer(handler, host, port, ServerOptions.DEFAULT);
    }

    /**
     * As {@link #startServer(ConnectionHandler, String, int)}, with options.
     *
     * @param handler what to do with each connection
     * @param host a name or address of this machine; null for all of them
     * @param port the port; 0 for any free one
     * @param options how to listen
     * @return a recipe, of the server
     * @throws IllegalArgumentException if there is no such port
     */
    public static Chain<Server> startServer(
            ConnectionHandler handler, @Nullable String host, int port, ServerOptions options) {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(options, "options");
        checkPort(port);
        Chain<List<InetSocketAddress>> addresses =
                host == null ? Heddle.chain(List.of(new InetSocketAddress(port))) : getAddressInfo(host, port);
        return addresses.then(all -> listen(handler, all, options)).named("startServer");
    }

    /**
     * Starts a server on a Unix domain socket.
     *
     * @param handler what to do with each connection
     * @param path the file, which must not exist; it stays when the server is closed
     * @return a recipe, of the server, which is listening
     */
    public static Chain<Server> startUnixServer(ConnectionHandler handler, Path path) {
        return startUnixServer(handler, path, ServerOptions.DEFAULT);
    }

    /**
     * As {@link #startUnixServer(ConnectionHandler, Path)}, with options.
     *
     * @param handler what to do with each connection
     * @param path the file, which must not exist; it stays when the server is closed
     * @param options how to listen
     * @return a recipe, of the server
     */
    public static Chain<Server> startUnixServer(ConnectionHandler handler, Path path, ServerOptions options) {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(options, "options");
        return Heddle.chain(path)
                .then(file -> listen(handler, List.of(UnixDomainSocketAddress.of(file)), options))
                .named("startUnixServer");
    }

    private static Server listen(
            ConnectionHandler handler, List<? extends SocketAddress> addresses, ServerOptions options)
            throws Exception {
        EventLoop loop = EventLoop.running();
        List<Listener> listeners = new ArrayList<>();
        try {
            SocketAddress first = null;
            for (SocketAddress address : addresses) {
                Listener listener =
                        loop.network().listen(withPortOf(first, address), options.backlog(), options.reuseAddress());
                listeners.add(listener);
                first = listeners.get(0).localAddress();
            }
        } catch (Throwable e) {
            listeners.forEach(Listener::close);
            throw e;
        }
        return new Server(loop, handler, options, listeners);
    }

    /** So that a free port that was chosen for the first address of a host is that of all of them. */
    private static SocketAddress withPortOf(@Nullable SocketAddress first, SocketAddress address) {
        if (first instanceof InetSocketAddress chosen
                && address instanceof InetSocketAddress internet
                && internet.getPort() == 0) {
            return new InetSocketAddress(internet.getAddress(), chosen.getPort());
        }
        return address;
    }

    // ---- datagrams

    /**
     * Opens an endpoint for datagrams.
     *
     * @param host a name or address of this machine
     * @param port the port; 0 for any free one
     * @return a recipe, of the endpoint
     * @throws IllegalArgumentException if there is no such port
     */
    public static Chain<DatagramStream> openDatagram(String host, int port) {
        return getAddressInfo(host, port)
                .then(addresses -> {
                    EventLoop loop = EventLoop.running();
                    DatagramEndpoint endpoint = loop.network().bindDatagram(addresses.get(0));
                    return new DatagramStream(endpoint);
                })
                .named("openDatagram");
    }
}
