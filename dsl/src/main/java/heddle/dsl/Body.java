package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.spi.Display;
import heddle.api.spi.Traces;
import heddle.dsl.attempt.Attempt;
import heddle.dsl.carrier.Carrier;
import heddle.dsl.carrier.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Direct-style code on a strand: what {@code await} in it pauses. {@link ChainRun}, which a task steps, resumes it; the two
 * never run at the same time, and hand over in the fields here.
 *
 * <p>A body that awaits another body runs it on the same stack. What else it awaits, it steps itself, and pauses with what
 * that waits for. Where that would nest too deeply, it asks the chain to wait in its place.
 */
final class Body implements Runnable {

    /** How many bodies may run on one stack, each awaited by the one before. */
    private static final int DEEPEST = 50;

    private final Callable<?> code;
    private final Strand strand;

    // In: what to throw where the code waits, whether it is being closed, and what came of the awaitable it asked for.
    private @Nullable Throwable raised;
    private boolean closing;
    /** A wait was refused while it is closed. */
    private boolean refused;

    private @Nullable Object answer;
    /** Of whoever resumed the code, and the context in which that step began. */
    private @Nullable LoopBinding resumer;

    private @Nullable Context context;

    // Out: what the code waits for, or asks to be stepped in its place; how it ended.
    private @Nullable Suspension suspension;
    private @Nullable Awaitable<?> asked;
    private @Nullable Object result;
    private @Nullable Throwable failure;

    private @Nullable Abandonment abandonment;
    private int depth;
    /** Whether what the code awaits runs on its stack now: the step of a coroutine, in which await is refused. */
    private boolean stepping;
    /** The innermost block around the code that runs. */
    private @Nullable Block innermost;
    /** The asynchronous iterations that the code has opened and not gone through, innermost last. */
    private final List<Each<?>> iterations = new ArrayList<>(0);

    private boolean refusesAwait;

    private @Nullable Coroutine<?> stepped;

    Body(Callable<?> code) {
        this.code = code;
        this.strand = Carrier.chosen().strand(this);
    }

    /** The body that the caller runs in; null if it runs in none. */
    static @Nullable Body running() {
        return Strand.running() instanceof Body body ? body : null;
    }

    /**
     * The body that the caller can pause; null on a thread that runs no loop.
     *
     * @throws IllegalStateException if the caller is somewhere else on a loop's thread
     */
    static @Nullable Body pausable() {
        Body body = running();
        if (body != null && !body.stepping) {
            body.checkCanAwait();
            return body;
        }
        EventLoop here = LoopBinding.current();
        if (here == null) {
            return null;
        }
        throw here.currentTask() == null ? Awaiting.inCallback() : Awaiting.inFunction();
    }

    /** A body that returns a coroutine object meant to await it: nobody else will. */
    private static @Nullable Object checked(@Nullable Object value) {
        if (value instanceof Awaitable<?> && !(value instanceof Future<?>)) {
            throw new IllegalStateException("the body returned " + Display.of(value)
                    + ", which nobody awaits: return await(…) of it (docs/codes.md#use-await)");
        }
        return value;
    }

    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // an awaitable's value is of its type
    private static <T extends @Nullable Object> T cast(@Nullable Object value) {
        return (T) value;
    }

    // ---- from outside

    /**
     * Runs the code on, with {@code error} thrown where it waits if there is one, else with {@code value} as the answer to
     * what it asked for.
     *
     * @param toClose whether it may not wait any more
     * @return what it waits for, or that it ended; null if it asks for something: {@link #takeAsked()}
     */
    @Nullable
    Suspension resume(@Nullable Throwable error, @Nullable Object value, boolean toClose) throws Throwable {
        raised = error;
        answer = value;
        closing = toClose;
        LoopBinding here = LoopBinding.here();
        resumer = here;
        context = here.context();
        boolean ended;
        try {
            ended = strand.resume(here);
        } finally {
            resumer = null;
            context = null;
        }
        if (!ended) {
            Suspension paused = suspension;
            suspension = null;
            return paused;
        }
        if (abandonment != null) {
            abandonment.forget();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown;
        }
        return Pause.FINISHED;
    }

    Awaitable<?> takeAsked() {
        Awaitable<?> taken = asked;
        asked = null;
        if (taken == null) {
            throw new AssertionError("paused for nothing");
        }
        return taken;
    }

    @Nullable
    Object result() {
        return result;
    }

    /** Whether it wanted to wait while it was closed: its chain goes round no more. */
    boolean refused() {
        return refused;
    }

    /** Has the code ended when {@code owner}, the only one to resume it, is garbage. */
    void watch(ChainRun<?> owner) {
        if (!strand.leaks()) {
            return;
        }
        Abandonment watched = abandonment;
        if (watched == null) {
            watched = new Abandonment(owner, this);
            abandonment = watched;
        }
        watched.speaksFor(LoopBinding.current());
    }

    /** Where the paused code waits. */
    List<StackTraceElement> stack() {
        return Traces.ofPaused(strand.stack());
    }

    // ---- from inside

