package heddle.dsl;

import heddle.api.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Java's futures that a loop is to complete, so that its end can: a thread that posts just before a loop is closed would wait
 * for ever. It keeps neither loops nor futures alive.
 */
final class Outstanding {

    private static final Map<EventLoop, Set<LoopCompletable<?>>> PENDING =
            Collections.synchronizedMap(new WeakHashMap<>());

    private Outstanding() {}

    private static Set<LoopCompletable<?>> at(EventLoop loop) {
        return PENDING.computeIfAbsent(
                loop, unused -> Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())));
    }

    /** A new one, to be made before the loop is asked for anything. */
    static <T extends @Nullable Object> LoopCompletable<T> of(EventLoop loop) {
        LoopCompletable<T> future = new LoopCompletable<>(loop);
        Set<LoopCompletable<?>> pending = at(loop);
        pending.add(future);
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> pending.remove(future));
        return future;
    }

    /** Closes a loop, and cancels what it didn't come to. */
    static void close(EventLoop loop) {
        List<LoopCompletable<?>> kept =
                copy(loop); // else one that only its dependents know could be collected meanwhile
        try {
            loop.close();
        } finally {
            if (loop.isClosed()) {
                kept.addAll(copy(loop));
                for (LoopCompletable<?> future : kept) {
                    future.completeExceptionally(
                            new CancellationException("the event loop was closed before it got there"));
                }
            }
        }
    }

    private static List<LoopCompletable<?>> copy(EventLoop loop) {
        Set<LoopCompletable<?>> pending = PENDING.get(loop);
        if (pending == null) {
            return new ArrayList<>();
        }
        synchronized (pending) {
            return new ArrayList<>(pending);
        }
    }
}
