package heddle.tck.program;

import static heddle.tck.program.Exercise.of;

import java.util.List;
import java.util.stream.Stream;

/** Rules of loops, timers and futures. */
final class LoopExercises {

    private LoopExercises() {}

    /** In the order of the rules. */
    static List<Exercise> all() {
        return Stream.of(loop(), timers(), futures()).flatMap(List::stream).toList();
    }

    private static List<Exercise> loop() {
        return List.of(
                of(
                        1,
                        "callbacks run first in, first out",
                        "call_soon (\\w+)(?: \\w+)? = null ⏎ call_soon (?!\\1\\b)(\\w+)(?: \\w+)? = null … callback \\1 … callback \\2"),
                of(
                        2,
                        "what a callback schedules runs in a later turn",
                        "~\\S+ (\\d+) - call_soon (\\w+)(?: \\w+)? = null … ~\\S+ (?!\\1 )\\d+ - callback \\2"),
                of(
                        3,
                        "a task's first step goes through the same queue as callbacks",
                        "call_soon (\\w+)(?: \\w+)? = null ⏎ spawn (\\w+).* ⏎ call_soon (\\w+)(?: \\w+)? = null … callback \\1 … start \\2 … callback \\3"),
                of(
                        4,
                        "create_task runs nothing of the body",
                        "~(\\S+ \\d+ \\S+) spawn (\\w+)\\b.* ⏎ ~\\1 .* … start \\2"),
                of(
                        5,
                        "a handle that was cancelled earlier in the turn doesn't run",
                        "call_soon (\\w+) (\\w+) = null … ~\\S+ \\S+ - cancel_handle \\2 = null ∌ callback \\1"),
                of(
                        6,
                        "cancelling a handle again does nothing, and it says so at once",
                        "cancel_handle (\\w+) = null … cancel_handle \\1 = null … handle_cancelled \\1 = true"),
                of(
                        7,
                        "a callback that throws is reported, and the turn goes on",
                        "~\\S+ (\\d+) - report callback .* … ~\\S+ \\1 - callback .*"),
                of(
                        8,
                        "SystemExit leaves the loop at once",
                        "(?:end|run_until_complete \\S+|run_forever) ! SystemExit.*"),
                of(
                        9,
                        "a chain of callbacks doesn't starve timers",
                        "call_later (\\w+)(?: \\w+)? = null … ~\\S+ \\S+ - call_soon (?!\\1\\b)\\w+ = null … callback \\1 … ~\\S+ \\S+ - call_soon \\w+ = null"),
                of(
                        10,
                        "stop lets the turn end, and keeps what came meanwhile",
                        "~\\S+ (\\d+) - stop = null … ~\\S+ \\1 - call_soon (\\w+) = null … run_forever = null … callback \\2"),
                new Exercise(11, "a run that was stopped before it began has one turn", LoopExercises::stoppedBefore),
                of(
                        12,
                        "a running loop can't be closed, a closed one takes nothing",
                        "close ! RuntimeError: Cannot close a running event loop",
                        "close = null … close = null … (?:call_soon|call_later|call_at|spawn).* ! RuntimeError: Event loop is closed"),
                of(13, "close drops what is ready", "call_soon (\\w+)(?: \\w+)? = null ⏎ close = null ∌ callback \\1"),
                of(
                        14,
                        "no run within a run, of this loop or another",
                        "run_nested own ! RuntimeError: This event loop is already running",
                        "run_nested other ! RuntimeError: Cannot run the event loop while another loop is running"),
                of(15, "no task is current in a callback", "callback \\w+.* … ~\\S+ \\S+ - current_task = null"),
                of(
                        16,
                        "is_running is true exactly while it runs",
                        "is_running = false … is_running = true … is_running = false"),
                of(
                        17,
                        "run_until_complete gives result or error, or says that it was stopped",
                        "run_until_complete \\S+ = .*",
                        "run_until_complete \\S+ ! RuntimeError: Event loop stopped before Future completed\\."),
                of(
                        18,
                        "callbacks that were there before run_until_complete run before it returns",
                        "add_callback (\\w+) (\\w+) = null … callback \\2 finished … ~\\S+ \\S+ - call_soon (\\w+) = null … run_until_complete \\1 = .* … callback \\3"),
                of(19, "a future of a closed loop stays pending", "close = null … done (\\w+) = false"),
                of(
                        20,
                        "all_tasks has the tasks that aren't done",
                        "~\\S+ \\S+ (\\S+) (?:return|raise) .* … all_tasks = (?!.*\"\\1\").*"));
    }

    private static List<Exercise> timers() {
        return List.of(
                of(
                        21,
                        "call_later is call_at from now",
                        "call_later (\\w+)(?: \\w+)? = null … callback \\1 ⏎ time = .*",
                        "call_at (\\w+) = null … callback \\1 ⏎ time = .*"),
                new Exercise(22, "the earlier deadline runs first", seen -> timersInOrder(seen, false)),
                new Exercise(
                        23,
                        "equal deadlines run in the order of scheduling (left open by CPython)",
                        seen -> timersInOrder(seen, true)),
                of(
                        24,
                        "due timers come behind what is ready",
                        "~(\\S+) (\\d+) (\\S+) call_later (\\w+)(?: \\w+)? = null ⏎ ~\\1 \\2 \\3 call_soon (\\w+)(?: \\w+)? = null … ~\\1 (\\d+) - callback \\5 … ~\\1 \\6 - callback \\4"),
                of(
                        26,
                        "a cancelled timer never runs",
                        "call_later (\\w+) (\\w+) = null ⏎ cancel_handle \\2 = null ∌ callback \\1"),
                new Exercise(
                        27,
                        "a delay of zero or less never runs at once",
                        seen -> seen.states(Op.CALL_LATER, s -> s.number("delay") <= 0)
                                && seen.order(
                                        "~(\\S+) (\\d+) \\S+ call_later (\\w+)(?: \\w+)? = null … ~\\1 (?!\\2 )\\d+ - callback \\3")));
    }

