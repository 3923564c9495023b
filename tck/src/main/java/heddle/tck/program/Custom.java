package heddle.tck.program;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import org.jspecify.annotations.Nullable;

/** Awaitables with an await protocol of their own, as a user would write them. */
final class Custom {

    private Custom() {}

    private interface Maker {
        Coroutine<@Nullable Object> make();
    }

    private record Own(Maker maker) implements Awaitable<@Nullable Object> {
        @Override
        public Coroutine<@Nullable Object> coroutine() {
            return maker.make();
        }
    }

    static Awaitable<@Nullable Object> pause(int times, @Nullable Object value) {
        return new Own(() -> new Pausing(times, value));
    }

    static Awaitable<@Nullable Object> bare(ProgramRun run, int number, @Nullable Object value) {
        return new Own(() -> new Bare(run, number, value));
    }

    static Awaitable<@Nullable Object> absorb(@Nullable Object value) {
        return new Own(() -> new Absorbing(value));
    }

    static Awaitable<@Nullable Object> trust(Future<?> future, @Nullable Object value) {
        return new Own(() -> new Trusting(future, value));
    }

    static Awaitable<@Nullable Object> wrap(ProgramRun run, Awaitable<?> other) {
        return new Own(() -> new Wrapping(run, other.coroutine()));
    }

    /** A coroutine that lets every error out, and has nothing to clean up. */
    private abstract static class Simple implements Coroutine<@Nullable Object> {
        @Nullable
        Object value;

        Simple(@Nullable Object value) {
            this.value = value;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            throw error;
        }

        @Override
        public @Nullable Object result() {
            return value;
        }

        @Override
        public void close() {}
    }

    /** Lets the others run, some times. */
    private static final class Pausing extends Simple {
        private int left;

        Pausing(int times, @Nullable Object value) {
            super(value);
            left = times;
        }

        @Override
        public Suspension step() {
            return left-- > 0 ? Pause.YIELD : Pause.FINISHED;
        }
    }

    /** Yields what it must not. */
    private static final class Bare extends Simple {
        private final ProgramRun run;
        private final int number;
        private boolean yielded;

        Bare(ProgramRun run, int number, @Nullable Object value) {
            super(value);
            this.run = run;
            this.number = number;
        }

        @Override
        public Suspension step() {
            if (yielded) {
                return Pause.FINISHED;
            }
            yielded = true;
            return run.foreignFuture(number);
        }
    }

    /** Ends its first step in a future, done or not, and takes it for granted that it succeeds. */
    private static final class Trusting extends Simple {
        private @Nullable Future<?> future;

        Trusting(Future<?> future, @Nullable Object value) {
            super(value);
            this.future = future;
        }

        @Override
        public Suspension step() {
            Future<?> first = future;
            future = null;
            return first == null ? Pause.FINISHED : first;
        }
    }

    /** Lets the others run once, and takes whatever is raised there as its value. */
    private static final class Absorbing extends Simple {
        private boolean yielded;

        Absorbing(@Nullable Object value) {
            super(value);
        }

        @Override
        public Suspension step() {
            if (yielded) {
                return Pause.FINISHED;
            }
            yielded = true;
            return Pause.YIELD;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            if (!yielded) {
                throw error;
            }
            value = Normal.exception(error);
            return Pause.FINISHED;
        }
    }

    /** Hands on to another, and says so. */
    private static final class Wrapping implements Coroutine<@Nullable Object> {
        private final ProgramRun run;
        private final Coroutine<?> other;
        private boolean begun;

        Wrapping(ProgramRun run, Coroutine<?> other) {
            this.run = run;
            this.other = other;
        }

        @Override
        public Suspension step() throws Throwable {
            if (!begun) {
                begun = true;
                run.trace.line("custom begins");
            }
            return told(other.step());
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            return told(other.raise(error));
        }

        private Suspension told(Suspension suspension) throws Exception {
            if (suspension == Pause.FINISHED) {
                run.trace.line("custom got " + Normal.value(other.result()));
            }
            return suspension;
        }

        @Override
        public @Nullable Object result() throws Exception {
            return other.result();
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
