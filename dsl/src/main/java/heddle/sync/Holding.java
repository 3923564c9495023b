package heddle.sync;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;

import heddle.api.Awaitable;
import heddle.api.ThrowingRunnable;
import heddle.dsl.Chain;
import heddle.dsl.Chainable;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Puts acquire and release around code; asyncio's "async with". */
final class Holding {

    private Holding() {}

    /** Runs {@code body} right here, in the body of a coroutine. */
    static <T extends @Nullable Object> T run(
            Awaitable<?> acquire, ThrowingRunnable release, Callable<? extends T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        return await(Holding.<T>coroutine(acquire, release, body));
    }

    static void run(Awaitable<?> acquire, ThrowingRunnable release, ThrowingRunnable body) throws Exception {
        Objects.requireNonNull(body, "body");
        Holding.<@Nullable Void>run(acquire, release, () -> {
            body.run();
            return null;
        });
    }

    private static <T extends @Nullable Object> Chain<T> coroutine(
            Awaitable<?> acquire, ThrowingRunnable release, Callable<? extends T> body) {
        return async(() -> {
            await(acquire);
            T value;
            try {
                value = body.call();
            } catch (Throwable e) {
                try {
                    release.run();
                } catch (Throwable instead) {
                    if (instead != e) {
                        instead.addSuppressed(e);
                    }
                    throw instead;
                }
                throw e;
            }
            release.run();
            return value;
        });
    }

    /** The same as a chain. */
    static <T extends @Nullable Object> Chain<T> around(
            Chainable<?> acquire, ThrowingRunnable release, Awaitable<? extends T> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        Chain<T> inside = chain(awaitable);
        return acquire.await(inside.eventually(release));
    }
}
