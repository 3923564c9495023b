package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.Pause;
import heddle.api.Suspension;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs an awaitable with a {@link Block} around it: three coroutines one after the other, the block's way in, the
 * awaitable, the block's way out, of which the first and the last are often absent.
 */
final class Enclosed<T extends @Nullable Object> implements Coroutine<T> {

    private enum Phase {
        FRESH,
        ENTERING,
        INSIDE,
        LEAVING,
        ENDED
    }

    private final Block block;
    private final Callable<? extends Awaitable<? extends T>> code;
    private Phase phase = Phase.FRESH;
    private @Nullable Coroutine<?> child;
    private boolean running;
    private boolean closing;
    private @Nullable T value;
    private @Nullable Throwable failure;

    Enclosed(Block block, Callable<? extends Awaitable<? extends T>> code) {
        this.block = block;
        this.code = code;
    }

    /** A recipe for runs of this kind; {@code what} is its text form. */
    static <R extends @Nullable Object> Chain<R> chain(Object what, Callable<Enclosed<R>> start) {
        return Chain.start(Program.AWAIT, new Recipe<R>(what, start));
    }

    private record Recipe<R extends @Nullable Object>(Object what, Callable<Enclosed<R>> start)
            implements Awaitable<R> {
        @Override
        public Coroutine<R> coroutine() {
            try {
                return start.call();
            } catch (Exception e) {
                throw Throwables.raise(e);
            }
        }

        @Override
        public String toString() {
            return what.toString();
        }
    }

    // ---- the protocol

    @Override
    public Suspension step() throws Throwable {
        return advance(null);
    }

    @Override
    public Suspension raise(Throwable error) throws Throwable {
        if (phase == Phase.FRESH) {
            phase = Phase.ENDED;
            throw error;
        }
        return advance(error);
    }

    @Override
    public void close() {
        if (phase == Phase.FRESH || phase == Phase.ENDED) {
            phase = Phase.ENDED;
            return;
        }
        closing = true;
        try {
            advance(new CoroutineExit());
        } catch (CoroutineExit e) {
            // as it should be
        } catch (Throwable e) {
            throw Throwables.raise(e);
        }
    }

    private Suspension advance(@Nullable Throwable raised) throws Throwable {
        if (running || phase == Phase.ENDED) {
            throw new IllegalStateException((running ? "stepped by its own code: " : "stepped after its end: ") + this
                    + "; each run of a coroutine has one owner");
        }
        running = true;
        boolean paused = false;
        try {
            Suspension suspension = phase == Phase.FRESH ? enter() : resume(raised);
            while (suspension == Pause.FINISHED && phase != Phase.ENDED) {
                suspension = resume(null);
            }
            paused = suspension != Pause.FINISHED;
            return suspension;
        } finally {
            running = false;
            if (!paused) {
                phase = Phase.ENDED;
                child = null;
            }
        }
    }

    /** Begins to enter; answers FINISHED when the next phase may begin. */
    private Suspension enter() throws Throwable {
        phase = Phase.ENTERING;
        Awaitable<?> first = block.enter();
        if (first == null) {
            return begin();
        }
        child = Awaiting.coroutineOf(first);
        return Pause.FINISHED;
    }

    /** Begins the code itself. */
    private Suspension begin() throws Throwable {
        phase = Phase.INSIDE;
        try {
            child = Awaiting.coroutineOf(Awaiting.nonNull(code.call(), "the function given to " + block));
        } catch (Throwable e) {
            failure = e;
            return leave();
        }
        return Pause.FINISHED;
    }

    private Suspension leave() throws Throwable {
        phase = Phase.LEAVING;
        Awaitable<Boolean> last = block.exit(failure);
        if (last == null) {
            return end(false);
        }
        child = Awaiting.coroutineOf(last);
        return Pause.FINISHED;
    }

    private Suspension end(boolean dealtWith) throws Throwable {
        phase = Phase.ENDED;
        Throwable thrown = failure;
        failure = null;
        if (thrown != null && !dealtWith) {
            throw thrown;
        }
        return Pause.FINISHED;
    }

    /** Steps the coroutine of this phase, and begins the next phase when it ends. */
    @SuppressWarnings("unchecked") // inside, the child is a coroutine of T; leaving, of Boolean
    private Suspension resume(@Nullable Throwable raised) throws Throwable {
        Coroutine<?> stepped = child;
        if (stepped == null) {
            throw new AssertionError("nothing to step");
        }
        Object result;
        try {
            Suspension suspension = Awaiting.step(stepped, raised, closing);
            if (suspension != Pause.FINISHED) {
                if (closing) {
                    stepped.close();
                    throw Awaiting.whileClosed();
                }
                return suspension;
            }
            result = stepped.result();
        } catch (Throwable e) {
            child = null;
            if (phase != Phase.INSIDE) {
                throw e;
            }
            failure = e;
            return leave();
        }
        child = null;
        return switch (phase) {
            case ENTERING -> begin();
            case INSIDE -> {
                value = (T) result;
                yield leave();
            }
            default -> end((Boolean) result);
        };
    }

    @Override
    @SuppressWarnings("NullAway") // a T, null among them
    public T result() {
        return value;
    }

    @Override
    public @Nullable String name() {
        return child == null ? null : child.name();
    }

    @Override
    public List<StackTraceElement> stack() {
        Coroutine<?> stepped = child;
        return stepped == null ? List.of() : stepped.stack();
    }

    @Override
    public String toString() {
        return "run inside of " + block;
    }

    // ---- direct style

    /** Runs {@code code} right here, in the body of a coroutine, with {@code block} around it. */
    @SuppressWarnings("NullAway") // a T, null among them
    static <R extends @Nullable Object> R run(Block block, Callable<? extends R> code) throws Exception {
        Body body = Body.pausable();
        if (body == null) {
            return Heddle.await(Heddle.<R>async(() -> run(block, code)));
        }
        Awaitable<?> first = block.enter();
        if (first != null) {
            body.await(first);
        }
        R value = null;
        Throwable failure = null;
        try {
            value = body.within(block, code);
        } catch (Throwable e) {
            failure = e;
        }
        boolean dealtWith = false;
        try {
            Awaitable<Boolean> last = block.exit(failure);
            dealtWith = last != null && body.await(last);
        } catch (Throwable e) {
            throw Throwables.raise(e);
        }
        if (failure != null && !dealtWith) {
            throw Throwables.raise(failure);
        }
        return value;
    }
}
