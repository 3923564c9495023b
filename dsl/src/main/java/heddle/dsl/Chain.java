package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.spi.Display;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine object made of steps: {@code sleep(1).then(() -> "tick")}. It is a recipe, immutable and lazy: its steps run
 * when it is awaited or made into a task, once for each time. Start one with the functions of {@link Heddle}, go on with the
 * verbs of {@link Chainable}.
 *
 * <p>It may have a million steps, or await chains a million deep: nothing in it needs the Java stack. May be shared between
 * threads, if its functions may.
 *
 * @param <T> the type of its value, which may be null
 */
public final class Chain<T extends @Nullable Object> implements Chainable<T> {

    private final @Nullable Chain<?> before;
    private final byte code;
    private final @Nullable Object argument;
    private final @Nullable String name;
    private final int length;
    private volatile @Nullable Program program;

    private Chain(@Nullable Chain<?> before, byte code, @Nullable Object argument, @Nullable String name) {
        this.before = before;
        this.code = code;
        this.argument = argument;
        this.name = name;
        this.length = before == null ? 1 : before.length + 1;
    }

    /** A chain of one step. */
    static <R extends @Nullable Object> Chain<R> start(byte code, @Nullable Object argument) {
        return new Chain<>(null, code, argument, null);
    }

    /** The awaitable itself if it is a chain, else a chain that awaits it. */
    static <R extends @Nullable Object> Chain<R> of(Awaitable<? extends R> awaitable) {
        if (awaitable instanceof Chain<?>) {
            @SuppressWarnings("unchecked") // a chain only ever gives its value
            Chain<R> chain = (Chain<R>) awaitable;
            return chain;
        }
        return start(Program.AWAIT, awaitable);
    }

    <R extends @Nullable Object> Chain<R> plus(byte next, Object nextArgument) {
        return new Chain<>(this, next, nextArgument, name);
    }

    Chain<T> renamed(String newName) {
        return new Chain<>(before, code, argument, newName);
    }

    /** The steps, first to last, as an array. */
    @SuppressWarnings("NullAway") // the argument is null only where it is a value
    Program program() {
        Program made = program;
        if (made == null) {
            byte[] codes = new byte[length];
            Object[] arguments = new Object[length];
            int i = length;
            for (Chain<?> step = this; step != null; step = step.before) {
                codes[--i] = step.code;
                arguments[i] = step.argument;
            }
            made = new Program(codes, arguments, name);
            program = made;
        }
        return made;
    }

    @Override
    public Coroutine<T> coroutine() {
        return new ChainRun<>(program());
    }

    @Override
    public String toString() {
        if (name != null) {
            return "Chain " + Display.escape(name, 50);
        }
        return length == 1 ? "Chain " + program().describe(0) : "Chain of " + length + " steps";
    }
}
