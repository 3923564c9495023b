package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.spi.Display;
import heddle.dsl.carrier.Strand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Direct-style code on a strand: what {@code await} in it pauses. It is the inner half; {@link BodyRun}, the outer one, is
 * what a task steps. The two never run at the same time, and hand over in the fields here.
 *
 * <p>A body that awaits another body runs it on the same stack. What else it awaits, it steps itself, and pauses with what
 * that waits for.
 */
final class Body implements Runnable {

    /** How deep bodies may be nested on one stack before one gets a stack of its own. */
    private static final int DEEPEST = 200;

    private final Callable<?> code;

    /** In: what is to be thrown where the code waits, and whether it is being closed. */
    private @Nullable Throwable raised;

    private boolean closing;
    /** The context in which the step began. */
    private @Nullable Context context;

    /** Out: what the code waits for, or how it ended. */
    private @Nullable Suspension suspension;

    private @Nullable Object result;
    private @Nullable Throwable failure;

    private @Nullable Strand strand;
    private int depth;
    /** Whether code that isn't this body runs on its stack now: the step of a coroutine that it awaits. */
    private boolean stepping;

    Body(Callable<?> code) {
        this.code = code;
    }

    /** The body that the caller runs in; null if it runs in none. */
    static @Nullable Body running() {
        return Strand.running() instanceof Body body ? body : null;
    }

    // ---- from outside

    void setStrand(Strand strand) {
        this.strand = strand;
    }

    /** Runs the code on, with {@code error} thrown where it waits if there is one. */
    Suspension resume(Strand mine, @Nullable Throwable error, boolean toClose) throws Throwable {
        raised = error;
        closing |= toClose;
        context = LoopBinding.here().context();
        boolean ended = mine.resume();
        context = null;
        if (ended) {
            Throwable thrown = failure;
            if (thrown != null) {
                failure = null;
                throw thrown;
            }
            return Pause.FINISHED;
        }
        Suspension paused = suspension;
        suspension = null;
        if (paused == null) {
            throw new AssertionError("paused for nothing");
        }
        return paused;
    }

    @Nullable
    Object result() {
        return result;
    }

    // ---- from inside

    @Override
    public void run() {
        try {
            result = checked(code.call());
        } catch (Throwable e) {
            failure = e;
        }
    }

    <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable) throws Exception {
        if (stepping) {
            throw Awaiting.inFunction();
        }
        if (awaitable instanceof Future<?>) {
            @SuppressWarnings("unchecked") // a future only ever gives its value
            Future<T> future = (Future<T>) ChainFuture.unwrap((Future<?>) awaitable);
            if (!future.done()) {
                pause(future);
            }
            return future.result();
        }
        if (awaitable instanceof Chain<?> chain) {
            Program program = chain.program();
            if (program.codes.length == 1) {
                switch (program.codes[0]) {
                    case Program.BODY -> {
                        if (depth < DEEPEST) {
                            return cast(inline((Callable<?>) program.arguments[0]));
                        }
                    }
                    case Program.PAUSE -> {
                        pause(Pause.YIELD);
                        return cast(program.arguments[0]);
                    }
                    default -> {
                        // it is stepped like any other
                    }
                }
            }
        }
        return drive(awaitable);
    }

    private @Nullable Object inline(Callable<?> other) throws Exception {
        depth++;
        try {
            return checked(other.call());
        } finally {
            depth--;
        }
    }

    /** Steps a coroutine to its end, pausing with whatever it waits for. */
    private <T extends @Nullable Object> T drive(Awaitable<? extends T> awaitable) throws Exception {
        Coroutine<? extends T> coroutine;
        Suspension step;
        stepping = true;
        try {
            coroutine = Awaiting.coroutineOf(awaitable);
            step = coroutine.step();
        } catch (Throwable e) {
            throw Throwables.raise(e);
        } finally {
            stepping = false;
        }
        while (step != Pause.FINISHED) {
            if (step == null) {
                throw Awaiting.noSuspension(coroutine);
            }
            Throwable error = null;
            try {
                pause(step);
            } catch (Throwable e) {
                error = e;
            }
            stepping = true;
            try {
                if (error == null) {
                    step = coroutine.step();
                } else if (closing) {
                    coroutine.close();
                    throw error;
                } else {
                    step = coroutine.raise(error);
                }
            } catch (Throwable e) {
                throw Throwables.raise(e);
            } finally {
                stepping = false;
            }
        }
        return coroutine.result();
    }

    /** Hands {@code waitsFor} to whoever steps this; throws what that one raises when it goes on. */
    private void pause(Suspension waitsFor) {
        if (closing) {
            throw Awaiting.whileClosed();
        }
        if (LoopBinding.here().context() != context) {
            throw Awaiting.inContext();
        }
        Strand mine = strand;
        if (mine == null) {
            throw new AssertionError("a body without a strand runs");
        }
        suspension = waitsFor;
        mine.pause();
        Throwable error = raised;
        if (error != null) {
            raised = null;
            throw Throwables.raise(error);
        }
    }

    /** A body that returns a coroutine object meant to await it: nobody else will. */
    static @Nullable Object checked(@Nullable Object value) {
        if (value instanceof Awaitable<?> && !(value instanceof Future<?>)) {
            throw new IllegalStateException("the body returned " + Display.of(value)
                    + ", which nobody awaits: return await(…) of it (docs/codes.md#use-await)");
        }
        return value;
    }

    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // a chain's value is of its type
    private static <T extends @Nullable Object> T cast(@Nullable Object value) {
        return (T) value;
    }

    /** Ends code that nobody will resume; on a thread that speaks for no loop, or in a callback of its own. */
    void endAbandoned(Strand mine) {
        try {
            resume(mine, new CoroutineExit(), true);
        } catch (Throwable e) {
            // nobody is left to tell
        }
    }
}