    @Override
    public void run() {
        try {
            result = call(code);
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Runs code, and at its end closes what it iterates over. */
    private @Nullable Object call(Callable<?> code) throws Exception {
        int before = iterations.size();
        Object value;
        try {
            value = checked(code.call());
        } catch (Throwable e) {
            endIterations(before, e);
            throw e;
        }
        endIterations(before, null);
        return value;
    }

    private void endIterations(int before, @Nullable Throwable failure) {
        Throwable thrown = failure;
        while (iterations.size() > before) {
            Each<?> last = iterations.remove(iterations.size() - 1);
            try {
                if (closing) {
                    last.closeNow();
                } else {
                    last.close();
                }
            } catch (Throwable e) {
                thrown = thrown == null ? e : Throwables.replacing(e, thrown);
            }
        }
        if (thrown != failure && thrown != null) {
            throw Throwables.raise(thrown);
        }
    }

    void opened(Each<?> iteration) {
        iterations.add(iteration);
    }

    void over(Each<?> iteration) {
        iterations.removeIf(each -> each == iteration);
    }

    <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable) throws Exception {
        if (stepping) {
            throw Awaiting.inFunction();
        }
        checkCanAwait();
        // classes before the interface, which takes longer to tell
        if (awaitable instanceof Chain<?> chain) {
            return depth < DEEPEST ? cast(follow(chain)) : ask(awaitable);
        }
        if (awaitable instanceof Attempt<?> attempt) {
            Object value = attempt(attempt);
            if (value != Attempt.MUST_WAIT) {
                return cast(value);
            }
        } else if (awaitable instanceof Future<?>) {
            @SuppressWarnings("unchecked") // a future only ever gives its value
            Future<T> future = (Future<T>) ChainFuture.unwrap((Future<?>) awaitable);
            if (!future.done()) {
                pause(future);
            }
            return future.result();
        }
        return depth < DEEPEST ? drive(awaitable) : ask(awaitable);
    }

    private @Nullable Object follow(Chain<?> chain) throws Exception {
        if (!(chain instanceof ChainLink<?> link)) {
            return drive(chain);
        }
        Program program = link.program();
        if (program.codes.length == 1 && program.codes[0] == Program.BODY) {
            return inline((Callable<?>) program.arguments[0]);
        }
        if (program.codes.length == 1 && program.codes[0] == Program.PAUSE) {
            pause(Pause.YIELD);
            return program.arguments[0];
        }
        return drive(chain);
    }

    private @Nullable Object attempt(Attempt<?> attempt) {
        stepping = true;
        try {
            return attempt.attempt();
        } catch (Throwable e) {
            throw Throwables.raise(e);
        } finally {
            stepping = false;
        }
    }

    private @Nullable Object inline(Callable<?> other) throws Exception {
        depth++;
        try {
            return call(other);
        } finally {
            depth--;
        }
    }

    /** Whether this body awaits {@code chain} directly, so that a body which that comes to can run here, too. */
    boolean hosts(Coroutine<?> chain) {
        return stepped == chain;
    }

    /** Runs a body that {@code chain}, which this body awaits, came to. */
    @Nullable
    Object inlineIn(Coroutine<?> chain, Callable<?> other) throws Exception {
        leaveStep();
        try {
            return inline(other);
        } finally {
            enterStep(chain);
        }
    }

    /** Runs code right here, inside of {@code block}, which was entered. */
    <T extends @Nullable Object> T within(Block block, Callable<? extends T> other) throws Exception {
        Block outer = innermost;
        if (block.forbidsYield()) {
            innermost = block;
        }
        try {
            return cast(call(other));
        } finally {
            innermost = outer;
        }
    }

    /** Steps a coroutine to its end, pausing with whatever it waits for. */
    private <T extends @Nullable Object> T drive(Awaitable<? extends T> awaitable) throws Exception {
        Coroutine<? extends T> coroutine;
        enterStep(null);
        try {
            coroutine = Awaiting.coroutineOf(awaitable);
        } finally {
            leaveStep();
        }
        Suspension step = step(coroutine, null);
        while (step != Pause.FINISHED) {
            Throwable error = null;
            try {
                pause(step);
            } catch (Throwable e) {
                error = e;
            }
            step = step(coroutine, error);
        }
        return coroutine.result();
    }

    private Suspension step(Coroutine<?> coroutine, @Nullable Throwable error) {
        enterStep(coroutine);
        try {
            return Awaiting.step(coroutine, error, closing);
        } catch (Throwable e) {
            throw Throwables.raise(e);
        } finally {
            leaveStep();
        }
    }

    private void enterStep(@Nullable Coroutine<?> coroutine) {
        stepping = true;
        stepped = coroutine;
    }

    private void leaveStep() {
        stepping = false;
        stepped = null;
    }

    /** Hands {@code waitsFor} to the chain; throws what is raised when it goes on. */
    private void pause(Suspension waitsFor) {
        if (closing) {
            refused = true;
            throw Awaiting.whileClosed();
        }
        checkContext();
        suspension = waitsFor;
        switchOut();
    }

    /** Has the chain step {@code awaitable}. */
    private <T extends @Nullable Object> T ask(Awaitable<? extends T> awaitable) {
        checkContext();
        asked = awaitable;
        switchOut();
        Object value = answer;
        answer = null;
        return cast(value);
    }

    // ---- for generators

    /** From now on: this is the code of a generator without a loop. */
    void refuseAwait() {
        refusesAwait = true;
    }

    private void checkCanAwait() {
        if (refusesAwait) {
            throw Awaiting.inGenerator();
        }
    }

    void checkCanYield() {
        if (stepping) {
            throw Awaiting.yieldInFunction();
        }
        if (innermost != null) {
            throw Awaiting.yieldInside(innermost);
        }
        if (closing) {
            throw Awaiting.yieldWhileClosed();
        }
    }

    /** Hands over to whoever resumes this code; throws what is raised when it goes on. */
    void pauseFor(Suspension reason) {
        pause(reason);
    }

    private void checkContext() {
        if (resumer == null || resumer.context() != context) {
            throw Awaiting.inContext();
        }
    }

    private void switchOut() {
        try {
            strand.pause();
        } catch (IllegalStateException e) {
            suspension = null; // pinned: it goes on here
            asked = null;
            throw e;
        }
        Throwable error = raised;
        if (error != null) {
            raised = null;
            throw Throwables.raise(error);
        }
    }
}
