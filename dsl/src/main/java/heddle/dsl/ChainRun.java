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
import heddle.api.ThrowingPredicate;
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
 * eventually} further down the program and those that follow it, then in the programs and bodies that wait for this one.
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

    /** Instead of a value: it waits, for {@link #suspension}. */
    private static final Object WAITS = new Object();

    private final @Nullable String name;
    private byte state = FRESH;
    private boolean closing;
    /** A wait was refused while it is closed, here or in a body: whoever takes that for an error goes round no more. */
    private boolean refused;

    private Program program;
    /** The step after the one that runs. */
    private int next;

    /** What the {@code recover} or {@code eventually} at {@link #next} has to deal with. */
    private @Nullable Throwable error;

    /** What it waits for. The value so far is in no field: a field of an object that has grown old is slow to write. */
    private @Nullable Suspension suspension;
    /** The coroutine or body that it steps, as {@link #state} says; after its end the result. */
    private @Nullable Object held;

    /** The class of the last value that was found not to be an awaitable. */
    private @Nullable Class<?> plain;
    /** Who waits for the program; absent as long as nobody did. */
    private @Nullable CallStack callers;

    ChainRun(Program program) {
        this.name = program.name;
        this.program = program;
        this.next = program.first;
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
        return (T) held;
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
                return interpret(wake(thrown));
            } catch (Throwable e) {
                thrown = unwind(e);
            }
        }
    }

    /** Goes on where it waits, with the value that came of it. */
    private @Nullable Object wake(@Nullable Throwable raised) throws Throwable {
        byte before = state;
        state = RUNNING;
        Object what = held;
        if (what != null) {
            held = null;
            return before == FOR_BODY
                    ? resume((Body) what, raised, null)
                    : paused((Coroutine<?>) what, Awaiting.step((Coroutine<?>) what, raised, closing));
        }
        if (raised != null) {
            throw raised;
        }
        return switch (before) {
            case FRESH -> program.initial;
            case FOR_TURN -> program.arguments[next - 1];
            case FOR_FUTURE -> resultOf(suspended());
            default -> null; // on to who deals with an error
        };
    }

    private @Nullable Object resultOf(Suspension future) throws Throwable {
        suspension = null; // a body that runs next may take long: let the future go
        return ((Future<?>) future).result();
    }

    private Object pause(byte kind, @Nullable Object stepped, Suspension waitsFor) {
        state = kind;
        // among a million tasks that yield, a reference that is written to each is what costs most
        if (suspension != waitsFor) {
            suspension = waitsFor;
        }
        if (stepped != null) {
            held = stepped;
        }
        return WAITS;
    }

    @SuppressWarnings("NullAway") // where it waits, it waits for something
    private Suspension suspended() {
        return suspension;
    }

    // ---- the steps

    /** Runs step after step, the first with {@code begin}, until it waits or ends. */
    @SuppressWarnings("unchecked") // the types were checked when the chain was built
    private Suspension interpret(@Nullable Object begin) throws Throwable {
        Object v = begin;
        while (v != WAITS) {
            byte[] codes = program.codes;
            Object[] arguments = program.arguments;
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
                        v = await(code, argument, v);
                        if (v == WAITS) {
                            return suspended();
                        }
                        codes = program.codes;
                        arguments = program.arguments;
                        i = next;
                    }
                }
            }
            Program following = program.following;
            if (following != null) {
                program = following;
                next = 0;
                continue;
            }
            CallStack stack = callers;
            if (stack == null || stack.isEmpty()) {
                end();
                held = v;
                return Pause.FINISHED;
            }
            v = giveBack(stack, v);
        }
        return suspended();
    }

    /** A step that may wait: the next value, unless it does. */
    @SuppressWarnings("unchecked") // the types were checked when the chain was built
    private @Nullable Object await(byte code, Object argument, @Nullable Object v) throws Throwable {
        return switch (code) {
            case Program.PAUSE -> {
                checkNotClosing();
                yield pause(FOR_TURN, null, Pause.YIELD);
            }
            case Program.BODY -> runBody((Callable<?>) argument);
            case Program.AWAIT, Program.AWAIT_OF_VALUE, Program.AWAIT_CALL ->
                enter(toAwait(code, argument, v), "await");
            case Program.REPEAT_WHILE -> repeat((ThrowingPredicate<@Nullable Object>) argument, v);
            case Program.REPEAT_AWAIT -> repeatAwait((ThrowingPredicate<@Nullable Object>) argument, v);
            case Program.GATHER -> gather((List<Awaitable<?>>) argument);
            case Program.GATHER_OF_VALUE ->
                gather(((ThrowingFunction<@Nullable Object, Iterable<Awaitable<?>>>) argument).apply(v));
            case Program.EVENTUALLY_AWAIT -> cleanUpAndWait((Callable<?>) argument, v);
            default -> throw new AssertionError(code);
        };
    }

    /** What a step awaits. */
    @SuppressWarnings("unchecked") // the types were checked when the chain was built
    private static @Nullable Object toAwait(byte code, Object argument, @Nullable Object v) throws Exception {
        return switch (code) {
            case Program.AWAIT -> argument;
            case Program.AWAIT_CALL -> ((Callable<?>) argument).call();
            default -> ((ThrowingFunction<@Nullable Object, ?>) argument).apply(v);
        };
    }

    /** Goes on with the first step, if the predicate says yes. */
    private @Nullable Object repeat(ThrowingPredicate<@Nullable Object> predicate, @Nullable Object v)
            throws Throwable {
        if (!again(predicate, v)) {
            return v;
        }
        return goTo(program.beginning);
    }

    /**
     * The same where the first step awaits: goes round right here, as long as what that is for needn't be waited for. An
     * error of the predicate is one of this step, any other is one of the step that awaits.
     */
    private @Nullable Object repeatAwait(ThrowingPredicate<@Nullable Object> predicate, @Nullable Object begin)
            throws Throwable {
        int behind = next;
        int first = program.first;
        byte code = program.codes[first];
        Object argument = program.arguments[first];
        Object initial = program.initial;
        Object v = begin;
        while (again(predicate, v)) {
            next = first + 1;
            Object what = toAwait(code, argument, initial);
            if (!(what instanceof Attempt<?> attempt)) {
                return enter(what, "await");
            }
            v = attempt.attempt();
            if (v == Attempt.MUST_WAIT) {
                return start(what, "await");
            }
            next = behind;
        }
        return v;
    }

    /** Whether to go round: never in a run that is closed, and that a wait was refused. */
    private boolean again(ThrowingPredicate<@Nullable Object> predicate, @Nullable Object v) throws Throwable {
        boolean again = predicate.test(v);
        if (again && refused) {
            throw Awaiting.whileClosed();
        }
        return again;
    }

    private @Nullable Object gather(@Nullable Iterable<Awaitable<?>> each) throws Throwable {
        if (each == null) {
            throw new NullPointerException("the function given to gather returned null: return the awaitables");
        }
        return enter(Gather.start(EventLoop.running(), Members.copy(each, "each")), "gather");
    }

    /** Begins to wait for an awaitable. Of a chain the steps come next, from the value that this returns. */
    private @Nullable Object enter(@Nullable Object what, String verb) throws Throwable {
        if (what instanceof ChainLink<?> chain) {
            if (next < program.codes.length || program.following != null) {
                push(null);
            }
            return goTo(chain.program());
        }
        if (what instanceof ChainValue<?> known) {
            return known.result();
        }
        if (what instanceof Attempt<?> attempt) {
            Object got = attempt.attempt();
            if (got != Attempt.MUST_WAIT) {
                return got;
            }
        }
        return what instanceof Future<?> future ? waitFor(ChainFuture.unwrap(future)) : start(what, verb);
    }

    /** Has the steps of {@code other} come next, from the value that this returns. */
    private @Nullable Object goTo(Program other) {
        if (program != other) { // mostly a loop goes round, and a field of an old object is slow to write
            program = other;
        }
        next = other.first;
        return other.initial;
    }

    private @Nullable Object waitFor(Future<?> future) throws Throwable {
        if (future.done()) {
            return future.result();
        }
        checkNotClosing();
        return pause(FOR_FUTURE, null, future);
    }

    /** Begins to step a coroutine of another make. */
    private @Nullable Object start(@Nullable Object what, String verb) throws Throwable {
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

    /** What a stepped coroutine of another make answered: its value, if it ended. */
    private @Nullable Object paused(Coroutine<?> stepped, Suspension waitsFor) throws Throwable {
        if (waitsFor == Pause.FINISHED) {
            return stepped.result();
        }
        if (closing) {
            stepped.close();
        }
        checkNotClosing();
        return pause(FOR_COROUTINE, stepped, waitsFor);
    }

    private void checkNotClosing() {
        if (closing) {
            refused = true;
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
    private @Nullable Object runBody(Callable<?> code) throws Throwable {
        Body host = Body.running();
        if (host != null && host.hosts(this)) {
            try {
                return host.inlineIn(this, code);
            } finally {
                refused |= host.refused();
            }
        }
        return resume(new Body(code), null, null);
    }

    private @Nullable Object resume(Body mine, @Nullable Throwable raised, @Nullable Object answer) throws Throwable {
        Suspension waitsFor;
        try {
            waitsFor = mine.resume(raised, answer, closing);
        } finally {
            refused |= mine.refused();
        }
        if (waitsFor == Pause.FINISHED) {
            return mine.result();
        }
        if (waitsFor != null) {
            mine.watch(this);
            return pause(FOR_BODY, mine, waitsFor);
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

    /** Puts what the steps above ended in aside, and waits for the clean-up; {@link #giveBack} takes it up again. */
    private @Nullable Object cleanUpAndWait(Callable<?> cleanup, @Nullable Object v) throws Throwable {
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

    /** A program ended with {@code v}: goes on with the one that waits for it, from the value that this returns. */
    private @Nullable Object giveBack(CallStack stack, @Nullable Object v) throws Throwable {
        Object extra = pop(stack);
        if (extra instanceof Body asking) {
            return resume(asking, null, v);
        }
        if (extra instanceof CallStack.Outcome outcome) {
            if (outcome.error() != null) {
                throw outcome.error();
            }
            return outcome.value();
        }
        return v;
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
            while (handler < 0 && program.following != null) {
                program = program.following;
                handler = program.handler(0, e);
            }
            if (handler >= 0) {
                next = handler;
                error = e;
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
                held = asking;
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
        suspension = null;
        held = null;
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
        Object what = held;
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
