package heddle.stream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens.
 *
 * @param limit how many bytes a line may have
 * @param backlog how many connections may wait to be accepted
 * @param reuseAddress whether the port of a server that ended a moment ago may be taken
 * @param tls how to encrypt; null for not at all
 */
public record ServerOptions(
        int limit,
        int backlog,
        boolean reuseAddress,
        @Nullable Tls tls) {

    /** Lines of 64 KiB, a hundred waiting connections, and ports may be taken again; as asyncio's. */
    public static final ServerOptions DEFAULT = new ServerOptions(StreamReader.DEFAULT_LIMIT, 100, true, null);

    /**
     * Checks the numbers.
     *
     * @param limit how many bytes a line may have
     * @param backlog how many connections may wait to be accepted
     * @param reuseAddress whether the port of a server that ended a moment ago may be taken
     * @param tls how to encrypt; null for not at all
     * @throws IllegalArgumentException if {@code limit} or {@code backlog} isn't positive, or {@code tls} is for clients
     */
    public ServerOptions {
        Streams.checkLimit(limit);
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog is " + backlog + ": expected 1 or more");
        }
        if (tls != null) {
            tls.forServers();
        }
    }

    /**
     * These, with a limit for lines.
     *
     * @param limit how many bytes a line may have
     * @return new options
     */
    public ServerOptions withLimit(int limit) {
        return new ServerOptions(limit, backlog, reuseAddress, tls);
    }

    /**
     * These, with a backlog.
     *
     * @param backlog how many connections may wait to be accepted
     * @return new options
     */
    public ServerOptions withBacklog(int backlog) {
        return new ServerOptions(limit, backlog, reuseAddress, tls);
    }

    /**
     * These, with or without reuse of ports.
     *
     * @param reuseAddress whether the port of a server that ended a moment ago may be taken
     * @return new options
     */
    public ServerOptions withReuseAddress(boolean reuseAddress) {
        return new ServerOptions(limit, backlog, reuseAddress, tls);
    }

    /**
     * These, encrypted.
     *
     * @param tls how, as {@link Tls#server}
     * @return new options
     */
    public ServerOptions withTls(Tls tls) {
        return new ServerOptions(limit, backlog, reuseAddress, Objects.requireNonNull(tls, "tls"));
    }
}
