package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.Suspension;
import heddle.api.spi.Display;
import org.jspecify.annotations.Nullable;

/** What every kind of await says when it can't be. */
final class Awaiting {

    private Awaiting() {}

    /** Starts a run; what {@code awaitable} is, is the user's, so it is checked. */
    static <T extends @Nullable Object> Coroutine<T> coroutineOf(Awaitable<T> awaitable) {
        Coroutine<T> coroutine = awaitable.coroutine();
        if (coroutine == null) {
            throw new NullPointerException("coroutine() of " + Display.of(awaitable)
                    + " returned null: an Awaitable returns a coroutine at each call");
        }
        return coroutine;
    }

    /**
     * Steps a coroutine that is awaited, or raises {@code error} in it. Where the awaiting code is being closed it is closed
     * instead, as {@code error} says.
     */
    static Suspension step(Coroutine<?> coroutine, @Nullable Throwable error, boolean closing) throws Throwable {
        if (error != null && closing) {
            coroutine.close();
            throw error;
        }
        Suspension suspension = error == null ? coroutine.step() : coroutine.raise(error);
        if (suspension == null) {
            throw noSuspension(coroutine);
        }
        return suspension;
    }

    /** What {@code who}, the user's code, answered to the question what to wait for. */
    static <T> T nonNull(@Nullable T answer, String who) {
        if (answer == null) {
            throw new NullPointerException(who + " returned null: return what to wait for");
        }
        return answer;
    }

    private static IllegalStateException noSuspension(Coroutine<?> stepped) {
        return new IllegalStateException("a step of " + Display.of(stepped)
                + " returned null: a step ends in a future, YIELD or FINISHED (docs/codes.md#bad-step)");
    }

    static IllegalStateException whileClosed() {
        return new IllegalStateException("await in code that is being closed: clean-up that runs on CoroutineExit"
                + " must not wait (docs/codes.md#await-while-closed)");
    }

    static IllegalStateException inFunction() {
        return new IllegalStateException("await inside a function of a chain, or inside the step of a coroutine: use"
                + " the verb await(…) of the chain, or async(() -> …) (docs/codes.md#await-in-chain)");
    }

    static IllegalStateException inCallback() {
        return new IllegalStateException("await inside a callback, which can't be paused: make a task of it,"
                + " createTask(async(() -> …)) (docs/codes.md#await-in-callback)");
    }

    static IllegalStateException whilePaused() {
        return new IllegalStateException("await while the loop is paused, which won't complete anything: step() or"
                + " resume() first (docs/codes.md#paused)");
    }

    static IllegalStateException inContext() {
        return new IllegalStateException("await inside of Context.run, which ends in the same step: make a task with"
                + " that context, or set the variable in the body (docs/codes.md#await-in-context)");
    }

    static IllegalStateException inGenerator() {
        return new IllegalStateException(
                "await inside a generator, which runs without a loop: use asyncGenerator(g -> …)"
                        + " (docs/codes.md#await-in-generator)");
    }

    static IllegalStateException yieldInFunction() {
        return new IllegalStateException(
                "yield inside a function of a chain, or inside the step of a coroutine, that the"
                        + " generator awaits: yield in the generator's own code (docs/codes.md#yield)");
    }

    static IllegalStateException yieldInside(Block block) {
        return new IllegalStateException(
                "yield inside of " + block + ": it belongs to the task that entered it, and the"
                        + " generator may be resumed by another one; yield outside of it (docs/codes.md#yield)");
    }

    static IllegalStateException yieldWhileClosed() {
        return new IllegalStateException("generator ignored CoroutineExit: it yields while it is being closed; let the"
                + " error through (docs/codes.md#yield)");
    }
}
