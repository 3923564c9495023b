package heddle.stream;

import java.io.EOFException;
import java.util.Objects;

/** The stream ended before what was asked for had come. It holds what did come, which is taken from the stream. */
public final class IncompleteReadException extends EOFException {

    private static final long serialVersionUID = 1;

    /** What was read. */
    private final byte[] partial;
    /** How many bytes were asked for. */
    private final int expected;

    /**
     * One that holds what was read.
     *
     * @param partial the bytes that came
     * @param expected how many were asked for; -1 if it was all up to a separator
     */
    public IncompleteReadException(byte[] partial, int expected) {
        super(Objects.requireNonNull(partial, "partial").length
                + (expected < 0
                        ? " bytes read before the end of the stream, but no separator"
                        : " bytes read on a total of " + expected + " expected bytes"));
        this.partial = partial.clone();
        this.expected = expected;
    }

    /**
     * The bytes that came before the end.
     *
     * @return a copy
     */
    public byte[] partial() {
        return partial.clone();
    }

    /**
     * How many bytes were asked for.
     *
     * @return the number, or -1 if it was all up to a separator
     */
    public int expected() {
        return expected;
    }
}
