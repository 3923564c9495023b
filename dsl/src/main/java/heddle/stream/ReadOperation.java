package heddle.stream;

import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.dsl.StopAsyncIteration;
import org.jspecify.annotations.Nullable;

/** Waits for bytes until there is what it is after. */
abstract class ReadOperation<T extends @Nullable Object> extends Operation<T> {

    final StreamReader reader;
    final Intake intake;

    ReadOperation(StreamReader reader) {
        this.reader = reader;
        this.intake = reader.intake();
    }

    /** Takes what it is after, if it is there, and says so; if it never will be there, throws. */
    abstract boolean attempt() throws Exception;

    final boolean found(T value) {
        give(value);
        return true;
    }

    @Override
    public final Suspension step() throws Throwable {
        reader.begin(this);
        try {
            while (!attempt()) {
                Future<Integer> more = intake.fill();
                if (more != null) {
                    return more;
                }
            }
        } catch (Throwable e) {
            reader.end(this);
            throw e;
        }
        reader.end(this);
        return Pause.FINISHED;
    }

    @Override
    public final Suspension raise(Throwable error) throws Throwable {
        if (reader.isReading(this) && intake.failedWith(error)) {
            return step(); // it is what the awaited read says, so it is looked at there
        }
        leave(error);
        throw error;
    }

    @Override
    public final void close() {
        leave(new heddle.api.CoroutineExit());
    }

    private void leave(Throwable error) {
        if (reader.end(this)) {
            intake.leave(error);
        }
    }

    @Override
    public final String toString() {
        return name();
    }

    @Override
    public abstract String name();

    // ---- what one can be after

    /** Whatever is there, up to a number of bytes; none at the end. */
    static final class Some extends ReadOperation<byte[]> {
        private final int most;

        Some(StreamReader reader, int most) {
            super(reader);
            this.most = most;
        }

        @Override
        boolean attempt() {
            int there = Math.min(most, intake.available());
            return (there > 0 || most == 0 || intake.ended()) && found(intake.take(there));
        }

        @Override
        Operation<byte[]> again() {
            return new Some(reader, most);
        }

        @Override
        public String name() {
            return "read(" + most + ")";
        }
    }

    /** All up to the end. */
    static final class All extends ReadOperation<byte[]> {
        All(StreamReader reader) {
            super(reader);
        }

        @Override
        boolean attempt() {
            return intake.ended() && found(intake.take(intake.available()));
        }

        @Override
        Operation<byte[]> again() {
            return new All(reader);
        }

        @Override
        public String name() {
            return "read()";
        }
    }

    /** So many bytes, and no fewer. */
    static final class Exactly extends ReadOperation<byte[]> {
        private final int count;

        Exactly(StreamReader reader, int count) {
            super(reader);
            this.count = count;
        }

        @Override
        boolean attempt() throws IncompleteReadException {
            if (intake.available() >= count) {
                return found(intake.take(count));
            }
            if (intake.ended()) {
                throw new IncompleteReadException(intake.take(intake.available()), count);
            }
            return false;
        }

        @Override
        Operation<byte[]> again() {
            return new Exactly(reader, count);
        }

        @Override
        public String name() {
            return "readExactly(" + count + ")";
        }
    }

    /** All up to a separator, that included. */
    static final class Until extends ReadOperation<byte[]> {
        private final byte[] separator;
        /** Where the separator isn't: before here. */
        private int searched;

        Until(StreamReader reader, byte[] separator) {
            super(reader);
            this.separator = separator;
        }

        @Override
        boolean attempt() throws IncompleteReadException, LimitOverrunException {
            int at = find();
            int size = at < 0 ? intake.available() : at + separator.length;
            if (size > reader.limit()) {
                throw new LimitOverrunException("the separator", intake.take(size), reader.limit());
            }
            if (at >= 0) {
                return found(intake.take(size));
            }
            if (intake.ended()) {
                throw new IncompleteReadException(intake.take(size), -1);
            }
            return false;
        }

        private int find() {
            int last = intake.available() - separator.length;
            for (int at = intake.find(separator[0], searched); at >= 0 && at <= last; ) {
                int matched = 1;
                while (matched < separator.length && intake.byteAt(at + matched) == separator[matched]) {
                    matched++;
                }
                if (matched == separator.length) {
                    return at;
                }
                at = intake.find(separator[0], at + 1);
            }
            searched = Math.max(0, last + 1);
            return -1;
        }

        @Override
        Operation<byte[]> again() {
            return new Until(reader, separator);
        }

        @Override
        public String name() {
            return "readUntil";
        }
    }

    /** A line of text; at the end null, or as an iteration ends. */
    static final class Line extends ReadOperation<@Nullable String> {
        private final boolean iterating;
        private int searched;

        Line(StreamReader reader, boolean iterating) {
            super(reader);
            this.iterating = iterating;
        }

        @Override
        boolean attempt() throws LimitOverrunException, StopAsyncIteration {
            int at = intake.find((byte) '\n', searched);
            int there = intake.available();
            searched = there;
            int size = at < 0 ? there : at + 1;
            if (size > reader.limit()) {
                throw new LimitOverrunException("the end of the line", intake.take(size), reader.limit());
            }
            if (at >= 0) {
                String line = intake.text(at > 0 && intake.byteAt(at - 1) == '\r' ? at - 1 : at);
                intake.skip(size);
                return found(line);
            }
            if (!intake.ended()) {
                return false;
            }
            if (there == 0 && iterating) {
                throw new StopAsyncIteration();
            }
            String rest = there == 0 ? null : intake.text(there);
            intake.skip(there);
            return found(rest);
        }

        @Override
        Operation<@Nullable String> again() {
            return new Line(reader, iterating);
        }

        @Override
        public String name() {
            return "readLine";
        }
    }
}