    private static List<Exercise> futures() {
        return List.of(
                of(
                        29,
                        "a future that is done stays as it is",
                        "set_result (\\w+) = null … set_exception \\1 ! InvalidStateError … result \\1 = .*"),
                of(30, "completing a done future is refused", "(?:set_result|set_exception) \\w+ ! InvalidStateError"),
                of(
                        31,
                        "a pending future has no result and no exception",
                        "result (\\w+) ! InvalidStateError ⏎ exception \\1 ! InvalidStateError"),
                of(
                        32,
                        "asking a cancelled future raises the cancellation with its message",
                        "cancel (\\w+) = true … result \\1 ! CancelledError: (\\w+) ⏎ exception \\1 ! CancelledError: \\2"),
                of(33, "the exception of a success is null", "set_result (\\w+) = null … exception \\1 = null"),
                of(
                        34,
                        "cancelling a pending future is done at once, and once",
                        "future (\\w+) = null … cancel \\1 = true ⏎ done \\1 = true ⏎ cancel \\1 = false"),
                of(
                        35,
                        "done-callbacks run later, each by itself, in their order",
                        "add_callback (\\w+) (\\w+) = null … add_callback \\1 (?!\\2\\b)(\\w+) = null … ~(\\S+ \\d+ \\S+) "
                                + Exercise.SET + "\\1 = \\w+ ⏎ ~\\4 .* … callback \\2 \\w+ … callback \\3 \\w+"),
                of(
                        36,
                        "a done-callback of a done future runs next turn",
                        "future (\\w+) = null … " + Exercise.SET
                                + "\\1 = \\w+ … ~(\\S+ \\d+ \\S+) add_callback \\1 (\\w+) = null ⏎ ~\\2 .* … callback \\3 \\w+"),
                of(
                        37,
                        "a callback added twice runs twice, or is removed twice",
                        "add_callback (\\w+) (\\w+) = null … add_callback \\1 \\2 = null … callback \\2 finished … callback \\2 finished"),
                of(
                        38,
                        "after completion there is nothing to remove",
                        "set_result (\\w+) = null … remove_callback \\1 (\\w+) = 0 … callback \\2 finished"),
                of(
                        39,
                        "a done-callback that throws doesn't stop the others",
                        "~\\S+ (\\d+) - callback \\w+ finished … ~\\S+ \\1 - report callback .* … ~\\S+ \\1 - callback \\w+ finished"),
                of(
                        42,
                        "a CancelledError that was set as exception is no cancellation",
                        "set_exception (\\w+) = null … cancelled \\1 = false … result \\1 ! CancelledError.*"),
                of(
                        43,
                        "every await raises the exception that was set",
                        "set_exception (\\w+) = null … await \\1 ! ((?!CancelledError)\\w+.*) … await \\1 ! \\2"),
                of(
                        44,
                        "every await of a cancelled future raises a cancellation with its message",
                        "future (\\w+) = null … cancel \\1 = true … await \\1 ! CancelledError: (\\w+) … await \\1 ! CancelledError: \\2"),
                of(
                        45,
                        "only the first await of a cancelled task has the message",
                        "spawn \\w+ (\\w+) = .* … cancel \\1 = true … await \\1 ! CancelledError: \\w+ … await \\1 ! CancelledError"),
                of(
                        48,
                        "waiters and callbacks of a future take turns as they came",
                        "~\\S+ (\\d+) (Task-\\d+) await (\\w+) .* … ~\\S+ \\1 - callback \\w+ \\w+ … ~\\S+ \\1 (?!\\2 )Task-\\d+ await \\3 .*"));
    }

    private static boolean stoppedBefore(Seen seen) {
        boolean stopped = false;
        for (Statement s : seen.program().drive()) {
            if (s.op() == Op.RUN_FOREVER || s.op() == Op.RUN_UNTIL_COMPLETE) {
                return stopped
                        && s.op() == Op.RUN_FOREVER
                        && seen.order("stop = null … ~\\S+ (\\d+) - run_forever = null");
            }
            stopped |= s.op() == Op.STOP;
        }
        return false;
    }

    /** Two timers that were scheduled one after the other: by deadline, or by order where deadlines are equal. */
    private static boolean timersInOrder(Seen seen, boolean equal) {
        return seen.blocks().anyMatch(block -> {
            for (int i = 1; i < block.size(); i++) {
                Statement one = block.get(i - 1);
                Statement two = block.get(i);
                if (one.op() == Op.CALL_LATER && two.op() == Op.CALL_LATER) {
                    double first = one.number("delay");
                    double second = two.number("delay");
                    String a = one.text("callback");
                    String b = two.text("callback");
                    if (second > 0 && !a.equals(b) && (equal ? first == second : first > second)) {
                        String scheduled =
                                "call_later " + a + "(?: \\w+)? = null ⏎ call_later " + b + "(?: \\w+)? = null";
                        if (seen.order(scheduled
                                + (equal
                                        ? " … callback " + a + " … callback " + b
                                        : " … callback " + b + " … callback " + a))) {
                            return true;
                        }
                    }
                }
            }
            return false;
        });
    }
}
