package heddle.dsl;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explicit stack of a {@link ChainRun}: who waits for the program that runs now. An entry is a program and the step it
 * goes on with; some hold more: the outcome that an {@code eventually} goes on with, or the body that asked for the program.
 */
final class CallStack {

    private static final int LONGEST_LISTING = 1024;

    /** What the steps above an {@code eventually} ended in, while its clean-up is waited for. */
    record Outcome(@Nullable Object value, @Nullable Throwable error) {}

    private @Nullable Program[] programs = new @Nullable Program[4];
    private int[] nexts = new int[4];
    /** An {@link Outcome} or a {@link Body} at the place of its entry; absent as long as there was none. */
    private @Nullable Object @Nullable [] extras;

    private int depth;

    boolean isEmpty() {
        return depth == 0;
    }

    void push(Program program, int next, @Nullable Object extra) {
        if (depth == nexts.length) {
            programs = Arrays.copyOf(programs, depth * 2);
            nexts = Arrays.copyOf(nexts, depth * 2);
            if (extras != null) {
                extras = Arrays.copyOf(extras, depth * 2);
            }
        }
        if (extra != null && extras == null) {
            extras = new @Nullable Object[nexts.length];
        }
        if (extras != null) {
            extras[depth] = extra;
        }
        programs[depth] = program;
        nexts[depth++] = next;
    }

    /** Removes the newest entry; {@link #poppedProgram()} and {@link #poppedNext()} tell of it until the next push. */
    @Nullable
    Object pop() {
        depth--;
        if (extras == null) {
            return null;
        }
        Object extra = extras[depth];
        extras[depth] = null;
        return extra;
    }

    Program poppedProgram() {
        Program popped = programs[depth];
        programs[depth] = null;
        if (popped == null) {
            throw new AssertionError("nothing was popped");
        }
        return popped;
    }

    int poppedNext() {
        return nexts[depth];
    }

    /** Adds a line for each entry, newest first. */
    void describe(List<StackTraceElement> frames) {
        for (int i = depth - 1; i >= 0 && frames.size() < LONGEST_LISTING; i--) {
            if (extras != null && extras[i] instanceof Body body) {
                frames.addAll(body.stack());
            }
            Program program = programs[i];
            if (program != null) {
                program.describe(nexts[i] - 1, frames);
            }
        }
    }
}
