package heddle.tck.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What the engine prints: the beginning of it, and how much it was. Safe from any thread. */
final class Output {

    private static final int KEPT = 4_000;

    private final StringBuilder beginning = new StringBuilder();
    private long bytes;

    synchronized void add(byte[] some, int from, int count) {
        bytes += count;
        int room = Math.min(count, KEPT - beginning.length());
        if (room > 0) {
            beginning.append(new String(some, from, room, StandardCharsets.UTF_8));
        }
    }

    /** Takes all that comes. */
    void drain(InputStream in) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                add(buffer, 0, count);
            }
        } catch (IOException e) {
            // the process ended
        }
    }

    /** The beginning, and how much was left out. */
    synchronized String text() {
        String text = beginning.toString().strip();
        return bytes <= KEPT ? text : text + "\n… of " + bytes + " bytes in all";
    }
}
