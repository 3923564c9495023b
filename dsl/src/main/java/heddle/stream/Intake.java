package heddle.stream;

import heddle.api.Future;
import heddle.api.network.Connection;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that have come from a connection and were not taken yet. It asks for more only when somebody wants them: so who
 * reads slowly slows the sender down, and memory is bounded by what is asked for.
 *
 * <p>The connection reads right into the buffer, and the buffer's position counts: a cancelled read can't lose what it got.
 */
final class Intake {

    /** What a connection that never says anything costs. */
    private static final int INITIAL = 2048;

    /**
     * As far as a sender who fills it makes it grow; a single long message may need more. A little above 64 KiB, so that a
     * message of that size doesn't fill it: who fills it is asked at once for more, and that would be a call for nothing.
     */
    private static final int LARGE = 64 * 1024 + 512;
    /** After so many reads that needed less than a quarter of it, it shrinks. */
    private static final int PATIENCE = 16;

    private final Connection connection;
    private byte[] bytes = new byte[0];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int start;
    private int end;
    /** The last read filled it. */
    private boolean filled;
    /** How many reads in a row began with nothing kept, and needed little of it. */
    private int small;

    private @Nullable Future<Integer> pending;
    private @Nullable Throwable failure;
    private boolean ended;

    Intake(Connection connection) {
        this.connection = connection;
    }

    int available() {
        return end - start;
    }

    /** Whether the end of the stream was seen; there may be bytes before it. */
    boolean ended() {
        return ended;
    }

    byte byteAt(int offset) {
        return bytes[start + offset];
    }

    /** Where {@code wanted} first is, at {@code from} or later; -1 if it isn't there. */
    int find(byte wanted, int from) {
        for (int i = start + from; i < end; i++) {
            if (bytes[i] == wanted) {
                return i - start;
            }
        }
        return -1;
    }

    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
        skip(count);
        return taken;
    }

    void skip(int count) {
        start += count;
        if (start == end && pending == null) {
            start = 0;
            end = 0;
        }
    }

    String text(int count) {
        return new String(bytes, start, count, java.nio.charset.StandardCharsets.UTF_8);
    }

    // ---- more

    /**
     * Gets at least a byte more, or the end, and says what to wait for; null if there was nothing to wait for. After the
     * wait it is to be called again, or {@link #leave}.
     */
    @Nullable
    Future<Integer> fill() throws Exception {
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            throw Errors.<Exception>raise(failed);
        }
        Future<Integer> read = pending;
        if (read == null) {
            if (ended) {
                throw new EOFException("the stream has ended");
            }
            makeRoom();
            view.limit(bytes.length).position(end);
            read = connection.read(view);
            pending = read;
        }
        if (!read.done()) {
            return read;
        }
        absorb(read);
        return null;
    }

    private void absorb(Future<Integer> read) throws Exception {
        pending = null;
        end = view.position();
        filled = end == bytes.length;
        small = end > bytes.length / 4 ? 0 : small + 1;
        if (read.cancelled()) {
            return;
        }
        try {
            ended |= read.result() < 0;
        } catch (ClosedChannelException e) {
            ended = true; // it was closed here: as in asyncio, that is the end, and no error
        }
    }

    /** Whether {@code error} is what the read that was waited for failed with. */
    boolean failedWith(Throwable error) {
        Future<Integer> read = pending;
        return read != null && read.done() && !read.cancelled() && read.exception() == error;
    }

    /** Who waited for {@link #fill} goes away with {@code error}; what else there is to know, the next one gets to know. */
    void leave(Throwable error) {
        Future<Integer> read = pending;
        if (read == null) {
            return;
        }
        if (!read.done()) {
            read.cancel();
        }
        try {
            absorb(read);
        } catch (Throwable e) {
            if (e != error) {
                failure = e;
            }
        }
    }

    private void makeRoom() {
        int held = end - start;
        if (held == 0) {
            start = 0;
            end = 0;
            if (bytes.length == 0) {
                replace(INITIAL);
            } else if (filled && bytes.length < LARGE) {
                replace(Math.min(LARGE, bytes.length * 4));
            } else if (small >= PATIENCE && bytes.length > INITIAL) {
                replace(Math.max(INITIAL, bytes.length / 4));
            }
        } else if (start >= bytes.length / 2) {
            System.arraycopy(bytes, start, bytes, 0, held);
            start = 0;
            end = held;
        } else if (end == bytes.length) {
            replace((int) Math.min(Integer.MAX_VALUE - 16, bytes.length * 2L));
        }
    }

    private void replace(int size) {
        byte[] larger = new byte[size];
        int held = end - start;
        System.arraycopy(bytes, start, larger, 0, held);
        bytes = larger;
        view = ByteBuffer.wrap(larger);
        start = 0;
        end = held;
        filled = false;
        small = 0;
    }

    @Override
    public String toString() {
        return available() + " bytes" + (ended ? ", then the end" : "");
    }
}
