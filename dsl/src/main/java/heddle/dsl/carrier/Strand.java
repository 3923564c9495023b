package heddle.dsl.carrier;

import heddle.api.LoopBinding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stack of its own, on which code runs and can be paused anywhere. Whoever resumes it waits until the code pauses or
 * ends; so the two never run at the same time, and what one writes the other sees.
 *
 * <p>Three kinds: see {@link Carrier}.
 */
public abstract class Strand {

    private static final ThreadLocal<Mount> MOUNT = ThreadLocal.withInitial(() -> last = new Mount());

    /** The mount of the last thread that got one and isn't a strand itself: mostly the one loop of the program. */
    private static volatile @Nullable Mount last;

    final Runnable code;
    private boolean ended;

    Strand(Runnable code) {
        this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * The code whose strand the caller runs on, the innermost one where strands are nested.
     *
     * @return what was given to {@link Carrier#strand}, or null outside of any strand
     */
    public static @Nullable Runnable running() {
        return mount().code;
    }

    /**
     * Runs the code on until it pauses or ends. Not from two threads at once, and not after the end.
     *
     * @param caller the binding of the calling thread, for which the code speaks meanwhile
     * @return whether the code ended
     * @throws IllegalStateException if no thread could be made for it: the code never begins
     */
    public final boolean resume(LoopBinding caller) {
        switchTo(caller);
        return ended;
    }

    /**
     * Pauses the code, which is the caller, until the next {@link #resume}.
     *
     * @throws IllegalStateException if the stack can't be left here; the message names the frame that forbids it
     */
    public abstract void pause();

    /**
     * Where a paused strand stands, innermost frame first, with frames of Heddle's and the JDK's.
     *
     * @return a snapshot, empty where it isn't known; safe from any thread
     */
    public abstract List<StackTraceElement> stack();

    /** Whether a strand that nobody will resume keeps something alive, and must be ended by somebody. */
    public abstract boolean leaks();

    abstract void switchTo(LoopBinding caller);

    /** The strand's whole life, on its own stack. */
    final void runCode() {
        try {
            code.run();
        } finally {
            ended = true;
        }
    }

    /** What the calling thread runs. */
    static Mount mount() {
        Mount known = last;
        return known != null && known.thread == Thread.currentThread() ? known : MOUNT.get();
    }

    /** The calling thread is this strand's own, and runs nothing else. */
    final void mountForGood() {
        Mount mount = new Mount();
        mount.code = code;
        MOUNT.set(mount);
    }

    /** Whose code a thread runs; a field, so that switching costs no look-up. */
    static final class Mount {
        private final Thread thread = Thread.currentThread();

        /** Made at the first look: most threads are bodies, and resume nobody. */
        private @Nullable Patience patience;

        @Nullable
        Runnable code;

        Patience patience() {
            Patience known = patience;
            if (known == null) {
                patience = known = new Patience();
            }
            return known;
        }
    }
}
