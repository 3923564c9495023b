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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of a chain: an interpreter of its {@link Program}, with a stack of its own for the chains that it awaits. A step
 * costs no allocation, an awaited chain a place on that stack, and none if nothing is left to do after it.
 *
 * <p>What it waits for is one of three: a future, which it reads when it is stepped again; a coroutine of another make,
 * which it steps in its turn; or only the next turn. An error looks for the next {@code recover} or {@code eventually}
 * further down the program, then in the programs that wait for this one.
 */
final class ChainRun<T extends @Nullable Object> implements Coroutine<T> {

    private static final int FRESH = 0;
    private static final int PAUSED = 1;
    private static final int RUNNING = 2;
    private static final int ENDED = 3;

    private static final int LONGEST_STACK = 1024;

    private static final Program[] NO_PROGRAMS = {};
    private static final int[] NO_INTS = {};

    private int state = FRESH;
    private boolean closing;

    private Program program;
    /** The step after the one that runs. */
    private int next;

    private @Nullable Object value;
    /** What the {@code recover} or {@code eventually} at {@link #next} has to deal with. */
    private @Nullable Throwable error;

    private @Nullable Future<?> waiting;
    private @Nullable Coroutine<?> child;
    /** The class of the last value that was found not to be an awaitable. */
    private @Nullable Class<?> plain;

    /** The programs that wait for this one, and where they go on. */
    private Program[] callers = NO_PROGRAMS;

    private int[] returns = NO_INTS;
    /** What an {@code eventually} that awaits goes on with, at the place of its program; mostly absent. */
    private @Nullable Kept @Nullable [] kept;

    private int depth;

