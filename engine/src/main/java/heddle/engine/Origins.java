package heddle.engine;

import heddle.api.CancelledError.Origin;
import heddle.api.Task;
import org.jspecify.annotations.Nullable;

/** Finds out who is calling: the task or thread, and the line of the program, not of the library. */
final class Origins {

    private static final StackWalker WALKER = StackWalker.getInstance();

    private Origins() {}

    static Origin here(AbstractEventLoop loop) {
        Task<?> task = loop.currentTask();
        String who = task == null ? Thread.currentThread().getName() : task.name();
        @Nullable
        StackTraceElement where = WALKER.walk(frames -> frames.filter(frame -> !isLibrary(frame.getClassName()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null));
        return new Origin(who, where);
    }

    private static boolean isLibrary(String className) {
        return className.startsWith("heddle.engine.")
                || className.startsWith("heddle.api.")
                || className.startsWith("heddle.dsl.")
                || className.startsWith("heddle.sync.")
                || className.startsWith("java.");
    }
}
