package heddle.api.network;

import heddle.api.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;

/** Sends and receives datagrams, each one whole or not at all. At most one receive and one send are pending at a time. */
public interface DatagramEndpoint extends AutoCloseable {

    /**
     * Waits for the next datagram.
     *
     * @param into where to; what doesn't fit is dropped. It must be left alone until the future is done
     * @return a future of the sender's address
     * @throws IllegalArgumentException if {@code into} is read-only or full
     * @throws IllegalStateException if a receive is pending
     */
    Future<SocketAddress> receive(ByteBuffer into);

    /**
     * Sends a datagram: what is between the position and the limit of {@code from}.
     *
     * @param from what to send; it must be left alone until the future is done
     * @param to to whom
     * @return a future of the number of bytes, done when the system has taken them, perhaps on return
     * @throws IllegalStateException if a send is pending
     */
    Future<Integer> send(ByteBuffer from, SocketAddress to);

    /**
     * Its own address, with the port that was chosen.
     *
     * @return never null
     */
    SocketAddress localAddress();

    /**
     * Sets an option of its socket.
     *
     * @param option the option, one of {@link java.net.StandardSocketOptions}
     * @param value its value
     * @param <T> the type of the value
     * @throws IOException if the system refuses it
     * @throws UnsupportedOperationException if an endpoint doesn't have that option
     */
    <T> void setOption(SocketOption<T> option, T value) throws IOException;

    /**
     * Whether it is open.
     *
     * @return false once it was closed
     */
    boolean isOpen();

    /** Closes it; pending operations fail with {@link java.nio.channels.ClosedChannelException}. */
    @Override
    void close();
}
