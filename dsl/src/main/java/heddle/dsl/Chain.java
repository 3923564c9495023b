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
    private final int length;
    private volatile @Nullable Program program;

    private Chain(@Nullable Chain<?> before, byte code, @Nullable Object argument, int length) {
        this.before = before;
        this.code = code;
        this.argument = argument;
        this.length = length;
    }

    /** A chain of one step. */
    static <R extends @Nullable Object> Chain<R> start(byte code, @Nullable Object argument) {
        return new Chain<>(null, code, argument, 1);
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
        return new Chain<>(this, next, nextArgument, length + 1);
    }

    Chain<T> renamed(String name) {
        return new Chain<>(this, Program.NAME, name, length);
    }

    private @Nullable String name() {
        for (Chain<?> step = this; step != null; step = step.before) {
            if (step.code == Program.NAME) {
                return (String) step.argument;
            }
        }
        return null;
    }

    /** The steps, first to last, as an array. */
    @SuppressWarnings("NullAway") // the argument is null only where it is a value
    Program program() {
        Program made = program;
        if (made == null) {
            byte[] codes = new byte[length];
            Object[] arguments = new Object[length];
            String name = null;
            int i = length;
            for (Chain<?> step = this; step != null; step = step.before) {
                if (step.code != Program.NAME) {
                    codes[--i] = step.code;
                    arguments[i] = step.argument;
                } else if (name == null) {
                    name = (String) step.argument;
                }
            }
            made = new Program(codes, arguments, name);
            program = made;
        }
        return made;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the one step's value is the chain's, null among them
    public Coroutine<T> coroutine() {
        if (before == null && code == Program.VALUE) {
            return new ValueRun<>((T) argument);
        }
        if (before == null && argument instanceof Sleep<?> sleep) {
            return ((Sleep<T>) sleep).coroutine();
        }
        return new ChainRun<>(program());
    }

    @Override
    public String toString() {
        String name = name();
        if (name != null) {
            return "Chain " + Display.escape(name, 50);
        }
        return length == 1 ? "Chain " + program().describe(0) : "Chain of " + length + " steps";
    }
}
