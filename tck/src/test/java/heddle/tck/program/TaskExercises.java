package heddle.tck.program;

import static heddle.tck.program.Exercise.of;

import heddle.tck.program.Seen.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules of tasks: steps and cancels. */
final class TaskExercises {

    private TaskExercises() {}

    /** In the order of the rules. */
    static List<Exercise> all() {
        return Stream.of(steps(), cancels()).flatMap(List::stream).toList();
    }

    private static List<Exercise> steps() {
        return List.of(
                of(
                        49,
                        "awaiting a coroutine costs no turn",
                        "~(\\S+ \\d+ \\S+) start (\\w+) … ~\\1 return \\2 .* ⏎ ~\\1 await body:\\2 = .*"),
                of(
                        50,
                        "awaiting a done future costs no turn",
                        "future (\\w+) = null … ~(\\S+ \\d+ \\S+) " + Exercise.SET + "\\1 = \\w+ … ~\\2 await \\1 .*"),
                new Exercise(
                        51,
                        "sleep(0) costs a turn",
                        seen -> seen.states(Op.SLEEP, s -> s.number("seconds") <= 0)
                                && seen.costs(1, ".*", "sleep = null")),
                of(
                        52,
                        "tasks that yield take turns",
                        "~\\S+ (\\d+) (Task-\\d+) sleep = null ⏎ ~\\S+ \\1 (?!\\2 )(Task-\\d+) sleep = null … ~\\S+ (?!\\1 )(\\d+) \\2 sleep = null ⏎ ~\\S+ \\4 \\3 sleep = null"),
                new Exercise(
                        53,
                        "who awaited a future goes on one turn after it is done",
                        seen -> seen.after(1, Exercise.SET + "(\\w+) = \\w+", "await \\1 .*")),
                new Exercise(
                        54,
                        "awaiting a fresh task of one step costs two turns",
                        seen -> seen.after(2, "spawn \\w+ (\\w+) = .*", "await \\1 .*")),
                new Exercise(
                        55,
                        "each task of a chain costs a turn",
                        seen -> seen.ladder(
                                Exercise.SET + "(\\w+) = \\w+", "await \\1 .*", "await \\w+ .*", "await \\w+ .*")),
                of(
                        56,
                        "awaiting a task that is done costs no turn",
                        "spawn \\w+ (\\w+) = \"(Task-\\d+)\" … ~\\S+ \\S+ \\2 (?:return|raise) .* … ~(\\S+ \\d+ \\S+) .* ⏎ ~\\3 await \\1 [=!] .*"),
                new Exercise(
                        57,
                        "gather, wait, shield, a group and as_completed of fresh tasks cost three turns",
                        seen -> seen.after(3, "gather \\[body.*\\] (\\w+) = null", "await \\1 = .*")
                                || seen.after(3, "shield body:\\w+ (\\w+) = null", "await \\1 = .*")
                                || seen.costs(3, "spawn .*", "wait \\[.*\\] = .*")
                                || seen.after(3, "group_spawn (\\w+) .*", "in_group \\1 = null")
                                || seen.after(3, "new_group .*", "as_completed .*")),
                new Exercise(
                        58,
                        "gather of nothing, and of a done future, costs no turn",
                        seen -> seen.costs(0, ".*", "await \\w+ = \\[.*\\]")
                                && seen.order("gather \\[\\w*\\] \\w+ = null")),
                new Exercise(
                        59,
                        "wait for a done future costs two turns",
                        seen -> seen.costs(2, Exercise.SET + "\\w+ = \\w+", "wait \\[\\w+\\] = .*")),
                of(
                        60,
                        "wait_for of a coroutine costs nothing of its own",
                        "~(\\S+ \\d+ \\S+) start (\\w+) … ~\\1 return \\2 .* ⏎ ~\\1 wait_for body:\\2 = .*"),
                new Exercise(
                        61,
                        "what is free costs no turn",
                        seen -> seen.costs(
                                0,
                                ".*",
                                "(?:acquire|event_wait|get|put|join|barrier_wait|in_timeout|in_group) \\w+ = .*")),
                new Exercise(
                        62,
                        "a wake-up through gather, shield, wait or a group takes two turns",
                        seen -> seen.after(2, Exercise.SET + "\\w+ = \\w+", "(?:await [gs]|wait \\[\\w+\\]) [=!] .*")
                                || seen.after(3, Exercise.SET + "\\w+ = \\w+", "in_group \\w+ .*")),
                of(
                        63,
                        "a result is there when the body ends, its callbacks run next turn",
                        "spawn \\w+ (\\w+) = \"(Task-\\d+)\" … ~\\S+ (\\d+) \\2 (?:return|raise) .* … ~\\S+ (?!\\3 )\\d+ - callback \\w+ (?:finished|cancelled) ⏎ done \\1 = true"),
                of(
                        64,
                        "a task that awaits itself is raised an error",
                        "(?:await|wait_for) self ! RuntimeError: Task cannot await on itself"),
                of(
                        65,
                        "a task that awaits another loop's future is raised an error",
                        "(?:await|wait_for|custom) .*! RuntimeError: Task got Future attached to a different loop"),
                of(
                        66,
                        "a step that ends in what is no future raises an error there",
                        "custom bare ! RuntimeError: Task got bad yield: \\d"),
                of(67, "whatever a body throws is stored and handed on", "raise \\w+ Fatal.* … await \\w+ ! Fatal.*"),
                of(
                        69,
                        "between two suspensions nothing else runs",
                        "~(\\S+ \\d+ Task-\\d+) call_soon (\\w+)(?: \\w+)? = null ⏎ ~\\1 spawn (\\w+).* ⏎ ~\\1 .* … callback \\2"),
                new Exercise(70, "two tasks never step at once", TaskExercises::stepsOneByOne),
                of(
                        71,
                        "a task is scheduled, running or waiting",
                        "spawn \\w+ (\\w+) = \"(Task-\\d+)\" … ~\\S+ (\\d+) \\2 start .* … ~\\S+ (?!\\3 )\\d+ \\2 (?:await|sleep|get|acquire).* … ~\\S+ \\S+ \\2 return .*"),
                of(
                        72,
                        "tasks are numbered, and can be renamed",
                        "spawn \\w+ (\\w+) = \"Task-\\d+\" … set_name \\1 = null … get_name \\1 = \"renamed\""));
    }

