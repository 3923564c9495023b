package heddle.stream;

import java.nio.ByteBuffer;

/** The bytes that are kept to be sent, in an array that grows as needed. */
final class Backlog {

    private static final int INITIAL = 1024;
    /** How much room is kept for the next time. */
    private static final int LARGE = 64 * 1024;

    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    int size() {
        return end - start;
    }

    /**
     * Adds what comes behind {@code from}.
     *
     * @param shared whether a piece is in use: what it shows must stay as it is
     */
    void add(byte[] data, int from, boolean shared) {
        int added = data.length - from;
        if (bytes.length - end < added) {
            makeRoom(added, shared);
        }
        System.arraycopy(data, from, bytes, end, added);
        end += added;
    }

    private void makeRoom(int added, boolean shared) {
        byte[] target = bytes;
        long needed = (long) size() + added;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException("more than 2 GiB are kept to be sent: await drain() after each write");
        }
        if (shared || needed > bytes.length / 2L) {
            target = new byte[(int) Math.min(Integer.MAX_VALUE - 16, Math.max(INITIAL, needed * 2))];
        }
        System.arraycopy(bytes, start, target, 0, size());
        end = size();
        start = 0;
        bytes = target;
    }

    /** The first bytes, as many as {@code most}. */
    ByteBuffer piece(int most) {
        return ByteBuffer.wrap(bytes, start, Math.min(most, size()));
    }

    /** Forgets the first bytes. */
    void drop(int count) {
        start += count;
        if (start == end) {
            clear();
        }
    }

    /** Forgets all. */
    void clear() {
        start = 0;
        end = 0;
        if (bytes.length > LARGE) {
            bytes = new byte[0];
        }
    }
}
