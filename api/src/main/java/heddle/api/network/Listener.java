package heddle.api.network;

import heddle.api.Future;
import java.net.SocketAddress;

/**
 * Accepts connections. When the system can't give one, as when there are no file descriptors left, the listener reports that
 * once to the loop's exception handler and pauses for a second; the pending accept stays pending.
 */
public interface Listener extends AutoCloseable {

    /**
     * Waits for the next connection. Cancelling the future loses none.
     *
     * @return a future of the connection; it fails with {@link java.nio.channels.ClosedChannelException} if the listener is
     *     closed
     * @throws IllegalStateException if an accept is pending
     */
    Future<Connection> accept();

    /**
     * Where it listens, with the port that was chosen.
     *
     * @return never null
     */
    SocketAddress localAddress();

    /**
     * Whether it is open.
     *
     * @return false once it was closed
     */
    boolean isOpen();

    /** Stops listening; a pending accept fails. The file of a Unix domain socket stays. Again, it does nothing. */
    @Override
    void close();
}
