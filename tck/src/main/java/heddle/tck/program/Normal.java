package heddle.tck.program;

import heddle.api.BrokenBarrier;
import heddle.api.CancelledError;
import heddle.api.DeadlockError;
import heddle.api.ExceptionGroup;
import heddle.api.InvalidStateException;
import heddle.api.QueueEmpty;
import heddle.api.QueueFull;
import heddle.api.QueueShutDown;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How values and exceptions are written in a trace, so that Java's equal Python's: the one place that knows what is taken for
 * equal.
 *
 * <p><b>Types</b> are those of {@link #type}. <b>Messages</b> that the library makes are those of {@link #MESSAGES}: Java's
 * begin with the text on the left, and mostly go on with what to do. Messages of programs are left alone: they are single
 * words. What else Heddle does otherwise than CPython, and how programs come to be equal all the same:
 *
 * <ol>
 *   <li><i>Tasks are held strongly</i>, <i>equal timers, children and left-overs are taken in order of creation</i>, <i>timers
 *       are never early</i>: the recorder has CPython do the same.
 *   <li><i>The thread rule is always checked</i>, <i>coroutine objects can be run again</i>, <i>a duplicate coroutine object
 *       in gather runs twice</i>: no program uses another thread, or a coroutine object twice.
 *   <li><i>Shutdown repeats its pass</i>: programs are run with {@link #SHUTDOWN_PASSES}.
 *   <li><i>Lost failures are also reported at the end of run</i>, when the loop is closed: they are compared then, all of
 *       them; {@link ProgramRun} sorts them as text, and leaves out those that a program looks at after it closed the loop.
 *   <li><i>Coroutines that are pending when the loop is closed are closed</i>: nothing that they do then is written.
 * </ol>
 */
final class Normal {

    /** As many as CPython makes. */
    static final int SHUTDOWN_PASSES = 1;

    /** What Java says, and what CPython says. */
    private record Message(Pattern java, String python) {
        static Message of(String java, String python) {
            return new Message(Pattern.compile(java + ".*", Pattern.DOTALL), python);
        }

        /** Both say the same, but that Java goes on. */
        static Message same(String type, String text) {
            return of(Pattern.quote(type + ": " + text), type + ": " + text);
        }
    }

    private static final List<Message> MESSAGES = List.of(
            Message.of("InvalidStateError", "InvalidStateError"),
            Message.of("QueueEmpty", "QueueEmpty"),
            Message.of("QueueFull", "QueueFull"),
            Message.of("QueueShutDown", "QueueShutDown"),
            Message.of("DeadlockError", "DeadlockError: deadlock"),
            Message.of("TimeoutError: timed out after ", "TimeoutError"),
            Message.of(
                    "RuntimeError: Event loop stopped before Future completed: ",
                    "RuntimeError: Event loop stopped before Future completed."),
            Message.same("RuntimeError", "Event loop is closed"),
            Message.same("RuntimeError", "Cannot close a running event loop"),
            Message.same("RuntimeError", "Task cannot await on itself"),
            // A step can't end in a number here: a future of another loop is what stands for it.
            Message.of(
                    "RuntimeError: Task .* got Future (\\d+) .* attached to a different loop",
                    "RuntimeError: Task got bad yield: $1"),
            Message.of(
                    "RuntimeError: .* awaits (\\d+) .*, which belongs to another loop",
                    "RuntimeError: Task got bad yield: $1"),
            Message.of(
                    "RuntimeError: Task .* got Future .* attached to a different loop",
                    "RuntimeError: Task got Future attached to a different loop"),
            Message.of(
                    "RuntimeError: .* awaits .*, which belongs to another loop",
                    "RuntimeError: Task got Future attached to a different loop"),
            Message.of(
                    "ValueError: The future belongs to a different loop",
                    "ValueError: The future belongs to a different loop than the one specified as the loop argument"),
            Message.same("RuntimeError", "This event loop is already running"),
            Message.same("RuntimeError", "Cannot run the event loop while another loop is running"),
            Message.of("RuntimeError: .* cannot await itself", "RuntimeError: Task cannot await on itself"),
            Message.same("RuntimeError", "Timeout has not been entered"),
            Message.same("RuntimeError", "Timeout has already been entered"),
            Message.same("RuntimeError", "Cannot change state of expiring Timeout"),
            Message.same("RuntimeError", "Cannot change state of finished Timeout"),
            Message.of(
                    "RuntimeError: TaskGroup[^:]* has not been entered",
                    "RuntimeError: TaskGroup has not been entered"),
            Message.of(
                    "RuntimeError: TaskGroup[^:]* has already been entered",
                    "RuntimeError: TaskGroup has already been entered"),
            Message.of("RuntimeError: TaskGroup[^:]* is finished", "RuntimeError: TaskGroup is finished"),
            Message.of("RuntimeError: TaskGroup[^:]* is shutting down", "RuntimeError: TaskGroup is shutting down"),
            Message.same("RuntimeError", "Lock is not acquired."),
            Message.same("RuntimeError", "cannot notify on un-acquired lock"),
            Message.same("RuntimeError", "cannot wait on un-acquired lock"),
            Message.same("BrokenBarrierError", "Abort or reset of barrier"),
            Message.same("BrokenBarrierError", "Barrier aborted"),
            Message.same("ValueError", "BoundedSemaphore released too many times"),
            Message.same("ValueError", "Semaphore initial value must be >= 0"),
            Message.same("ValueError", "parties must be > 0"),
            Message.of(
                    "ValueError: taskDone\\(\\) called too many times",
                    "ValueError: task_done() called too many times"),
            Message.of("ValueError: Set of Tasks/Futures is empty", "ValueError: Set of Tasks/Futures is empty."));

    private Normal() {}

    /** What CPython says, of each message that is taken for equal; {@code $1} is a number. */
    static List<String> messages() {
        return MESSAGES.stream().map(Message::python).toList();
    }

    /** {@code Type: message}, {@code Type} without a message, {@code ExceptionGroup: message [first, second]}. */
    static String exception(Throwable e) {
        if (e instanceof ExceptionGroup group) {
            String first = String.valueOf(group.getMessage());
            String members = group.exceptions().stream().map(Normal::exception).collect(Collectors.joining(", "));
            return type(e) + ": " + first.replaceFirst(" \\(\\d+ sub-exceptions?\\)$", "") + " [" + members + "]";
        }
        @Nullable String message = e.getMessage();
        String line = message == null || message.isEmpty() ? type(e) : type(e) + ": " + message;
        for (Message each : MESSAGES) {
            Matcher matcher = each.java.matcher(line);
            if (matcher.matches()) {
                return matcher.replaceFirst(each.python);
            }
        }
        return line;
    }

    /** Python's name for the type of an exception. */
    static String type(Throwable e) {
        if (e instanceof CancelledError) {
            return "CancelledError";
        }
        if (e instanceof Failure.Fatal) {
            return "Fatal";
        }
        if (e instanceof Failure.Exit) {
            return "SystemExit";
        }
        if (e instanceof DeadlockError) {
            return "DeadlockError";
        }
        if (e instanceof ExceptionGroup group) {
            boolean ordinary = group.exceptions().stream().allMatch(Normal::isOrdinary);
            return ordinary ? "ExceptionGroup" : "BaseExceptionGroup";
        }
        if (e instanceof TimeoutException) {
            return "TimeoutError";
        }
        if (e instanceof NoSuchElementException) {
            return "KeyError";
        }
        if (e instanceof InvalidStateException) {
            // asyncio has this type for futures only, Heddle for timeouts and groups as well
            @Nullable String message = e.getMessage();
            return message != null && message.matches("(?s)(Timeout|TaskGroup|Cannot change state of)\\b.*")
                    ? "RuntimeError"
                    : "InvalidStateError";
        }
        if (e instanceof QueueEmpty || e instanceof QueueFull || e instanceof QueueShutDown) {
            return e.getClass().getSimpleName();
        }
        if (e instanceof BrokenBarrier) {
            return "BrokenBarrierError";
        }
        if (e instanceof IllegalStateException) {
            return "RuntimeError";
        }
        if (e instanceof IllegalArgumentException) {
            return "ValueError";
        }
        return e.getClass().getName();
    }

    /** Whether it is what Python calls an Exception. */
    static boolean isOrdinary(Throwable e) {
        return e instanceof ExceptionGroup group
                ? group.exceptions().stream().allMatch(Normal::isOrdinary)
                : e instanceof Exception;
    }

    /** A value as compact JSON; an exception among the values as {@code <Type: message>}. */
    static String value(@Nullable Object value) {
        if (value instanceof Throwable e) {
            return "<" + exception(e) + ">";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Normal::value).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Double seconds) {
            return number(seconds);
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    /** A time in seconds, without trailing zeros: 0, 0.5, 12. */
    static String number(double seconds) {
        BigDecimal rounded = BigDecimal.valueOf(seconds).setScale(3, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
