package heddle.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Virtual threads, which JDK 17 doesn't have, through method handles. */
final class Virtual {

    /** One carrier thread, as one loop has one thread. */
    static final String[] ONE_CARRIER = {
        "-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1"
    };

    private static final MethodHandle START;

    static {
        MethodHandle start = null;
        try {
            start = MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            // before JDK 21
        }
        START = start;
    }

    private Virtual() {}

    static boolean exist() {
        return START != null;
    }

    static Thread start(Runnable code) {
        try {
            return (Thread) START.invokeExact(code);
        } catch (Throwable e) {
            throw new IllegalStateException("no virtual thread", e);
        }
    }

    /** Runs {@code work} on a virtual thread. */
    static <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        start(task);
        return task.get();
    }

    /** Runs all on virtual threads of their own, and waits for them. */
    static void all(List<Runnable> works) throws Exception {
        Virtual.<Void>call(() -> {
            List<Thread> threads = works.stream().map(Virtual::start).toList();
            for (Thread thread : threads) {
                thread.join();
            }
            return null;
        });
    }
}
