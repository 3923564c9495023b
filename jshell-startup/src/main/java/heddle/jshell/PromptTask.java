package heddle.jshell;

import static heddle.dsl.Heddle.async;

import heddle.api.CancelledError;
import heddle.api.Context;
import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Task;
import heddle.dsl.Session;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** A snippet as a task of a loop on another thread, for which the thread that made this waits. */
final class PromptTask {

    /** How often the waiting thread looks around. */
    private static final long LOOK_NANOS = 20_000_000;

    private final Session session;
    private final EventLoop loop;
    private final Thread waiter = Thread.currentThread();
    private volatile boolean done;

    // Written on the loop before done, and read after it.
    private String value = "";
    private @Nullable Throwable failure;

    // Used on the loop only.
    private @Nullable Task<String> task;
    private @Nullable DeadlockError deadlock;
    private boolean cancelled;

    PromptTask(Session session) {
        this.session = session;
        this.loop = session.loop();
    }

    /** Has it begin in the loop's next turn. */
    void begin(Callable<String> code, String name, Context context) {
        loop.callSoonThreadsafe(() -> {
            try {
                Task<String> begun = loop.createTask(async(code), name, context);
                task = begun;
                begun.addDoneCallback(this::ended);
                session.passTimeUntilDone(begun, this::deadlocked);
                if (cancelled) {
                    cancel();
                }
            } catch (Throwable e) {
                failure = e;
                leave();
            }
        });
    }

    /**
     * Waits for its end.
     *
     * @param presses how often Ctrl-C was pressed for it: asked now and then, and each press is a cancel
     * @param look what else to do now and then
     * @return whether it was cancelled so
     */
    boolean await(IntSupplier presses, Runnable look) {
        int cancels = 0;
        boolean interrupted = false;
        while (!done) {
            if (presses.getAsInt() > cancels) {
                cancels++;
                loop.callSoonThreadsafe(() -> {
                    cancelled = true;
                    cancel();
                });
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
            interrupted |= Thread.interrupted();
            if (loop.isClosed() && !done) {
                throw new IllegalStateException("the session's event loop was closed (docs/codes.md#closed)");
            }
            look.run();
        }
        if (interrupted) {
            waiter.interrupt();
        }
        return cancels > 0;
    }

    /** Nothing will ever wake it, so it gives up, and says why. */
    private void deadlocked(DeadlockError error) {
        error.setStackTrace(new StackTraceElement[0]); // the session's, which says nothing
        deadlock = error;
        if (task != null) {
            task.cancel("deadlock");
        }
    }

    private void cancel() {
        if (task != null) {
            task.cancel("Ctrl-C");
        }
    }

    private void ended(Future<String> future) {
        try {
            value = future.result();
        } catch (Throwable e) {
            failure = e instanceof CancelledError && deadlock != null ? deadlock : e;
        }
        leave();
    }

    private void leave() {
        done = true;
        LockSupport.unpark(waiter);
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    String value() {
        return value;
    }
}
