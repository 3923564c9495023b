package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingFunction;
import heddle.api.ThrowingRunnable;
import heddle.api.spi.Display;
import heddle.dsl.attempt.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of a chain: an interpreter of its {@link Program}, with a stack of its own for the chains that it awaits. A step
 * costs no allocation, an awaited chain a place on that stack, and none if nothing is left to do after it.
 *
 * <p>Where it waits, it waits for one of four: a future, which it reads when it is stepped again; a coroutine of another
 * make or a body, which it steps in its turn; or only the next turn. An error looks for the next {@code recover} or {@code
 * eventually} further down the program, then in the programs and bodies that wait for this one.
 *
 * <p>It is longer than other files because what a step may lead to, waiting, calling, failing, closing, is decided in one
 * place, on one set of fields.
 */
final class ChainRun<T extends @Nullable Object> implements Coroutine<T> {

    // Its states: those in which it waits say for what.
    private static final byte FRESH = 0;
    private static final byte FOR_TURN = 1;
    private static final byte FOR_FUTURE = 2;
    private static final byte FOR_COROUTINE = 3;
    private static final byte FOR_BODY = 4;
    private static final byte RUNNING = 5;
    private static final byte ENDED = 6;

    private final @Nullable String name;
    private byte state = FRESH;
    private boolean closing;

    private Program program;
    /** The step after the one that runs. */
    private int next;

    private @Nullable Object value;
    /** What the {@code recover} or {@code eventually} at {@link #next} has to deal with. */
    private @Nullable Throwable error;

    /** The future, coroutine or body that it waits for, as {@link #state} says. */
    private @Nullable Object awaited;

    /** The class of the last value that was found not to be an awaitable. */
    private @Nullable Class<?> plain;
    /** Who waits for the program; absent as long as nobody did. */
    private @Nullable CallStack callers;

    ChainRun(Program program) {
        this.name = program.name;
        begin(program);
    }

    private void begin(Program other) {
        program = other;
        next = other.first;
        value = other.initial;
    }

    // ---- the protocol

    @Override
    public Suspension step() throws Throwable {
        return advance(null);
    }

