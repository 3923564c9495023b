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
 */
public record ConnectOptions(
        int limit, double happyEyeballsDelay, @Nullable SocketAddress local) {

    /** Lines of 64 KiB, a quarter of a second, any address. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(StreamReader.DEFAULT_LIMIT, 0.25, null);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if {@code limit} isn't positive, or the delay is negative or NaN
     */
    public ConnectOptions {
        Streams.checkLimit(limit);
        if (!(happyEyeballsDelay >= 0)) {
            throw new IllegalArgumentException("happyEyeballsDelay is " + happyEyeballsDelay + ": expected 0 or more");
        }
    }

    /**
     * These, with a limit for lines.
     *
     * @param limit how many bytes a line may have
     * @return new options
     */
    public ConnectOptions withLimit(int limit) {
        return new ConnectOptions(limit, happyEyeballsDelay, local);
    }

    /**
     * These, with a delay between attempts.
     *
     * @param seconds the delay
     * @return new options
     */
    public ConnectOptions withHappyEyeballsDelay(double seconds) {
        return new ConnectOptions(limit, seconds, local);
    }

    /**
     * These, from an address.
     *
     * @param local the address to come from
     * @return new options
     */
    public ConnectOptions withLocal(SocketAddress local) {
        return new ConnectOptions(limit, happyEyeballsDelay, Objects.requireNonNull(local, "local"));
    }
}
