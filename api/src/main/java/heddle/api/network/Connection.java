package heddle.api.network;

import heddle.api.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;

/**
 * A connected stream of bytes, each way one. At most one read and one write are pending at a time; a second one is refused
 * with {@link IllegalStateException}.
 */
public interface Connection extends AutoCloseable {

    /**
     * Reads what is there, at least a byte, waiting for it if need be.
     *
     * @param into where to, at its position; it must have room, and must be left alone until the future is done
     * @return a future of the number of bytes, -1 at the end of the stream; it fails with {@link IOException} if the
     *     connection was reset, and with {@link java.nio.channels.ClosedChannelException} if it is closed here
     * @throws IllegalArgumentException if {@code into} is read-only or full
     * @throws IllegalStateException if a read is pending
     */
    Future<Integer> read(ByteBuffer into);

    /**
     * Writes all of a buffer.
     *
     * @param from what to write, from its position to its limit; it must be left alone until the future is done
     * @return a future of the number of bytes, done when the system has taken the last one, perhaps on return; it fails with
     *     {@link IOException} if the peer is gone, and with {@link java.nio.channels.ClosedChannelException} if the
     *     connection is closed here
     * @throws IllegalStateException if a write is pending
     */
    Future<Integer> write(ByteBuffer from);

    /**
     * Ends the stream to the peer, who reads to its end; the other direction stays open.
     *
     * @throws IOException if the connection is broken
     * @throws IllegalStateException if a write is pending
     */
    void shutdownOutput() throws IOException;

    /** Closes both directions; pending operations fail. Again, it does nothing. */
    @Override
    void close();

    /**
     * Whether it is open here, whatever the peer did.
     *
     * @return false once it was closed
     */
    boolean isOpen();

    /**
     * The address at this end.
     *
     * @return never null
     */
    SocketAddress localAddress();

    /**
     * The address at the other end.
     *
     * @return never null
     */
    SocketAddress remoteAddress();

    /**
     * Sets an option of its socket.
     *
     * @param option the option, one of {@link java.net.StandardSocketOptions}
     * @param value its value
     * @param <T> the type of the value
     * @throws IOException if the system refuses it
     * @throws UnsupportedOperationException if a connection of this kind doesn't have that option
     */
    <T> void setOption(SocketOption<T> option, T value) throws IOException;
}
