package heddle.stream;

import heddle.api.Awaitable;
import heddle.dsl.AsyncIterator;
import heddle.dsl.Chain;
import heddle.dsl.Heddle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file as it grows. A look that was cancelled leaves its lines to the next one. */
final class Follower implements AsyncIterator<String> {

    private static final int PIECE = 64 * 1024;

    private final Path path;
    private final double interval;
    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long position;
    private boolean seen;

    Follower(Path path, double interval) {
        this.path = path;
        this.interval = interval;
    }

    @Override
    public Awaitable<String> next() {
        String line = lines.poll();
        return line != null ? Heddle.chain(line) : look();
    }

    private Chain<String> look() {
        long from = position;
        return Heddle.<@Nullable Piece>toThread(() -> read(path, from, seen)).await(piece -> {
            String line = piece == null ? null : take(piece);
            return line != null ? Heddle.chain(line) : Heddle.sleep(interval).await(this::next);
        });
    }

    /** What a look at the file found; from where it was read, which is the beginning if the file became shorter. */
    @SuppressWarnings("ArrayRecordComponent") // it goes from one method to the next
    private record Piece(byte[] bytes, long from, boolean restarted) {}

    private static @Nullable Piece read(Path path, long from, boolean mayBeMissing) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            boolean shorter = file.size() < from;
            long start = shorter ? 0 : from;
            ByteBuffer into = ByteBuffer.allocate((int) Math.min(PIECE, file.size() - start));
            file.position(start);
            while (into.hasRemaining() && file.read(into) >= 0) {
                // until it is full, or the file became shorter meanwhile
            }
            byte[] bytes = new byte[into.flip().remaining()];
            into.get(bytes);
            return new Piece(bytes, start, shorter);
        } catch (NoSuchFileException e) {
            if (mayBeMissing) {
                return null; // it is being replaced
            }
            throw e;
        }
    }

    private @Nullable String take(Piece piece) throws LimitOverrunException {
        seen = true;
        if (piece.restarted) {
            begun.reset();
        }
        position = piece.from + piece.bytes.length;
        for (byte each : piece.bytes) {
            if (each == '\n') {
                String line = begun.toString(StandardCharsets.UTF_8);
                lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
                begun.reset();
            } else {
                begun.write(each);
            }
        }
        if (begun.size() > StreamReader.DEFAULT_LIMIT) {
            byte[] partial = begun.toByteArray();
            begun.reset();
            throw new LimitOverrunException("the end of the line", partial, StreamReader.DEFAULT_LIMIT);
        }
        return lines.poll();
    }

    @Override
    public String toString() {
        return heddle.api.spi.Display.escape("follow " + path, 69);
    }
}
