package heddle.tck.program;

import static heddle.tck.program.Exercise.of;

import heddle.tck.program.Seen.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules of task groups, locks and queues. */
final class GroupExercises {

    private GroupExercises() {}

    /** In the order of the rules. */
    static List<Exercise> all() {
        return Stream.of(groups(), locks()).flatMap(List::stream).toList();
    }

    private static List<Exercise> groups() {
        return List.of(
                of(
                        134,
                        "a group takes children only while it is open",
                        "group_spawn .* ! RuntimeError: TaskGroup (?:has not been entered|is finished|is shutting down)"),
                of(
                        135,
                        "a group waits for children that its children made",
                        "group_spawn (\\w+) \\w+.*= \"(Task-\\d+)\" … ~\\S+ \\S+ \\2 group_spawn \\1 (\\w+).* … return \\3.* … in_group \\1 = null"),
                of(
                        136,
                        "the first failure cancels the others and the body, and takes its request back",
                        "cancelling self = 1 … in_group \\w+ ! ExceptionGroup.* … cancelling self = 0"),
                new Exercise(
                        137,
                        "from failure to group: cancelled after two turns, raised after four",
                        seen -> seen.after(2, "raise \\w+ " + Exercise.BAD, "(?:sleep|await \\S+) ! CancelledError.*")
                                && seen.after(4, "raise \\w+ " + Exercise.BAD, "in_group \\w+ ! ExceptionGroup.*")),
                of(
                        138,
                        "a child that is cancelled is no failure",
                        "group_spawn (\\w+) \\w+ (\\w+) = .* … cancel \\2 = true … in_group \\1 = null … cancelled \\2 = true"),
                of(
                        139,
                        "failures are listed as they came",
                        "raise \\w+ (\\w+: \\w+) … raise \\w+ (\\w+: \\w+) … in_group \\w+ ! ExceptionGroup: .* \\[\\1, \\2.*\\]"),
                new Exercise(140, "a failure of the body is wrapped as well", GroupExercises::bodysOwnFailure),
                of(
                        141,
                        "children that hadn't begun never begin",
                        "group_spawn (\\w+) (\\w+) (\\w+) = \"(Task-\\d+)\" ∌ ~\\S+ \\S+ \\4 start .* … in_group \\1 ! ExceptionGroup.* … cancelled \\3 = true"),
                of(
                        142,
                        "a parent cancelled from outside is cancelled, and its children",
                        "cancel (\\w+) = true … in_group \\w+ ! CancelledError.* … cancelling self = 1"),
                of(
                        143,
                        "a child that fails then makes a group of it, and the cancel comes back",
                        "cancel (\\w+) = true … in_group \\w+ ! ExceptionGroup.* … cancelling self = 1"),
                of(
                        144,
                        "groups nest, and so do their errors",
                        "in_group \\w+ ! ExceptionGroup: .* \\[.*ExceptionGroup: .*"),
                of(145, "SystemExit leaves a group bare", "raise \\w+ SystemExit.* … in_group \\w+ ! SystemExit.*"),
                of(
                        146,
                        "children are cancelled in order of creation (left open by CPython)",
                        "group_spawn .* … raise \\w+ " + Exercise.BAD
                                + " … ~\\S+ (\\d+) (Task-\\d+) sleep ! CancelledError … ~\\S+ \\1 (?!\\2 )Task-\\d+ sleep ! CancelledError … in_group .*"),
                of(
                        147,
                        "a timeout around a group cancels the children",
                        "in_group \\w+ ! CancelledError.* … in_timeout (\\w+) ! TimeoutError … expired \\1 = true"));
    }

    private static List<Exercise> locks() {
        return List.of(
                of(
                        149,
                        "a lock is handed on in order, and nobody barges in",
                        "~\\S+ \\S+ (\\S+) acquire (\\w+) = null … ~\\S+ \\S+ \\1 release \\2 = null … ~\\S+ \\S+ (?!\\1 )(Task-\\d+) with \\2 enter … ~\\S+ \\S+ (?!\\3 )\\S+ (?:with \\2 enter|acquire \\2 = null)"),
                of(
                        150,
                        "releasing what nobody holds is refused; anybody may release",
                        "release (\\w+) ! RuntimeError: Lock is not acquired\\."),
                of(
                        151,
                        "a waiter cancelled when its turn came passes the lock on",
                        "release (\\w+) = null ⏎ cancel \\w+ = true … with \\1 ! CancelledError.* … with \\1 enter"),
                of(
                        152,
                        "set and clear at once wake all who wait",
                        "set (\\w+) = null ⏎ clear \\1 = null … event_wait \\1 = null ⏎ is_set \\1 = false"),
                new Exercise(
                        153,
                        "a permit is handed over; too many releases and negative values are refused",
                        seen -> seen.order("new_(?:bounded_)?semaphore \\w+ ! ValueError: Semaphore initial value.*")
                                && (seen.order("release (\\w+) = null ⏎ locked \\1 = true")
                                        || seen.order(
                                                "release \\w+ ! ValueError: BoundedSemaphore released too many times"))),
                of(
                        154,
                        "a condition needs its lock, and has it back however the wait ends",
                        "cond_wait \\w+ ! RuntimeError: cannot wait on un-acquired lock",
                        "cond_wait (\\w+) [=!] .* ⏎ locked \\1 = true"),
                of(
                        155,
                        "a waiter cancelled after its notification passes it on",
                        "notify (\\w+) = null ⏎ cancel \\w+ = true … cond_wait \\1 ! CancelledError.* … cond_wait \\1 = null"),
                of(
                        156,
                        "a barrier gives each its index, or is broken",
                        "barrier_wait (\\w+) = \\d+ … barrier_wait \\1 ! BrokenBarrierError.*"),
                of(
                        157,
                        "a queue is first in, first out, and full or empty",
                        "put_nowait \\w+ ! QueueFull",
                        "get_nowait \\w+ ! QueueEmpty",
                        "get \\w+ = \\d+"),
                of(
                        158,
                        "no item is lost with a getter that is cancelled",
                        "put_nowait (\\w+) = null ⏎ cancel \\w+ = true … get \\1 ! CancelledError.*",
                        "get \\w+ = \\d"),
                of(
                        159,
                        "task_done is counted, and join waits for it",
                        "task_done \\w+ ! ValueError: task_done\\(\\) called too many times",
                        "join \\w+ = null"),
                of(
                        160,
                        "a queue that was shut down refuses",
                        "shutdown (\\w+) = null … (?:put|get|put_nowait|get_nowait) \\1 ! QueueShutDown"));
    }

    /** A group of one error that no task had raised before. */
    private static boolean bodysOwnFailure(Seen seen) {
        Set<String> raised = new HashSet<>();
        for (Line line : seen.lines()) {
            String event = line.event();
            if (event.startsWith("raise ")) {
                raised.add(event.substring(event.indexOf(' ', 6) + 1));
            }
            int at = event.indexOf(" ! ExceptionGroup: unhandled errors in a TaskGroup [");
            if (event.startsWith("in_group ") && at > 0) {
                String error = event.substring(event.indexOf('[') + 1, event.length() - 1);
                if (!error.contains(",") && !raised.contains(error)) {
                    return true;
                }
            }
        }
        return false;
    }
}
