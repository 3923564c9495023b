package heddle.stream;

import heddle.api.EventLoop;
import heddle.api.network.Connection;
import java.util.Objects;

/**
 * Both halves of a connection.
 *
 * @param reader what comes in
 * @param writer what goes out
 */
public record Streams(StreamReader reader, StreamWriter writer) implements AutoCloseable {

    /**
     * Checks that neither is null.
     *
     * @param reader what comes in
     * @param writer what goes out
     * @throws NullPointerException if one is
     */
    public Streams {
        Objects.requireNonNull(reader, "reader");
        Objects.requireNonNull(writer, "writer");
    }

    /**
     * Streams over a connection of any kind. From now on it is theirs.
     *
     * @param connection the connection
     * @return new streams, on the loop that the caller speaks for
     */
    public static Streams over(Connection connection) {
        return over(connection, StreamReader.DEFAULT_LIMIT);
    }

    /**
     * As {@link #over(Connection)}, with a limit for lines.
     *
     * @param connection the connection
     * @param limit how many bytes a line may have
     * @return new streams, on the loop that the caller speaks for
     * @throws IllegalArgumentException if {@code limit} isn't positive
     */
    public static Streams over(Connection connection, int limit) {
        Objects.requireNonNull(connection, "connection");
        checkLimit(limit);
        return new Streams(new StreamReader(connection, limit), new StreamWriter(EventLoop.running(), connection));
    }

    static int checkLimit(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit is " + limit + ": expected 1 or more");
        }
        return limit;
    }

    /** Closes the connection, once what was written is sent; see {@link StreamWriter#close()}. */
    @Override
    public void close() {
        writer.close();
    }

    @Override
    public String toString() {
        return heddle.api.spi.Display.escape("Streams of " + writer.connection(), 69);
    }
}
