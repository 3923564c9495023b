package heddle.dsl.carrier;

import heddle.api.LoopBinding;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A strand that is a thread. Its thread and the one that resumes it hand a baton to and fro, and only the one that has it
 * runs; the other is parked. Whose turn it is, is one volatile field, and everything else is ordered by it. There is no
 * lock: a thread that is stopped or interrupted anywhere leaves nothing locked.
 *
 * <p>While the code runs, its thread speaks for the loop of the thread that waits for it.
 */
final class ThreadStrand extends Strand {

    /** Makes threads that aren't started yet. */
    interface Threads {
        Thread unstarted(Runnable code);
    }

    private final Thread thread;
    private boolean started;
    private @Nullable Thread resumer;
    private @Nullable LoopBinding binding;
    private volatile boolean codesTurn;

    ThreadStrand(Runnable code, Threads threads) {
        super(code);
        thread = threads.unstarted(this::live);
    }

    @Override
    void switchTo(LoopBinding caller) {
        resumer = Thread.currentThread();
        binding = caller;
        codesTurn = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            start();
        }
        // An interrupt of the loop's thread is the loop's affair: it must not spin here, and must not be lost.
        boolean interrupted = false;
        while (codesTurn) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() {
        try {
            thread.start();
            started = true;
        } catch (OutOfMemoryError e) {
            codesTurn = false;
            throw new IllegalStateException(
                    "no thread for the body of this coroutine: the system has no more; run fewer at a time, or use"
                            + " another carrier (docs/codes.md#out-of-threads)",
                    e);
        }
    }

    private void live() {
        mountForGood();
        speak();
        try {
            runCode();
        } finally {
            handBack();
        }
    }

    @Override
    public void pause() {
        handBack();
        boolean interrupted = false;
        while (!codesTurn) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        speak();
    }

    private void speak() {
        LoopBinding lent = binding;
        if (lent != null) {
            lent.lend();
        }
    }

    private void handBack() {
        LoopBinding.leave();
        Thread next = resumer;
        // Forgotten while nobody waits: a parked thread must not keep a loop alive.
        resumer = null;
        binding = null;
        codesTurn = false;
        LockSupport.unpark(next);
    }

    /** Whether its code runs now, and the one that resumed it waits. */
    boolean runs() {
        return codesTurn;
    }

    Thread thread() {
        return thread;
    }

    @Override
    public List<StackTraceElement> stack() {
        return List.of(thread.getStackTrace());
    }

    @Override
    public boolean leaks() {
        return started;
    }

    @Override
    public String toString() {
        return "strand on " + thread.getName();
    }
}
