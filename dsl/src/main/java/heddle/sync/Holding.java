package heddle.sync;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;

import heddle.api.Awaitable;
import heddle.api.ThrowingRunnable;
import heddle.dsl.Chain;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs a body between acquire and release; asyncio's "async with". */
final class Holding {

    private Holding() {}

    static <T extends @Nullable Object> Chain<T> run(
            Awaitable<?> acquire, ThrowingRunnable release, Callable<? extends T> body) {
        Objects.requireNonNull(body, "body");
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

    static Chain<@Nullable Void> run(Awaitable<?> acquire, ThrowingRunnable release, ThrowingRunnable body) {
        Objects.requireNonNull(body, "body");
        Callable<@Nullable Void> returningNull = () -> {
            body.run();
            return null;
        };
        return run(acquire, release, returningNull);
    }
}