    private static List<Exercise> cancels() {
        return List.of(
                of(
                        73,
                        "cancelling a done task is refused and not counted",
                        "cancel (\\w+) = false … cancelling \\1 = 0"),
                of(
                        74,
                        "cancelling a live task is counted, and it isn't cancelled yet",
                        "cancel (\\w+) = true ⏎ cancelling \\1 = 1 ⏎ cancelled \\1 = false"),
                of(
                        75,
                        "a task cancelled before its first step never begins",
                        "spawn (\\w+) (\\w+) = \"(Task-\\d+)\" ⏎ cancel \\2 = true ∌ ~\\S+ \\S+ \\3 start \\1 … await \\2 ! CancelledError.*"),
                new Exercise(
                        76,
                        "what a cancelled task waits for is cancelled at once, the task hears next turn",
                        seen -> seen.order(
                                        "cancel (\\w+) = true ⏎ cancelling \\1 = 1 ⏎ cancelled \\1 = false ⏎ cancelled (?!\\1\\b)\\w+ = true")
                                && seen.after(1, "cancel (\\w+) = true", "(?:await \\S+|sleep) ! CancelledError.*")),
                of(
                        77,
                        "cancelling goes down to the task that is awaited",
                        "cancel (\\w+) = true ⏎ cancelling (?!\\1\\b)(\\w+) = 1 ⏎ cancelling \\w+ = 1"),
                of(
                        78,
                        "a shared future is cancelled for all, and can't be set then",
                        "cancel (\\w+) = true … cancelled (\\w+) = true … set_result \\2 ! InvalidStateError"),
                of(
                        79,
                        "a cancel beats an outcome on its way",
                        "~(\\S+ \\S+ \\S+) set_(?:result|exception) (\\w+) = null ⏎ ~\\1 cancel \\w+ = true … await \\2 ! CancelledError.*"),
                of(
                        80,
                        "two cancels before delivery count two and are one error",
                        "cancel (\\w+) = true ⏎ cancel \\1 = true ⏎ cancelling \\1 = 2 … (?:await \\S+|sleep) ! CancelledError.*"),
                of(
                        81,
                        "a cancel that was swallowed isn't raised again",
                        "caught CancelledError.* … sleep = null … cancelling self = 1 … cancelled \\w+ = false"),
                of(
                        82,
                        "a cancel during cleanup is delivered there",
                        "cancel (\\w+) = true … ~\\S+ \\S+ (Task-\\d+) (?:await \\S+|sleep) ! CancelledError.* … cancel \\1 = true … ~\\S+ \\S+ \\2 sleep ! CancelledError.*"),
                of(
                        83,
                        "a task that cancels itself goes on until it waits",
                        "~(\\S+ \\d+ \\S+) cancel self = true … ~\\1 (?:await \\S+|event_wait \\w+) = .*"),
                of(
                        84,
                        "then what it waits for is cancelled at once",
                        "~(\\S+) (\\d+) (\\S+) cancel self = true … ~\\1 (?!\\2 )\\d+ \\3 await (\\w+) ! CancelledError.*",
                        "cancelled \\w+ = true"),
                of(
                        85,
                        "or its yield ends in the cancellation",
                        "~(\\S+) (\\d+) (\\S+) cancel self = true … ~\\1 (?!\\2 )\\d+ \\3 sleep ! CancelledError.*"),
                of(
                        86,
                        "a task that cancels itself and returns is cancelled",
                        "~(\\S+ \\S+) (Task-\\d+) cancel self = true … ~\\1 \\2 return \\w+ .* … await (\\w+) ! CancelledError.* … cancelled \\3 = true"),
                of(
                        87,
                        "a task that cancels itself and throws has failed",
                        "~(\\S+ \\S+) (Task-\\d+) cancel self = true … ~\\1 \\2 raise \\w+ ((?!CancelledError)\\w+.*) … await (\\w+) ! \\3 … cancelled \\4 = false"),
                of(
                        88,
                        "a cancellation that a body raises cancels it, with no request counted",
                        "raise \\w+ CancelledError.* … cancelled (\\w+) = true ⏎ cancelling \\1 = 0"),
                of(
                        89,
                        "who awaits a cancelled task is raised the error without being asked",
                        "await (\\w+) ! CancelledError.* ⏎ caught CancelledError.* ⏎ cancelling self = 0"),
                of(
                        90,
                        "another error in place of the cancellation is a failure",
                        "~\\S+ \\S+ (Task-\\d+) (?:await \\S+|sleep) ! CancelledError.* … ~\\S+ \\S+ \\1 raise \\w+ "
                                + Exercise.BAD),
                of(91, "uncancel counts down to zero and no further", "uncancel self = 0 … uncancel self = 0"),
                of(
                        92,
                        "uncancel doesn't retract what was delivered",
                        "cancel (\\w+) = true ⏎ uncancel \\1 = 0 … (?:await \\S+|sleep) ! CancelledError.*"),
                of(
                        93,
                        "uncancel to zero before the first step lets the task run",
                        "spawn (\\w+) (\\w+) = .* ⏎ cancel \\2 = true ⏎ uncancel \\2 = 0 … start \\1"),
                of(
                        94,
                        "cancel runs no code of others",
                        "add_callback (\\w+) (\\w+) = null … ~(\\S+ \\d+ \\S+) cancel \\w+ = true ⏎ ~\\3 .* … callback \\2 cancelled"),
                of(
                        95,
                        "the message goes with it",
                        "(?:await \\S+|sleep) ! CancelledError: (\\w+) … await \\w+ ! CancelledError: \\1"));
    }

    /** In a turn in which at least two tasks step, the lines of each are together. */
    private static boolean stepsOneByOne(Seen seen) {
        int most = 0;
        int turn = -1;
        Set<String> stepped = new HashSet<>();
        String running = "";
        for (Line line : new ArrayList<>(seen.lines())) {
            if (line.turn() != turn) {
                turn = line.turn();
                stepped.clear();
                running = "";
            }
            if (line.isOfATask() && !line.task().equals(running)) {
                if (!stepped.add(line.task())) {
                    return false;
                }
                most = Math.max(most, stepped.size());
            }
            running = line.task();
        }
        return most > 1;
    }
}
