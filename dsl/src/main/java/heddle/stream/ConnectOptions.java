package heddle.stream;

import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to connect.
 *
 * @param limit how many bytes a line may have
 * @param happyEyeballsDelay after how many seconds without an answer the next address of the host is tried as well;
 *     infinity to try the next only when one has failed
 * @param local the address to come from; null for any
 * @param tls how to encrypt; null for not at all
 */
public record ConnectOptions(
        int limit,
        double happyEyeballsDelay,
        @Nullable SocketAddress local,
        @Nullable Tls tls) {

    /** Lines of 64 KiB, a quarter of a second, any address, not encrypted. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(StreamReader.DEFAULT_LIMIT, 0.25, null, null);

    /**
     * Checks the numbers.
     *
     * @param limit how many bytes a line may have
     * @param happyEyeballsDelay after how many seconds without an answer the next address of the host is tried as well;
     *     infinity to try the next only when one has failed
     * @param local the address to come from; null for any
     * @param tls how to encrypt; null for not at all
     * @throws IllegalArgumentException if {@code limit} isn't positive, the delay is negative or NaN, or {@code tls} is for servers
     */
    public ConnectOptions {
        Streams.checkLimit(limit);
        if (!(happyEyeballsDelay >= 0)) {
            throw new IllegalArgumentException("happyEyeballsDelay is " + happyEyeballsDelay + ": expected 0 or more");
        }
        if (tls != null) {
            tls.forClients();
        }
    }

    /**
     * These, with a limit for lines.
     *
     * @param limit how many bytes a line may have
     * @return new options
     */
    public ConnectOptions withLimit(int limit) {
        return new ConnectOptions(limit, happyEyeballsDelay, local, tls);
    }

    /**
     * These, with a delay between attempts.
     *
     * @param seconds the delay
     * @return new options
     */
    public ConnectOptions withHappyEyeballsDelay(double seconds) {
        return new ConnectOptions(limit, seconds, local, tls);
    }

    /**
     * These, from an address.
     *
     * @param local the address to come from
     * @return new options
     */
    public ConnectOptions withLocal(SocketAddress local) {
        return new ConnectOptions(limit, happyEyeballsDelay, Objects.requireNonNull(local, "local"), tls);
    }

    /**
     * These, encrypted.
     *
     * @param tls how, as {@link Tls#client()}
     * @return new options
     */
    public ConnectOptions withTls(Tls tls) {
        return new ConnectOptions(limit, happyEyeballsDelay, local, Objects.requireNonNull(tls, "tls"));
    }
}
