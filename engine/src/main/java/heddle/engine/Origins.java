package heddle.engine;

import heddle.api.CancelledError.Origin;
import heddle.api.Task;
import heddle.api.spi.Traces;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks for a cancel: the task or thread, and the line of the program, not of the library. Only what the loop
 * is running now is looked at; who runs the loop has nothing to do with it.
 */
final class Origins {

    /** Hidden frames, too: of a callback that is a method reference there is no other. */
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES);

    private static final String LOOP = AbstractEventLoop.class.getName();

    /** How many lines tell where a task was made. */
    private static final int CREATION_LINES = 16;

    private Origins() {}

    static Origin here(AbstractEventLoop loop) {
        Task<?> task = loop.currentTask();
        return new Origin(task != null ? task.name() : outsideOfTasks(loop), where());
    }

    private static String outsideOfTasks(AbstractEventLoop loop) {
        return (loop.isEntered() ? "a callback on " : "")
                + Thread.currentThread().getName();
    }

    private static @Nullable StackTraceElement where() {
        return WALKER.walk(frames -> frames.takeWhile(frame -> !isTurn(frame))
                .filter(frame -> !isLibrary(frame.getClassName()))
                .findFirst()
                .map(Origins::line)
                .orElse(null));
    }

    /** The stack of the caller, without Heddle's lines and what is below the loop. */
    static List<StackTraceElement> stack() {
        return WALKER.walk(frames -> frames.takeWhile(frame -> !isTurn(frame))
                .filter(frame ->
                        !frame.getClassName().contains("$$Lambda") && !Traces.isMachinery(frame.getClassName()))
                .limit(CREATION_LINES)
                .map(StackFrame::toStackTraceElement)
                .toList());
    }

    /** Whether here ends what the loop runs, and who runs the loop begins. */
    private static boolean isTurn(StackFrame frame) {
        return frame.getMethodName().equals("turn") && frame.getClassName().equals(LOOP);
    }

    private static boolean isLibrary(String className) {
        return className.startsWith("java.") || className.startsWith("sun.") || Traces.isMachinery(className);
    }

    /** The class that wrote a method reference, which has no line; else the line. */
    private static StackTraceElement line(StackFrame frame) {
        String type = frame.getClassName();
        int lambda = type.indexOf("$$Lambda");
        return lambda < 0
                ? frame.toStackTraceElement()
                : new StackTraceElement(type.substring(0, lambda), "lambda", null, -1);
    }
}
