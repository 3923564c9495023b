package heddle.dsl;

import heddle.dsl.carrier.Carrier;
import heddle.dsl.carrier.VirtualThreads;
import heddle.dsl.signal.Signals;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the thread that a loop runs on. Where bodies are virtual threads the loop is one, too, since switching between
 * two of them costs a thirtieth of switching between one and a thread of the system.
 */
final class LoopThread {

    private LoopThread() {}

    /**
     * At the first call, has another processor find out how loops and bodies run here and how Ctrl-C is heard, which takes a
     * while, while the caller goes on with something else.
     */
    static void prepare() {
        Preparation.begin();
    }

    /** Begins when this class is loaded: that happens once, and costs nothing else. */
    private static final class Preparation implements Runnable {

        static {
            try {
                Thread thread = new Thread(new Preparation(), "heddle-preparation");
                thread.setDaemon(true);
                thread.start();
            } catch (Throwable e) {
                // Out of threads, say: then whoever needs something finds it out itself. Thrown on, it would fail each
                // later
                // run, too, with a NoClassDefFoundError.
            }
        }

        static void begin() {}

        @Override
        public void run() {
            Carrier.prepare();
            boolean unused = Signals.available(); // for Ctrl-C
        }
    }

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
        Outcome<T> outcome = new Outcome<>(work);
        Thread thread = VirtualThreads.unstarted(caller.getName(), outcome);
        thread.setContextClassLoader(caller.getContextClassLoader());
        thread.start();
        try {
            outcome.gate.pass(null, new Interrupting(thread));
        } catch (Throwable e) {
            thread.interrupt();
            throw e;
        }
        return outcome.get();
    }

    /** Passes an interrupt on. */
    private record Interrupting(Thread thread) implements Gate.Interruption {
        @Override
        public void interrupted() {
            thread.interrupt();
        }
    }

    /** What the other thread's work ended in. */
    private static final class Outcome<T extends @Nullable Object> implements Runnable {
        private final Callable<? extends T> work;
        final Gate gate = new Gate();
        private @Nullable T value;
        private @Nullable Throwable failure;

        Outcome(Callable<? extends T> work) {
            this.work = work;
        }

        @Override
        public void run() {
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
