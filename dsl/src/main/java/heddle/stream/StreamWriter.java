package heddle.stream;

import heddle.api.EventLoop;
import heddle.api.network.Connection;
import heddle.api.spi.Display;
import heddle.dsl.Chainable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing half of a connection. {@link #write} never waits: it sends what the system takes, and keeps the rest; {@link
 * #drain()} waits until what is kept is little, so who writes much drains after each write.
 *
 * <p>An error in sending arrives at the next {@code drain} or {@code waitClosed}; what is written after it goes nowhere.
 */
public final class StreamWriter implements AutoCloseable {

    private final Connection connection;
    private final Outlet outlet;

    StreamWriter(EventLoop loop, Connection connection) {
        this.connection = connection;
        this.outlet = new Outlet(loop, connection);
    }

    Outlet outlet() {
        return outlet;
    }

    /**
     * Sends bytes, or keeps them to be sent.
     *
     * @param data the bytes; may be changed afterwards
     * @throws IllegalStateException if this is closed, or {@link #writeEof()} was called
     */
    public void write(byte[] data) {
        outlet.write(Objects.requireNonNull(data, "data"));
    }

    /**
     * Sends text in UTF-8.
     *
     * @param text the text
     * @throws IllegalStateException if this is closed, or {@link #writeEof()} was called
     */
    public void write(String text) {
        outlet.write(Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends lines of text in UTF-8, a {@code \n} after each, all in one.
     *
     * @param lines the lines, without their ends
     * @throws IllegalStateException if this is closed, or {@link #writeEof()} was called
     */
    public void writeLines(Iterable<? extends CharSequence> lines) {
        StringBuilder text = new StringBuilder();
        for (CharSequence line : Objects.requireNonNull(lines, "lines")) {
            text.append(Objects.requireNonNull(line, "line")).append('\n');
        }
        write(text.toString());
    }

    /**
     * Waits, if more than the high-water mark is kept, until no more than the low-water mark is.
     *
     * @return a recipe, of null; it fails with {@link IOException} if sending failed
     */
    public Chainable<@Nullable Void> drain() {
        return outlet.drain();
    }

    /**
     * Sets how much may be kept before {@link #drain()} waits; 64 KiB and a quarter of that at first.
     *
     * @param high above this many bytes it waits
     * @param low down to this many bytes
     * @throws IllegalArgumentException unless {@code 0 <= low <= high}
     */
    public void setWriteBufferLimits(int high, int low) {
        if (low < 0 || low > high) {
            throw new IllegalArgumentException("expected 0 <= low <= high, got low " + low + " and high " + high);
        }
        outlet.setLimits(high, low);
    }

    /**
     * How much is kept to be sent.
     *
     * @return the number of bytes
     */
    public int writeBufferSize() {
        return outlet.size();
    }

    /**
     * Ends the outgoing half, once what is kept is sent; the peer reads to its end, and may go on to send.
     *
     * @throws IllegalStateException if this is closed
     */
    public void writeEof() {
        outlet.writeEof();
    }

    /** Closes the connection, both ways, once what is kept is sent; for pending reads that is the end. Again, it does nothing. */
    @Override
    public void close() {
        outlet.close();
    }

    /** Closes the connection at once, and drops what is kept. */
    public void abort() {
        outlet.abort();
    }

    /**
     * Whether {@link #close()} or {@link #abort()} was called.
     *
     * @return true if it was
     */
    public boolean isClosing() {
        return outlet.isClosing();
    }

    /**
     * Waits until the connection is closed.
     *
     * @return a recipe, of null; it fails with {@link IOException} if not all could be sent
     */
    public Chainable<@Nullable Void> waitClosed() {
        return outlet.waitClosed();
    }

    /**
     * The connection underneath, for its addresses and options.
     *
     * @return never null
     */
    public Connection connection() {
        return connection;
    }

    /**
     * The address at the other end.
     *
     * @return never null
     */
    public SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public String toString() {
        return Display.escape("StreamWriter of " + connection, 69);
    }
}
