package heddle.dsl;

import heddle.api.Awaitable;
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
public abstract sealed class Chain<T extends @Nullable Object> implements Chainable<T> permits ChainLink, ChainValue {

    Chain() {}

    /** A chain of one step. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the one step's value is the chain's, null among them
    static <R extends @Nullable Object> Chain<R> start(byte code, @Nullable Object argument) {
        return code == Program.VALUE ? new ChainValue<>((R) argument) : new ChainLink<>(code, argument);
    }

    /** The awaitable itself if it is a chain, else a chain that awaits it. */
    static <R extends @Nullable Object> Chain<R> of(Awaitable<? extends R> awaitable) {
        if (awaitable instanceof Chain<?>) {
            @SuppressWarnings("unchecked") // a chain only ever gives its value
            Chain<R> chain = (Chain<R>) awaitable;
            return chain;
        }
        return new ChainLink<>(Program.AWAIT, awaitable);
    }

    <R extends @Nullable Object> Chain<R> plus(byte next, Object nextArgument) {
        return ChainLink.after(this, next, nextArgument);
    }

    Chain<T> renamed(String name) {
        return ChainLink.named(this, name);
    }

    /** How many steps there are. */
    abstract int length();
}
