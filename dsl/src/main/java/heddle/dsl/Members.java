package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.spi.Display;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several awaitables that are waited for together. */
final class Members {

    private Members() {}

    /** A list of what {@code each} has, none of it null. */
    static <A extends Awaitable<?>> List<A> copy(Iterable<? extends A> each, String name) {
        Objects.requireNonNull(each, name);
        List<A> list = new ArrayList<>(each instanceof Collection<?> known ? known.size() : 10);
        for (Object item : each) {
            if (item == null) {
                throw new NullPointerException(name + " holds null");
            }
            if (!(item instanceof Awaitable<?>)) {
                throw new IllegalArgumentException(name + " holds " + Display.of(item)
                        + ", which can't be awaited: chain(value) can (docs/codes.md#bare-value)");
            }
            @SuppressWarnings("unchecked") // it came out of an iterable of them
            A awaitable = (A) item;
            list.add(awaitable);
        }
        return list;
    }

    /** The same without repetitions; two handles of one future are a repetition, the uses of a recipe are none: each is a run. */
    static <A extends Awaitable<?>> List<A> distinct(List<A> each) {
        Set<Future<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<A> distinct = new ArrayList<>(each);
        distinct.removeIf(awaitable -> awaitable instanceof Future<?> future && !seen.add(ChainFuture.unwrap(future)));
        return distinct;
    }

    /**
     * The one loop of all futures among them.
     *
     * @param running the loop that runs here; null for that of the futures
     */
    static EventLoop loopOf(@Nullable EventLoop running, Iterable<? extends Awaitable<?>> each) {
        EventLoop loop = running;
        for (Awaitable<?> awaitable : each) {
            if (awaitable instanceof Future<?> future) {
                if (loop == null) {
                    loop = future.loop();
                } else if (future.loop() != loop) {
                    throw new IllegalArgumentException("The future belongs to a different loop: " + Display.of(future)
                            + "; wait for futures of one loop (docs/codes.md#other-loop)");
                }
            }
        }
        return loop != null ? loop : EventLoop.running();
    }

    /** The awaitable itself if it is a future, else a new task of it; asyncio's ensure_future. */
    static <T extends @Nullable Object> Future<T> ensureFuture(EventLoop loop, Awaitable<? extends T> awaitable) {
        if (awaitable instanceof Future<?>) {
            @SuppressWarnings("unchecked") // a future only ever gives its value
            Future<T> future = (Future<T>) awaitable;
            return future;
        }
        return loop.createTask(awaitable);
    }
}
