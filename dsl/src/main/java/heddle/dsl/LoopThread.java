package heddle.dsl;

import heddle.dsl.carrier.Carrier;
import heddle.dsl.carrier.VirtualThreads;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the thread that a loop runs on. Where bodies are virtual threads the loop is one, too, since switching between
 * two of them costs a thirtieth of switching between one and a thread of the system.
 */
final class LoopThread {

    private LoopThread() {}

    /** A daemon thread for a loop, not started. */
    static Thread unstarted(String name, Runnable code) {
        if (Carrier.chosen() == Carrier.VIRTUAL) {
            return VirtualThreads.unstarted(name, code);
        }
        Thread thread = new Thread(code, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs {@code work}, which runs a loop, on the calling thread or, where that is faster, on a virtual thread that has
     * its name, context class loader and inheritable thread locals. The caller waits; its interrupts go to that thread.
     */
    static <T extends @Nullable Object> T call(Callable<? extends T> work) throws Exception {
        Thread caller = Thread.currentThread();
        if (Carrier.chosen() != Carrier.VIRTUAL || VirtualThreads.isVirtual(caller)) {
            return work.call();
        }
        Outcome<T> outcome = new Outcome<>();
        Thread thread = VirtualThreads.unstarted(caller.getName(), () -> outcome.of(work));
        thread.setContextClassLoader(caller.getContextClassLoader());
        thread.start();
        try {
            outcome.gate.pass(null, thread::interrupt);
        } catch (Throwable e) {
            thread.interrupt();
            throw e;
        }
        return outcome.get();
    }

    /** What the other thread's work ended in. */
    private static final class Outcome<T extends @Nullable Object> {
        final Gate gate = new Gate();
        private @Nullable T value;
        private @Nullable Throwable failure;

        void of(Callable<? extends T> work) {
            try {
                value = work.call();
            } catch (Throwable e) {
                failure = e;
            } finally {
                gate.open();
            }
        }

        @SuppressWarnings("NullAway") // a T, null among them
        T get() {
            if (failure != null) {
                throw Throwables.raise(failure);
            }
            return value;
        }
    }
}
