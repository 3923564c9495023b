package heddle.stream;

import java.io.IOException;
import java.util.Objects;

/**
 * A line, or what comes before a separator, is longer than the reader's limit. It holds what was read so far, which is taken
 * from the stream; what follows in the stream is the rest of the same line, so mostly it is best to close it.
 */
public final class LimitOverrunException extends IOException {

    private static final long serialVersionUID = 1;

    /** What was read. */
    private final byte[] partial;

    /**
     * One that holds what was read.
     *
     * @param sought what was looked for
     * @param partial the bytes that were read
     * @param limit the limit, in bytes
     */
    public LimitOverrunException(String sought, byte[] partial, int limit) {
        super(Objects.requireNonNull(sought, "sought") + " is not within the limit of " + limit + " bytes: "
                + Objects.requireNonNull(partial, "partial").length + " were read");
        this.partial = partial.clone();
    }

    /**
     * The bytes that were read.
     *
     * @return a copy
     */
    public byte[] partial() {
        return partial.clone();
    }
}
