package heddle.dsl;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Task;
import heddle.dsl.carrier.VirtualThreads;
import heddle.dsl.signal.Signals;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C while a program runs on the thread {@code main} (asyncio-rule 174): the first one cancels the program's task, the
 * next one is left to the JVM, which ends. A handler that the program set itself is left alone.
 */
final class CtrlC implements AutoCloseable, Consumer<Runnable> {

    private static final String SIGNAL = "INT";
    /** What stands for the JVM's own handler. */
    private static final String DEFAULT_HANDLER = "sun.misc.Signal$SunMiscHandler";

    private final EventLoop loop;
    private volatile @Nullable Task<?> main;
    private volatile boolean pressed;
    private @Nullable Object before;

    private CtrlC(EventLoop loop) {
        this.loop = loop;
    }

    /** Watches, if the calling thread is {@code main}, the JVM gives access to signals, and nobody else wants this one. */
    static CtrlC watch(EventLoop loop) {
        CtrlC watching = new CtrlC(loop);
        Thread caller = Thread.currentThread();
        // a loop may run on a virtual thread that stands in for main, and has its name
        boolean main = caller.getName().equals("main") && (isFirst(caller) || VirtualThreads.isVirtual(caller));
        if (main && Signals.available()) {
            watching.install();
        }
        return watching;
    }

    @SuppressWarnings("deprecation") // its successor is younger than Java 17
    private static boolean isFirst(Thread thread) {
        return thread.getId() == 1;
    }

    private void install() {
        try {
            Object replaced = Signals.install(SIGNAL, this);
            if (replaced.getClass().getName().equals(DEFAULT_HANDLER)) {
                before = replaced;
            } else {
                Signals.restore(SIGNAL, replaced);
            }
        } catch (IllegalArgumentException e) {
            // started with -Xrs: the JVM leaves signals alone, and so do we
        }
    }

    void cancels(Task<?> task) {
        main = task;
    }

    /** It was pressed. */
    @Override
    public void accept(Runnable otherwise) {
        Task<?> task = main;
        if (pressed || task == null || loop.isClosed()) {
            otherwise.run();
            return;
        }
        pressed = true;
        try {
            loop.callSoonThreadsafe(() -> task.cancel("SIGINT", new CancelledError.Origin("SIGINT", null)));
        } catch (IllegalStateException closed) {
            otherwise.run();
        }
    }

    @Override
    public void close() {
        if (before != null) {
            Signals.restore(SIGNAL, before);
        }
    }
}
