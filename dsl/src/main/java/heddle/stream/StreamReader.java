package heddle.stream;

import heddle.api.network.Connection;
import heddle.api.spi.Display;
import heddle.dsl.AsyncIterable;
import heddle.dsl.AsyncIterator;
import heddle.dsl.Chainable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The incoming half of a connection. It reads from the connection only what is asked for, so a slow reader slows its peer
 * down, and holds little. One read at a time; a second one fails with {@link IllegalStateException}.
 *
 * <p>Every read fails with {@link java.io.IOException} if the connection breaks before it is satisfied; the error goes to that
 * read alone. A cancelled read leaves all bytes to the next one.
 *
 * <p>As an {@link AsyncIterable} it gives its lines, as {@link #readLine()} does, up to the end of the stream.
 */
public final class StreamReader implements AsyncIterable<String> {

    /** How long a line may be, as asyncio's. */
    static final int DEFAULT_LIMIT = 64 * 1024;

    private final Connection connection;
    private final Intake intake;
    private final int limit;
    private @Nullable ReadOperation<?> reading;

    StreamReader(Connection connection, int limit) {
        this.connection = connection;
        this.intake = new Intake(connection);
        this.limit = limit;
    }

    Intake intake() {
        return intake;
    }

    Connection connection() {
        return connection;
    }

    int limit() {
        return limit;
    }

    void begin(ReadOperation<?> operation) {
        ReadOperation<?> other = reading;
        if (other != null && other != operation) {
            throw new IllegalStateException(operation.name() + " while another " + other.name()
                    + " waits for the same stream: a stream has one reader at a time");
        }
        reading = operation;
    }

    boolean isReading(ReadOperation<?> operation) {
        return reading == operation;
    }

    /** Whether it was reading. */
    boolean end(ReadOperation<?> operation) {
        if (reading != operation) {
            return false;
        }
        reading = null;
        return true;
    }

    /**
     * Reads all up to the end of the stream, however much that is.
     *
     * @return a recipe, of the bytes
     */
    public Chainable<byte[]> read() {
        return new ReadOperation.All(this);
    }

    /**
     * Reads what is there, waiting for at least a byte.
     *
     * @param most how many bytes at most
     * @return a recipe, of the bytes; of none at the end of the stream
     * @throws IllegalArgumentException if {@code most} is negative
     */
    public Chainable<byte[]> read(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most is " + most + ": expected 0 or more; read() reads all");
        }
        return new ReadOperation.Some(this, most);
    }

    /**
     * Reads so many bytes, however long they take to come. It fails with {@link IncompleteReadException} if the stream ends
     * before.
     *
     * @param count how many; this may be more than the limit, so look at numbers that a peer sends
     * @return a recipe, of the bytes
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public Chainable<byte[]> readExactly(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ": expected 0 or more");
        }
        return new ReadOperation.Exactly(this, count);
    }

    /**
     * Reads up to a separator. It fails with {@link IncompleteReadException} if the stream ends before, and with {@link
     * LimitOverrunException} if the separator isn't within the limit.
     *
     * @param separator the separator
     * @return a recipe, of the bytes with the separator
     * @throws IllegalArgumentException if {@code separator} is empty
     */
    public Chainable<byte[]> readUntil(byte[] separator) {
        byte[] own = Objects.requireNonNull(separator, "separator").clone();
        if (own.length == 0) {
            throw new IllegalArgumentException("separator is empty: expected at least a byte");
        }
        return new ReadOperation.Until(this, own);
    }

    /**
     * Reads a line of UTF-8 text, which ends in {@code \n} or {@code \r\n}, or with the stream. It fails with {@link
     * LimitOverrunException} if the line is longer than the limit.
     *
     * @return a recipe, of the line without its end; of null at the end of the stream
     */
    public Chainable<@Nullable String> readLine() {
        return new ReadOperation.Line(this, false);
    }

    /** An iteration over the lines that are still to come. */
    @Override
    @SuppressWarnings("NullAway") // an iteration ends where readLine gives null
    public AsyncIterator<String> asyncIterator() {
        return () -> new ReadOperation.Line(this, true);
    }

    /**
     * Whether the end of the stream was read, and nothing is left before it.
     *
     * @return true if there is nothing more to read
     */
    public boolean atEof() {
        return intake.ended() && intake.available() == 0;
    }

    @Override
    public String toString() {
        return Display.escape("StreamReader of " + connection, 69);
    }
}
