package heddle.jshell;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the code of the user's that the session's loop runs right now, by looking at the stacks of all threads: that of the
 * loop, that of a coroutine's body for which the loop waits, or that which speaks for a paused loop. All others stand in Heddle's own code.
 */
final class Steps {

    /** The name of the thread that a session runs on. */
    static final String LOOP = "heddle-session";
    /** The name of the thread that speaks for a paused loop. */
    static final String SPEAKER = "heddle-speaker";
    /** The class and method that begin the stack of a coroutine's body. */
    static final String BODY = "heddle.dsl.Body";

    static final String BODY_METHOD = "run";

    /** Where the tool deals with a snippet that was typed, from its first look at it to the feedback. */
    private static final String TOOL = "jdk.internal.jshell.tool.JShellTool";

    private static final String TOOLS_METHOD = "processSourceCatchingReset";
    /** The tool's feedback takes less. */
    private static final long FEEDBACK_NANOS = 100_000_000;

    private Steps() {}

    /** A thread, and the innermost frame of it that is in a user's code. */
    record Step(Thread thread, StackTraceElement frame) {}

    /** The step that is running, or null if there is none, or it isn't in a user's code now. */
    static @Nullable Step running() {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] stack = each.getValue();
            if (runsSteps(each.getKey(), stack)) {
                StackTraceElement innermost = innermost(stack);
                if (innermost != null && !isHeddles(innermost.getClassName())) {
                    return new Step(each.getKey(), innermost);
                }
            }
        }
        return null;
    }

    /**
     * Whether the tool, in this JVM, is about to ask for a snippet, which it still compiles, and isn't just through with one.
     *
     * @param lastEnd when the last request ended, as {@link System#nanoTime}
     */
    static boolean isCompiling(long lastEnd) {
        if (System.nanoTime() - lastEnd < FEEDBACK_NANOS) {
            return false;
        }
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            for (StackTraceElement frame : stack) {
                if (frame.getMethodName().equals(TOOLS_METHOD)
                        && frame.getClassName().equals(TOOL)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean runsSteps(Thread thread, StackTraceElement[] stack) {
        if (thread.getName().equals(LOOP) || thread.getName().equals(SPEAKER)) {
            return true;
        }
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(BODY) && frame.getMethodName().equals(BODY_METHOD)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable StackTraceElement innermost(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!isJdks(frame.getClassName())) {
                return frame;
            }
        }
        return null;
    }

    static boolean isJdks(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    /** Whether a class is of Heddle's own. */
    static boolean isHeddles(String className) {
        return className.startsWith("heddle.");
    }
}
