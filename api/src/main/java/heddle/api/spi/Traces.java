package heddle.api.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Takes Heddle's own lines out of stack traces: between two lines of the program there may be forty that step a coroutine
 * and switch its stack. Of each such run of lines the one that the program called is kept, the others go. With the system
 * property {@code heddle.trace=full} traces stay as they are. Safe from any thread.
 */
public final class Traces {

    /** The rest of a trace was not called by what is above it, but made it. */
    private static final String CREATED_BY = "createdBy";

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
        change(e, () -> {});
    }

    /** A class of exceptions may do with its trace what it likes; a trace isn't worth a failure. */
    private static void change(Throwable e, Runnable further) {
        if (FULL) {
            return;
        }
        try {
            trim(e, Collections.newSetFromMap(new IdentityHashMap<>()));
            further.run();
        } catch (RuntimeException ignored) {
            // it stays as it is
        }
    }

    private static void trim(Throwable e, Set<Throwable> seen) {
        if (!seen.add(e)) {
            return;
        }
        StackTraceElement[] trace = e.getStackTrace();
        List<StackTraceElement> kept = trimmed(List.of(trace));
        if (kept.size() < trace.length && !kept.isEmpty()) {
            e.setStackTrace(kept.toArray(StackTraceElement[]::new));
        }
        if (e.getCause() != null) {
            trim(e.getCause(), seen);
        }
        for (Throwable suppressed : e.getSuppressed()) {
            trim(suppressed, seen);
        }
    }

    private static List<StackTraceElement> trimmed(List<StackTraceElement> trace) {
        List<StackTraceElement> kept = new ArrayList<>();
        for (int i = 0; i < trace.size(); i++) {
            boolean calledByTheProgram = i + 1 < trace.size()
                    && !isMachinery(trace.get(i + 1).getClassName())
                    && !isCreation(trace.get(i + 1));
            if (calledByTheProgram || !isMachinery(trace.get(i).getClassName())) {
                kept.add(trace.get(i));
            }
        }
        return kept;
    }

    /**
     * Trims as {@link #trim}, and has the trace go on with who waits for the code's end, if it doesn't yet: code with a
     * thread of its own has a trace that ends there.
     *
     * @param e the exception; its trace is replaced
     * @param caller the stack of the caller, innermost first
     */
    public static void trim(Throwable e, List<StackTraceElement> caller) {
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(caller, "caller");
        change(e, () -> {
            List<StackTraceElement> trace = List.of(e.getStackTrace());
            List<StackTraceElement> rest = trimmed(caller);
            if (!trace.isEmpty() && !rest.isEmpty() && !endsWith(trace, rest.subList(1, rest.size()))) {
                append(e, trace, rest);
            }
        });
    }

    /** But for its first line, which is Heddle's own, and may be another one of the same method. */
    private static boolean endsWith(List<StackTraceElement> trace, List<StackTraceElement> end) {
        return trace.size() >= end.size()
                && trace.subList(trace.size() - end.size(), trace.size()).equals(end);
    }

    /**
     * Trims as {@link #trim}, and has the trace go on with where the code was made into a task; once, for the first task
     * that an exception ends.
     *
     * @param e the exception; its trace is replaced
     * @param who the task
     * @param creation the stack on which it was made, innermost first
     */
    public static void trim(Throwable e, String who, List<StackTraceElement> creation) {
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(creation, "creation");
        change(e, () -> {
            List<StackTraceElement> trace = List.of(e.getStackTrace());
            if (trace.isEmpty() || trace.stream().anyMatch(Traces::isCreation)) {
                return;
            }
            List<StackTraceElement> rest = new ArrayList<>();
            rest.add(new StackTraceElement(who, CREATED_BY, "the code below", -1));
            rest.addAll(creation);
            append(e, trace, rest);
        });
    }

    private static boolean isCreation(StackTraceElement line) {
        return line.getMethodName().equals(CREATED_BY) && "the code below".equals(line.getFileName());
    }

    private static void append(Throwable e, List<StackTraceElement> trace, List<StackTraceElement> rest) {
        List<StackTraceElement> all = new ArrayList<>(trace);
        all.addAll(rest);
        e.setStackTrace(all.toArray(StackTraceElement[]::new));
    }
}
