package heddle.tck.law;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.Pause;
import heddle.api.Suspension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code of a law's task: pieces that run one after another, each up to a pause. A piece answers what it waits for, or null
 * to go on with the next piece at once.
 */
public final class Body implements Awaitable<@Nullable Object> {

    /** A piece of code. */
    @FunctionalInterface
    public interface Piece {
        @Nullable
        Suspension run() throws Throwable;
    }

    /** What the code does with an error that is raised where it waits. */
    @FunctionalInterface
    public interface Catcher {
        @Nullable
        Suspension caught(Throwable error) throws Throwable;
    }

    private final List<Piece> pieces;
    private Catcher catcher = error -> {
        throw error;
    };
    private @Nullable Object value;
    private @Nullable Throwable problem;
    private Runnable cleanUp = () -> {};

    private Body(List<Piece> pieces) {
        this.pieces = pieces;
    }

    public static Body of(Piece... pieces) {
        return new Body(List.of(pieces));
    }

    public static Body of(List<Piece> pieces) {
        return new Body(List.copyOf(pieces));
    }

    /** The same code, which returns a value at its end. */
    public Body returning(@Nullable Object value) {
        this.value = value;
        return this;
    }

    /** The same code, whose value can't be read. */
    public Body resultThrowing(Throwable problem) {
        this.problem = problem;
        return this;
    }

    /** The same code, which catches what is raised. */
    public Body catching(Catcher catcher) {
        this.catcher = catcher;
        return this;
    }

    /** The same code, in a {@code try} with this as its {@code finally} block when it is closed. */
    public Body cleaningUp(Runnable cleanUp) {
        this.cleanUp = cleanUp;
        return this;
    }

    @Override
    public Coroutine<@Nullable Object> coroutine() {
        return new Run();
    }

    private final class Run implements Coroutine<@Nullable Object> {
        private int next;
        private boolean ended;

        @Override
        public Suspension step() throws Throwable {
            return run(null);
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            return run(error);
        }

        private Suspension run(@Nullable Throwable error) throws Throwable {
            if (ended) {
                throw new LawFailure("the coroutine was stepped after its end");
            }
            boolean goesOn = false;
            try {
                Suspension suspension = error == null ? advance() : meet(error);
                goesOn = suspension != Pause.FINISHED;
                return suspension;
            } finally {
                ended = !goesOn;
            }
        }

        private Suspension meet(Throwable error) throws Throwable {
            if (next == 0) {
                throw error; // never begun: no code of it runs
            }
            Suspension suspension = catcher.caught(error);
            return suspension == null ? advance() : suspension;
        }

        private Suspension advance() throws Throwable {
            while (next < pieces.size()) {
                Suspension suspension = pieces.get(next++).run();
                if (suspension != null) {
                    return suspension;
                }
            }
            return Pause.FINISHED;
        }

        @Override
        public @Nullable Object result() throws Exception {
            if (problem != null) {
                throw Bodies.<Exception>as(problem);
            }
            return value;
        }

        @Override
        public void close() {
            boolean waits = !ended && next > 0;
            ended = true;
            if (waits) {
                cleanUp.run();
            }
        }
    }
}
