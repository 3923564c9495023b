package heddle.dsl.carrier;

import heddle.api.LoopBinding;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A strand that is a thread. Its thread and the one that resumes it hand a baton to and fro, and only the one that has it
 * runs; the other is parked, or looks for it for a moment before it parks. Whose turn it is, is one volatile field, and
 * everything else is ordered by it. There is no lock: a thread that is stopped or interrupted anywhere leaves nothing locked.
 *
 * <p>While the code runs, its thread speaks for the loop of the thread that waits for it.
 */
final class ThreadStrand extends Strand {

    /** Makes threads that aren't started yet. */
    interface Threads {
        Thread unstarted(Runnable code);
    }

    private final Thread thread;
    private final boolean watched;
    private boolean started;
    /** The one that resumed it, while it is parked or about to be. */
    private volatile @Nullable Thread parked;

    private @Nullable LoopBinding binding;
    private volatile boolean codesTurn;

    /** @param watched whether it may be worth while to look for its end of turn before parking: {@link Patience} */
    ThreadStrand(Runnable code, boolean watched, Threads threads) {
        super(code);
        this.watched = watched;
        thread = threads.unstarted(this::live);
    }

    @Override
    void switchTo(LoopBinding caller) {
        binding = caller;
        codesTurn = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            start();
        }
        if (!watched || !mount().patience().sees(this)) {
            parkWhileItRuns();
        }
    }

    private void parkWhileItRuns() {
        Thread self = Thread.currentThread();
        parked = self; // before the look at whose turn it is, as handBack does the two the other way round
        // An interrupt of the loop's thread is the loop's affair: it must not spin here, and must not be lost.
        boolean interrupted = false;
        while (codesTurn) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        parked = null; // a body that waits must not keep a loop alive
        if (interrupted) {
            self.interrupt();
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
        binding = null; // a body that waits must not keep a loop alive
        codesTurn = false;
        Thread waits = parked;
        if (waits != null) {
            LockSupport.unpark(waits);
        }
    }

    /** Whether its code runs now, and the one that resumed it waits. */
    boolean runs() {
        return codesTurn;
    }

    Thread thread() {
        return thread;
    }

    /** As its code sees it: who looks may be quicker than the thread is to park, or to unpark others. */
    @Override
    public List<StackTraceElement> stack() {
        List<StackTraceElement> all = List.of(thread.getStackTrace());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).getMethodName().equals("pause")
                    && all.get(i).getClassName().equals(ThreadStrand.class.getName())) {
                return all.subList(i, all.size());
            }
        }
        return all;
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
