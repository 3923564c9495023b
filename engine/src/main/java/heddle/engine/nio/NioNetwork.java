package heddle.engine.nio;

import heddle.api.Future;
import heddle.api.network.Connection;
import heddle.api.network.DatagramEndpoint;
import heddle.api.network.Listener;
import heddle.api.network.Network;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sockets of a loop whose engine has a selector. */
public final class NioNetwork implements Network {

    final SelectorHost host;
    /** All open channels, those that were never registered among them. */
    private final Set<NioChannel> channels = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * The network of a loop.
     *
     * @param host the loop, as this sees it
     */
    public NioNetwork(SelectorHost host) {
        this.host = Objects.requireNonNull(host, "host");
    }

    void add(NioChannel channel) {
        channels.add(channel);
    }

    void remove(NioChannel channel) {
        channels.remove(channel);
    }

    /**
     * Whether any channel is open, so that a busy loop has to look at I/O now and then.
     *
     * @return false if there is nothing to look at
     */
    public boolean hasChannels() {
        return !channels.isEmpty();
    }

    /**
     * Whether an operation on any channel is pending, so that I/O may wake the loop.
     *
     * @return false if nobody waits for I/O
     */
    public boolean hasPending() {
        for (NioChannel channel : channels) {
            if (channel.isPending()) {
                return true;
            }
        }
        return false;
    }

    /** Closes all channels, for an engine whose loop is closed; what is pending stays pending. */
    public void close() {
        for (NioChannel channel : List.copyOf(channels)) {
            channel.release();
        }
    }

    @Override
    public Future<Connection> connect(SocketAddress remote, @Nullable SocketAddress local) {
        Objects.requireNonNull(remote, "remote");
        host.check("connect");
        return NioConnecting.begin(this, remote, local);
    }

    @Override
    public Listener listen(SocketAddress local, int backlog, boolean reuseAddress) throws IOException {
        Objects.requireNonNull(local, "local");
        host.check("listen");
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog is " + backlog + ": expected at least 1");
        }
        checkResolved(local);
        boolean unix = local instanceof UnixDomainSocketAddress;
        ServerSocketChannel socket =
                unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            if (!unix) {
                socket.setOption(StandardSocketOptions.SO_REUSEADDR, reuseAddress);
            }
            socket.bind(local, backlog);
            return new NioListener(this, socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw raised(e, "can't listen on", local);
        }
    }

    @Override
    public DatagramEndpoint bindDatagram(@Nullable SocketAddress local) throws IOException {
        host.check("bindDatagram");
        checkResolved(local);
        DatagramChannel socket = DatagramChannel.open();
        try {
            socket.bind(local);
            return new NioDatagramEndpoint(this, socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw raised(e, "can't bind to", local);
        }
    }

    static void checkResolved(@Nullable SocketAddress address) throws UnknownHostException {
        if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new UnknownHostException(internet.getHostString() + ": the address isn't resolved, so the host is"
                    + " unknown or was never looked up");
        }
    }

    private static IOException raised(Exception e, String what, @Nullable SocketAddress address) {
        Throwable described = about(e, what, address);
        if (described instanceof IOException io) {
            return io;
        }
        throw (RuntimeException) described;
    }

    /** The same kind of error, whose message says which address it is about; the JDK's don't. */
    static Throwable about(Throwable e, String what, @Nullable SocketAddress address) {
        String message = what + " " + NioChannel.show(address) + ": " + e.getMessage();
        IOException better;
        if (e.getClass() == ConnectException.class) {
            better = new ConnectException(message);
        } else if (e.getClass() == BindException.class) {
            better = new BindException(message);
        } else if (e.getClass() == SocketException.class) {
            better = new SocketException(message);
        } else {
            return e;
        }
        better.initCause(e);
        return better;
    }

    @Override
    public String toString() {
        return "Network of " + host.loop();
    }
}
