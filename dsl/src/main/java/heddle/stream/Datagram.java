package heddle.stream;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A datagram that came.
 *
 * @param data its bytes
 * @param from who sent it
 */
@SuppressWarnings("ArrayRecordComponent") // what is received is handed over, not shared
public record Datagram(byte[] data, SocketAddress from) {

    /**
     * Checks that neither is null.
     *
     * @param data its bytes
     * @param from who sent it
     * @throws NullPointerException if one is
     */
    public Datagram {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(from, "from");
    }

    /**
     * Its bytes as UTF-8 text.
     *
     * @return the text
     */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return heddle.api.spi.Display.escape("Datagram of " + data.length + " bytes from " + from, 69);
    }
}
