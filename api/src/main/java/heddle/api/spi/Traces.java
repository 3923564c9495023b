package heddle.api.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes Heddle's own lines out of stack traces: between two lines of the program there may be forty that step a coroutine
 * and switch its stack. Of each such run of lines the one that the program called is kept, the others go. With the system
 * property {@code heddle.trace=full} traces stay as they are. Safe from any thread.
 */
public final class Traces {

    /** The rest of a trace was not called by what is above it, but made it. */
    private static final String CREATED_BY = "createdBy";

    private static final String THE_CODE_BELOW = "the code below";

    private static final boolean FULL = "full".equals(System.getProperty("heddle.trace"));

    private static final List<String> MACHINERY = List.of(
            "heddle.api.",
            "heddle.dsl.",
            "heddle.engine.",
            "heddle.stream.",
            "heddle.sync.",
            "java.lang.Thread",
            "java.lang.VirtualThread",
            "java.lang.invoke.",
            "java.lang.reflect.",
            "jdk.internal.");

    /** How a thread that is parked looks, on top of that. */
    private static final List<String> PARKING = List.of("java.lang.System", "java.util.concurrent.locks.");

    private Traces() {}

    /**
     * Whether a class is Heddle's, or one of the JDK's that runs threads and lambdas.
     *
     * @param className its name
     * @return true if a reader of a trace can do without its lines
     */
    public static boolean isMachinery(String className) {
        return isOf(MACHINERY, className);
    }

    private static boolean isOf(List<String> names, String className) {
        for (String each : names) {
            if (className.startsWith(each)
                    && (each.endsWith(".")
                            || className.length() == each.length()
                            || className.charAt(each.length()) == '$')) {
                return true;
            }
        }
        return false;
    }

    /**
     * The lines of the program in the stack of code that is paused.
     *
     * @param stack innermost first
     * @return the same without Heddle's lines, and the JDK's that park a thread
     */
    public static List<StackTraceElement> ofPaused(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(line -> !isMachinery(line.getClassName()) && !isOf(PARKING, line.getClassName()))
                .toList();
    }

    /**
     * Trims the trace of an exception, of its causes and of what it suppressed.
     *
     * @param e the exception; its trace is replaced
     */
    public static void trim(Throwable e) {
        Objects.requireNonNull(e, "e");
        change(e, trace -> trace);
    }

    /**
     * Trims as {@link #trim}, and has the trace go on with who waits for the code's end, if it doesn't yet: that of code with
     * a thread of its own ends there.
     *
     * @param e the exception; its trace is replaced
     * @param caller the stack of the caller, innermost first
     */
    public static void trim(Throwable e, List<StackTraceElement> caller) {
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(caller, "caller");
        change(e, trace -> {
            List<StackTraceElement> rest = trimmed(caller);
            // the first line is Heddle's own, and may be another one of the same method
            return rest.isEmpty() || endsWith(trace, rest.subList(1, rest.size())) ? trace : joined(trace, rest);
        });
    }

    /**
     * Trims as {@link #trim}, and has the trace go on with where the code was made into a task, in place of who steps it;
     * once, for the first task that an exception ends.
     *
     * @param e the exception; its trace is replaced
     * @param task the name of the task
     * @param stepper the class that steps tasks
     * @param creation the stack on which the task was made, innermost first
     */
    public static void trim(Throwable e, String task, Class<?> stepper, List<StackTraceElement> creation) {
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(stepper, "stepper");
        Objects.requireNonNull(creation, "creation");
        change(e, trace -> {
            if (trace.stream().anyMatch(Traces::isCreation)) {
                return trace;
            }
            List<StackTraceElement> step = trace.stream()
                    .takeWhile(line -> !line.getClassName().equals(stepper.getName()))
                    .toList();
            List<StackTraceElement> marked =
                    joined(step, List.of(new StackTraceElement(task, CREATED_BY, THE_CODE_BELOW, -1)));
            return step.isEmpty() ? trace : joined(marked, creation);
        });
    }

    /** Changes a trace, and trims it. A class of exceptions may do with its trace what it likes: it isn't worth a failure. */
    private static void change(Throwable e, UnaryOperator<List<StackTraceElement>> change) {
        if (FULL) {
            return;
        }
        try {
            set(e, change);
            trimAll(e, Collections.newSetFromMap(new IdentityHashMap<>()));
        } catch (RuntimeException ignored) {
            // it stays as it is
        }
    }

    private static void trimAll(Throwable e, Set<Throwable> seen) {
        if (!seen.add(e)) {
            return;
        }
        set(e, Traces::trimmed);
        if (e.getCause() != null) {
            trimAll(e.getCause(), seen);
        }
        for (Throwable suppressed : e.getSuppressed()) {
            trimAll(suppressed, seen);
        }
    }

    private static void set(Throwable e, UnaryOperator<List<StackTraceElement>> change) {
        List<StackTraceElement> before = List.of(e.getStackTrace());
        List<StackTraceElement> after = change.apply(before);
        if (!before.isEmpty() && !after.isEmpty() && !after.equals(before)) {
            e.setStackTrace(after.toArray(StackTraceElement[]::new));
        }
    }

    /** Of each run of Heddle's lines the one that the program called. */
    private static List<StackTraceElement> trimmed(List<StackTraceElement> trace) {
        List<StackTraceElement> kept = new ArrayList<>();
        for (int i = 0; i < trace.size(); i++) {
            StackTraceElement line = trace.get(i);
            StackTraceElement caller = i + 1 < trace.size() ? trace.get(i + 1) : line;
            boolean calledByTheProgram = !isMachinery(caller.getClassName()) && !isCreation(caller);
            if (calledByTheProgram || !isMachinery(line.getClassName())) {
                kept.add(line);
            }
        }
        return kept;
    }

    private static boolean isCreation(StackTraceElement line) {
        return line.getMethodName().equals(CREATED_BY) && THE_CODE_BELOW.equals(line.getFileName());
    }

    private static boolean endsWith(List<StackTraceElement> trace, List<StackTraceElement> end) {
        return trace.size() >= end.size()
                && trace.subList(trace.size() - end.size(), trace.size()).equals(end);
    }

    private static List<StackTraceElement> joined(List<StackTraceElement> first, List<StackTraceElement> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