    ChainRun(Program program) {
        this.program = program;
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
            throw new IllegalStateException("a chain can't be closed by its own code: " + this);
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
                    + this + "; each run of a chain has one owner");
        }
        state = RUNNING;
        Throwable thrown = raised;
        while (true) {
            try {
                Suspension suspension = wake(thrown);
                if (suspension == null) {
                    suspension = interpret();
                }
                if (suspension != Pause.FINISHED) {
                    state = PAUSED;
                }
                return suspension;
            } catch (Throwable e) {
                unwind(e);
                thrown = null;
            }
        }
    }

    /** Goes on where it waits; null if there is nothing to wait for any more. */
    private @Nullable Suspension wake(@Nullable Throwable raised) throws Throwable {
        Coroutine<?> stepped = child;
        if (stepped != null) {
            child = null;
            if (closing && raised instanceof CoroutineExit) {
                stepped.close();
                throw raised;
            }
            return paused(stepped, raised == null ? stepped.step() : stepped.raise(raised));
        }
        Future<?> future = waiting;
        waiting = null;
        if (raised != null) {
            throw raised;
        }
        if (future != null) {
            value = future.result();
        }
        return null;
    }

    // ---- the steps

    @SuppressWarnings("unchecked") // the types were checked when the chain was built
    private Suspension interpret() throws Throwable {
        byte[] codes = program.codes;
        Object[] arguments = program.arguments;
        int i = next;
        Object v = value;
        while (true) {
            if (i == codes.length) {
                value = v;
                if (depth == 0) {
                    Object result = v;
                    end();
                    value = result;
                    return Pause.FINISHED;
                }
                giveBack();
            } else {
                Object argument = arguments[i];
                byte code = codes[i++];
                next = i;
                switch (code) {
                    case Program.VALUE -> {
                        v = argument;
                        continue;
                    }
                    case Program.THEN -> {
                        v = plain(((ThrowingFunction<@Nullable Object, @Nullable Object>) argument).apply(v), "then");
                        continue;
                    }
                    case Program.CALL -> {
                        v = plain(((Callable<?>) argument).call(), "then");
                        continue;
                    }
                    case Program.TAP -> {
                        ((ThrowingConsumer<@Nullable Object>) argument).accept(v);
                        continue;
                    }
                    case Program.RECOVER -> {
                        Throwable e = error;
                        if (e != null) {
                            error = null;
                            v = plain(
                                    ((ThrowingFunction<Throwable, ?>) ((Rescue) argument).function()).apply(e),
                                    "recover");
                        }
                        continue;
                    }
                    case Program.EVENTUALLY -> {
                        cleanUp((ThrowingRunnable) argument);
                        continue;
                    }
                    default -> {
                        value = v;
                        Suspension suspension = await(code, argument, v);
                        if (suspension != null) {
                            return suspension;
                        }
                    }
                }
            }
            codes = program.codes;
            arguments = program.arguments;
            i = next;
            v = value;
        }
    }

    /** A step that may wait; null if it doesn't have to. */
    @SuppressWarnings("unchecked") // the types were checked when the chain was built
    private @Nullable Suspension await(byte code, Object argument, @Nullable Object v) throws Throwable {
        switch (code) {
            case Program.PAUSE -> {
                checkNotClosing();
                value = argument;
                return Pause.YIELD;
            }
            case Program.BODY -> {
                BodyRun<?> body = new BodyRun<>((Callable<?>) argument, program.name);
                return paused(body, body.step());
            }
            case Program.AWAIT -> {
                return enter((Awaitable<?>) argument, "await");
            }
            case Program.AWAIT_OF_VALUE -> {
                return enter(((ThrowingFunction<@Nullable Object, Awaitable<?>>) argument).apply(v), "await");
            }
            case Program.AWAIT_CALL -> {
                return enter(((Callable<Awaitable<?>>) argument).call(), "await");
            }
            case Program.GATHER -> {
                return enter(Gather.start(EventLoop.running(), (List<Awaitable<?>>) argument), "gather");
            }
            case Program.GATHER_OF_VALUE -> {
                Iterable<Awaitable<?>> each =
                        ((ThrowingFunction<@Nullable Object, Iterable<Awaitable<?>>>) argument).apply(v);
                if (each == null) {
                    throw new NullPointerException("the function given to gather returned null: return the awaitables");
                }
                return enter(Gather.start(EventLoop.running(), Gather.copy(each)), "gather");
            }
            case Program.EVENTUALLY_AWAIT -> {
                return cleanUpAndWait((Callable<Awaitable<?>>) argument, v);
            }
            default -> throw new AssertionError(code);
        }
    }

    /** Begins to wait for an awaitable; null if it is done, or is a chain, whose steps come next. */
    private @Nullable Suspension enter(@Nullable Awaitable<?> awaitable, String verb) throws Throwable {
        if (awaitable instanceof Chain<?> chain) {
            if (next < program.codes.length) {
                push(null);
            }
            program = chain.program();
            next = 0;
            value = null;
            return null;
        }
        if (awaitable instanceof Future<?> given) {
            Future<?> future = ChainFuture.unwrap(given);
            if (future.done()) {
                value = future.result();
                return null;
            }
            checkNotClosing();
            value = null;
            waiting = future;
            return future;
        }
        if (awaitable == null) {
            throw new NullPointerException("the function given to " + verb + " returned null: return what to wait for");
        }
        Coroutine<?> coroutine = Awaiting.coroutineOf(awaitable);
        return paused(coroutine, coroutine.step());
    }

    /** What a stepped coroutine of another make answered; null if it ended, and its value is there. */
    private @Nullable Suspension paused(Coroutine<?> stepped, @Nullable Suspension suspension) throws Throwable {
        if (suspension == Pause.FINISHED) {
            value = stepped.result();
            return null;
        }
        if (suspension == null) {
            throw Awaiting.noSuspension(stepped);
        }
        if (closing) {
            stepped.close();
        }
        checkNotClosing();
        value = null;
        child = stepped;
        return suspension;
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
    private @Nullable Suspension cleanUpAndWait(Callable<Awaitable<?>> cleanup, @Nullable Object v) throws Throwable {
        push(new Kept(v, error));
        error = null;
        program = Program.NOTHING;
        next = 0;
        return enter(cleanup.call(), "eventually");
    }

    private record Kept(@Nullable Object value, @Nullable Throwable error) {}

    // ---- the stack

    private void push(@Nullable Kept outcome) {
        if (depth == callers.length) {
            int size = Math.max(4, depth * 2);
            callers = Arrays.copyOf(callers, size);
            returns = Arrays.copyOf(returns, size);
            if (kept != null) {
                kept = Arrays.copyOf(kept, size);
            }
        }
        if (outcome != null && kept == null) {
            kept = new @Nullable Kept[callers.length];
        }
        if (kept != null) {
            kept[depth] = outcome;
        }
        callers[depth] = program;
        returns[depth++] = next;
    }

    /** Goes on with the program that waits for the one that ended, mostly with its value. */
    private void giveBack() throws Throwable {
        Kept outcome = pop();
        if (outcome != null) {
            if (outcome.error != null) {
                throw outcome.error;
            }
            value = outcome.value;
        }
    }

    @SuppressWarnings("NullAway") // what is popped is forgotten
    private @Nullable Kept pop() {
        program = callers[--depth];
        next = returns[depth];
        callers[depth] = null;
        if (kept == null) {
            return null;
        }
        Kept outcome = kept[depth];
        kept[depth] = null;
        return outcome;
    }

    /** Finds who deals with {@code thrown}, and has it run next; throws it if nobody does. */
    private void unwind(Throwable thrown) throws Throwable {
        Throwable e = thrown;
        while (true) {
            byte[] codes = program.codes;
            for (int i = next; i < codes.length; i++) {
                if (codes[i] >= Program.RECOVER
                        && !(program.arguments[i] instanceof Rescue rescue && !rescue.takes(e))) {
                    next = i;
                    error = e;
                    value = null;
                    return;
                }
            }
            if (depth == 0) {
                end();
                throw e;
            }
            Kept outcome = pop();
            if (outcome != null && outcome.error != null) {
                e = Throwables.replacing(e, outcome.error);
            }
        }
    }

    private void end() {
        state = ENDED;
        program = Program.NOTHING;
        next = 0;
        value = null;
        waiting = null;
        child = null;
    }

    // ---- what it says about itself

    @Override
    public @Nullable String name() {
        return depth == 0 ? program.name : callers[0].name;
    }

    @Override
    public List<StackTraceElement> stack() {
        List<StackTraceElement> frames = new ArrayList<>();
        Coroutine<?> stepped = child;
        if (stepped != null) {
            frames.addAll(stepped.stack());
        }
        addFrame(frames, program, next);
        for (int i = depth - 1; i >= 0 && frames.size() < LONGEST_STACK; i--) {
            addFrame(frames, callers[i], returns[i]);
        }
        return frames;
    }

    private static void addFrame(List<StackTraceElement> frames, Program program, int next) {
        if (next > 0) {
            frames.add(program.frame(next - 1));
        }
    }

    @Override
    public String toString() {
        String name = name();
        return "run of chain" + (name == null ? "" : " " + Display.escape(name, 50));
    }
}