    @Override
    public Suspension raise(Throwable error) throws Throwable {
        if (state == FRESH) {
            end();
            throw error;
        }
        return advance(error);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the last step gave a T, null among them
    public T result() {
        return (T) value;
    }

    @Override
    public void close() {
        if (state == FRESH || state == ENDED) {
            end();
            return;
        }
        if (state == RUNNING) {
            throw new IllegalStateException("a coroutine can't be closed by its own code: " + this);
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
        if (state >= RUNNING) {
            throw new IllegalStateException((state == RUNNING ? "stepped by its own code: " : "stepped after its end: ")
                    + this + "; each run of a coroutine has one owner");
        }
        Throwable thrown = raised;
        while (true) {
            try {
                Suspension suspension = wake(thrown);
                return suspension != null ? suspension : interpret();
            } catch (Throwable e) {
                thrown = unwind(e);
            }
        }
    }

    /** Goes on where it waits; null if there is nothing to wait for any more. */
    private @Nullable Suspension wake(@Nullable Throwable raised) throws Throwable {
        byte before = state;
        state = RUNNING;
        if (before <= FOR_TURN) {
            if (raised != null) {
                throw raised;
            }
            return null;
        }
        Object what = awaited;
        awaited = null;
        if (before == FOR_BODY && what instanceof Body body) {
            return resume(body, raised, null);
        }
        if (before == FOR_COROUTINE && what instanceof Coroutine<?> stepped) {
            return paused(stepped, Awaiting.step(stepped, raised, closing));
        }
        if (raised != null) {
            throw raised;
        }
        if (what instanceof Future<?> future) {
            value = future.result();
        }
        return null;
    }

    private Suspension pause(byte kind, @Nullable Object what, Suspension suspension) {
        state = kind;
        awaited = what;
        return suspension;
    }

    // ---- the steps

    @SuppressWarnings("unchecked") // the types were checked when the chain was built
    private Suspension interpret() throws Throwable {
        while (true) {
            byte[] codes = program.codes;
            Object[] arguments = program.arguments;
            Object v = value;
            int i = next;
            while (i < codes.length) {
                Object argument = arguments[i];
                byte code = codes[i++];
                next = i;
                switch (code) {
                    case Program.VALUE -> v = argument;
                    case Program.THEN ->
                        v = plain(((ThrowingFunction<@Nullable Object, @Nullable Object>) argument).apply(v), "then");
                    case Program.CALL -> v = plain(((Callable<?>) argument).call(), "then");
                    case Program.TAP -> ((ThrowingConsumer<@Nullable Object>) argument).accept(v);
                    case Program.RECOVER -> {
                        Throwable e = error;
                        if (e != null) {
                            error = null;
                            v = plain(((Rescue) argument).apply(e), "recover");
                        }
                    }
                    case Program.EVENTUALLY -> cleanUp((ThrowingRunnable) argument);
                    default -> {
                        Suspension suspension = await(code, argument, v);
                        if (suspension != null) {
                            return suspension;
                        }
                        codes = program.codes;
                        arguments = program.arguments;
                        v = value;
                        i = next;
                    }
                }
            }
            value = v;
            Suspension suspension = giveBack();
            if (suspension != null) {
                return suspension;
            }
        }
    }

    /** A step that may wait; null if it doesn't have to. */
    @SuppressWarnings("unchecked") // the types were checked when the chain was built
    private @Nullable Suspension await(byte code, Object argument, @Nullable Object v) throws Throwable {
        return switch (code) {
            case Program.PAUSE -> {
                checkNotClosing();
                value = argument;
                yield pause(FOR_TURN, null, Pause.YIELD);
            }
            case Program.BODY -> runBody((Callable<?>) argument);
            case Program.AWAIT -> enter(argument, "await");
            case Program.AWAIT_OF_VALUE -> enter(((ThrowingFunction<@Nullable Object, ?>) argument).apply(v), "await");
            case Program.AWAIT_CALL -> enter(((Callable<?>) argument).call(), "await");
            case Program.GATHER -> gather((List<Awaitable<?>>) argument);
            case Program.GATHER_OF_VALUE ->
                gather(((ThrowingFunction<@Nullable Object, Iterable<Awaitable<?>>>) argument).apply(v));
            case Program.EVENTUALLY_AWAIT -> cleanUpAndWait((Callable<?>) argument, v);
            default -> throw new AssertionError(code);
        };
    }

    private @Nullable Suspension gather(@Nullable Iterable<Awaitable<?>> each) throws Throwable {
        if (each == null) {
            throw new NullPointerException("the function given to gather returned null: return the awaitables");
        }
        return enter(Gather.start(EventLoop.running(), Members.copy(each, "each")), "gather");
    }

    /** Begins to wait for an awaitable; null if it is done, or is a chain, whose steps come next. */
    private @Nullable Suspension enter(@Nullable Object what, String verb) throws Throwable {
        if (what instanceof ChainLink<?> chain) {
            if (next < program.codes.length) {
                push(null);
            }
            begin(chain.program());
            return null;
        }
        if (what instanceof ChainValue<?> known) {
            value = known.result();
            return null;
        }
        if (what instanceof Attempt<?> attempt) {
            Object got = attempt.attempt();
            if (got != Attempt.MUST_WAIT) {
                value = got;
                return null;
            }
        }
        return what instanceof Future<?> future ? waitFor(ChainFuture.unwrap(future)) : start(what, verb);
    }

    private @Nullable Suspension waitFor(Future<?> future) throws Throwable {
        if (future.done()) {
            value = future.result();
            return null;
        }
        checkNotClosing();
        value = null;
        return pause(FOR_FUTURE, future, future);
    }

    /** Begins to step a coroutine of another make. */
    private @Nullable Suspension start(@Nullable Object what, String verb) throws Throwable {
        if (what == null) {
            throw new NullPointerException("the function given to " + verb + " returned null: return what to wait for");
        }
        if (!(what instanceof Awaitable<?> awaitable)) {
            throw new IllegalArgumentException("the function given to " + verb + " returned " + Display.of(what)
                    + ", which can't be awaited: a value is passed on by then(…) (docs/codes.md#bare-value)");
        }
        Coroutine<?> coroutine = Awaiting.coroutineOf(awaitable);
        return paused(coroutine, Awaiting.step(coroutine, null, closing));
    }

    /** What a stepped coroutine of another make answered; null if it ended, and its value is there. */
    private @Nullable Suspension paused(Coroutine<?> stepped, Suspension suspension) throws Throwable {
        if (suspension == Pause.FINISHED) {
            value = stepped.result();
            return null;
        }
        if (closing) {
            stepped.close();
        }
        checkNotClosing();
        value = null;
        return pause(FOR_COROUTINE, stepped, suspension);
    }

    private void checkNotClosing() {
        if (closing) {
            throw Awaiting.whileClosed();
        }
    }

    private @Nullable Object plain(@Nullable Object v, String verb) {
        if (v == null || v.getClass() == plain) {
            return v;
        }
        if (v instanceof Awaitable<?>) {
            throw new IllegalStateException("the function given to " + verb + " returned " + Display.of(v)
                    + ", which nobody awaits: use await(…) (docs/codes.md#use-await)");
        }
        plain = v.getClass();
        return v;
    }

    // ---- bodies

    /** Runs direct-style code: on the stack of the body that awaits this chain, if there is one, else on its own. */
    private @Nullable Suspension runBody(Callable<?> code) throws Throwable {
        Body host = Body.running();
        if (host != null && host.hosts(this)) {
            value = host.inlineIn(this, code);
            return null;
        }
        return resume(new Body(code), null, null);
    }

    private @Nullable Suspension resume(Body mine, @Nullable Throwable raised, @Nullable Object answer)
            throws Throwable {
        Suspension suspension = mine.resume(raised, answer, closing);
        if (suspension == Pause.FINISHED) {
            value = mine.result();
            return null;
        }
        if (suspension != null) {
            mine.watch(this);
            value = null;
            return pause(FOR_BODY, mine, suspension);
        }
        push(mine); // it asks for something, and waits for its outcome
        program = Program.NOTHING;
        next = 0;
        return enter(mine.takeAsked(), "await");
    }

    // ---- clean-up

    private void cleanUp(ThrowingRunnable cleanup) throws Throwable {
        Throwable e = error;
        error = null;
        try {
            cleanup.run();
        } catch (Throwable again) {
            throw e == null ? again : Throwables.replacing(again, e);
        }
        if (e != null) {
            throw e;
        }
    }

    /** Puts what the steps above ended in aside, and waits for the clean-up; {@link #giveBack()} takes it up again. */
    private @Nullable Suspension cleanUpAndWait(Callable<?> cleanup, @Nullable Object v) throws Throwable {
        push(new CallStack.Outcome(v, error));
        error = null;
        program = Program.NOTHING;
        next = 0;
        return enter(cleanup.call(), "eventually");
    }

    // ---- the stack

    private void push(@Nullable Object extra) {
        CallStack stack = callers;
        if (stack == null) {
            stack = new CallStack();
            callers = stack;
        }
        stack.push(program, next, extra);
    }

    private @Nullable Object pop(CallStack stack) {
        Object extra = stack.pop();
        program = stack.poppedProgram();
        next = stack.poppedNext();
        return extra;
    }

    /** The program ended: goes on with the one that waits for it. Null unless something is to be waited for, or the end. */
    private @Nullable Suspension giveBack() throws Throwable {
        CallStack stack = callers;
        if (stack == null || stack.isEmpty()) {
            Object result = value;
            end();
            value = result;
            return Pause.FINISHED;
        }
        Object extra = pop(stack);
        if (extra instanceof Body asking) {
            return resume(asking, null, value);
        }
        if (extra instanceof CallStack.Outcome outcome) {
            if (outcome.error() != null) {
                throw outcome.error();
            }
            value = outcome.value();
        }
        return null;
    }

    /**
     * Finds who deals with {@code thrown}, and has it run next; throws it if nobody does.
     *
     * @return null, or, if it is a body that waits, what to throw there
     */
    private @Nullable Throwable unwind(Throwable thrown) throws Throwable {
        Throwable e = thrown;
        while (true) {
            int handler = program.handler(next, e);
            if (handler >= 0) {
                next = handler;
                error = e;
                value = null;
                return null;
            }
            CallStack stack = callers;
            if (stack == null || stack.isEmpty()) {
                end();
                throw e;
            }
            Object extra = pop(stack);
            if (extra instanceof Body asking) {
                state = FOR_BODY;
                awaited = asking;
                return e;
            }
            if (extra instanceof CallStack.Outcome outcome && outcome.error() != null) {
                e = Throwables.replacing(e, outcome.error());
            }
        }
    }

    private void end() {
        state = ENDED;
        program = Program.NOTHING;
        next = 0;
        value = null;
        awaited = null;
    }

    // ---- what it says about itself

    @Override
    public @Nullable String name() {
        return name;
    }

    /** A snapshot; another thread may ask while this changes, and then sees nothing. */
    @Override
    public List<StackTraceElement> stack() {
        List<StackTraceElement> frames = new ArrayList<>();
        try {
            if (state != FRESH && state < RUNNING) {
                describe(frames);
            }
        } catch (RuntimeException e) {
            return List.of();
        }
        return frames;
    }

    private void describe(List<StackTraceElement> frames) {
        Object what = awaited;
        if (what instanceof Body direct) {
            frames.addAll(direct.stack());
        } else if (state == FOR_COROUTINE && what instanceof Coroutine<?> stepped) {
            frames.addAll(stepped.stack());
        }
        program.describe(next - 1, frames);
        CallStack stack = callers;
        if (stack != null) {
            stack.describe(frames);
        }
    }

    @Override
    public String toString() {
        return "run of " + (name == null ? "a chain" : Display.escape(name, 50));
    }
}
