package heddle.tck.program;

import static heddle.tck.program.Exercise.of;

import java.util.List;
import java.util.stream.Stream;

/** Rules of waiting for several, and of timeouts. */
final class WaitExercises {

    private WaitExercises() {}

    /** In the order of the rules. */
    static List<Exercise> all() {
        return Stream.of(gathers(), waits(), timeouts(), shields())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Exercise> gathers() {
        return List.of(
                of(
                        96,
                        "gather's results are in the order of the arguments",
                        "gather \\[body:(\\w+), body:(\\w+).*\\] (\\w+) = null … return \\2 .* … return \\1 .* … await \\3 = \\[.*"),
                of(
                        97,
                        "a duplicate runs once and has each slot",
                        "gather \\[(?:\\w+, )*(\\w+)(?:, \\w+)*, \\1(?:, \\w+)*\\] (\\w+) = null … await \\2 = \\[.*"),
                of(
                        98,
                        "the first failure completes gather, the others go on",
                        "gather \\[.*\\] (\\w+) = null … await \\1 ! " + Exercise.BAD
                                + " … cancel \\1 = false … return \\w+ .*"),
                of(
                        99,
                        "later failures count as seen",
                        "gather \\[.*\\] (\\w+) = null … raise \\w+ ((?!Cancelled)\\w+.*) … await \\1 ! \\2 … raise \\w+ (?!Cancelled)\\w+.* ∌ lost .*"),
                of(
                        100,
                        "failures and cancellations can be among the results",
                        "gather \\[.*\\] (\\w+) = null … await \\1 = \\[.*<CancelledError.*"),
                of(
                        101,
                        "a child that was cancelled fails gather without cancelling it",
                        "gather \\[.*\\] (\\w+) = null … await \\1 ! CancelledError.* … cancelled \\1 = false … cancelling self = 0"),
                of(
                        102,
                        "cancelling gather cancels the children, and gather ends after that",
                        "gather \\[.*\\] (\\w+) = null … cancel \\1 = true ⏎ done \\1 = false … await \\1 ! CancelledError.*"),
                new Exercise(
                        103,
                        "a cancelled gather is cancelled, whatever the children made of it",
                        seen -> seen.states(Op.GATHER, s -> s.flag("return_exceptions"))
                                && seen.order(
                                        "gather \\[.*\\] (\\w+) = null … cancel \\1 = true … caught CancelledError.* … return \\w+ .* … await \\1 ! CancelledError.*")),
                of(
                        104,
                        "cancelling gather after the children are done is refused",
                        "gather \\[.*\\] (\\w+) = null … set_result \\w+ = null … cancel \\1 = false ⏎ done \\1 = false … await \\1 = \\[.*"),
                new Exercise(
                        105,
                        "who is cancelled in gather hears it three turns later, the children one",
                        seen -> seen.states(Op.GATHER, s -> true)
                                && seen.after(1, "cancel (\\w+) = true", "sleep ! CancelledError.*")
                                && seen.after(3, "cancel (\\w+) = true", "await \\w+ ! CancelledError.*")),
                of(
                        106,
                        "gather takes futures of one loop",
                        "gather \\[.*\\] \\w+ ! ValueError: The future belongs to a different loop.*"));
    }

    private static List<Exercise> waits() {
        return List.of(
                of(
                        107,
                        "wait raises nothing, and says what is done and what isn't",
                        "raise \\w+ " + Exercise.BAD + " … wait \\[.*\\] = \\[\\[.+\\], \\[.*\\]\\]"),
                of(
                        108,
                        "neither its timeout nor its cancel cancels a member",
                        "wait \\[.*\\] (?:= \\[.*, \\[\".*\\]\\]|! CancelledError.*) … cancelling \\w+ = 0 ∌ cancelling \\w+ = [1-9]"),
                of(
                        109,
                        "wait for nothing is refused",
                        "wait \\[\\w*\\] ! ValueError: Set of Tasks/Futures is empty\\."),
                new Exercise(
                        110,
                        "FIRST_EXCEPTION passes over cancelled members",
                        seen -> seen.states(Op.WAIT, s -> "FIRST_EXCEPTION".equals(s.value("return_when")))
                                && seen.order("raise \\w+ CancelledError.* … raise \\w+ " + Exercise.BAD
                                        + " … wait \\[.*\\] = .*")),
                new Exercise(
                        111,
                        "wait says what is done when it wakes up",
                        seen -> seen.states(Op.WAIT, s -> "FIRST_COMPLETED".equals(s.value("return_when")))
                                && seen.order("wait \\[.*\\] = \\[\\[\"\\w+\", .*\\], \\[.*\\]\\]")),
                of(
                        112,
                        "as_completed gives what is done first, and a timeout for each that is left",
                        "item = .* … item ! TimeoutError"),
                of(
                        113,
                        "iterating asynchronously gives the caller's own futures",
                        "spawn \\w+ (\\w+) = .* … item \\1"));
    }

    private static List<Exercise> timeouts() {
        return List.of(
                new Exercise(
                        114,
                        "wait_for with no time left takes what is done, else cancels",
                        seen -> seen.states(Op.WAIT_FOR, s -> s.seconds("timeout") <= 0)
                                && seen.order("wait_for \\S+ (?:! TimeoutError|= .*)")),
                of(
                        115,
                        "wait_for returns after the cleanup",
                        "caught CancelledError.* … sleep = null … wait_for \\S+ ! TimeoutError"),
                new Exercise(
                        116,
                        "a value or error after the timeout is wait_for's",
                        seen -> seen.order("caught CancelledError.* … return \\w+ (\\S+) … wait_for \\S+ = \\1")
                                || seen.order("caught CancelledError.* … raise \\w+ (" + Exercise.BAD
                                        + ") … wait_for \\S+ ! \\1")),
                of(117, "a TimeoutError is caused by the cancellation", "cause = <CancelledError.*"),
                of(
                        118,
                        "wait_for runs a coroutine in the caller's context",
                        "set_var (\\w+) = null … wait_for body:\\S+ .* … get_var \\1 = \\d"),
                of(
                        119,
                        "cancelled in the turn of the outcome, wait_for is cancelled",
                        "~(\\S+ \\d+ -) " + Exercise.SET + "\\w+ = \\w+ ⏎ ~\\1 " + Exercise.SET
                                + "\\w+ = \\w+ … wait_for \\w+ ! CancelledError.*"),
                of(
                        120,
                        "a timeout refuses to be entered twice, or changed too late",
                        "(?:reschedule|in_timeout) \\w+ ! RuntimeError: (?:Timeout has|Cannot change state).*"),
                of(
                        121,
                        "a timeout that expires asks the task once",
                        "expired (\\w+) = true ⏎ cancelling self = 1 … in_timeout \\1 ! TimeoutError"),
                of(
                        122,
                        "leaving it turns the cancellation into a TimeoutError, and restores the count",
                        "cancelling self = 0 … in_timeout (\\w+) ! TimeoutError … cancelling self = 0"),
                of(
                        123,
                        "a cancel from outside wins over a timeout",
                        "in_timeout (\\w+) ! CancelledError.* … cancelling self = 1 ⏎ expired \\1 = true"),
                of(
                        124,
                        "a body that swallows the cancellation isn't timed out",
                        "caught CancelledError.* … in_timeout (\\w+) = null … expired \\1 = true"),
                of(
                        125,
                        "an error after the timeout passes",
                        "caught CancelledError.* … in_timeout (\\w+) ! " + Exercise.BAD + " … expired \\1 = true"),
                new Exercise(
                        126,
                        "a timeout of zero lets the body run to its first pause",
                        seen -> seen.states(Op.NEW_TIMEOUT, s -> s.seconds("delay") <= 0 || s.seconds("when") <= 0)
                                && seen.order("log = \"body\" … in_timeout (\\w+) [=!].* … expired \\1 = \\w+")),
                of(
                        127,
                        "of nested timeouts that expire together only the outer one raises",
                        "in_timeout (\\w+) ! CancelledError.* … expired (?!\\1\\b)(\\w+) = true … in_timeout \\2 ! TimeoutError"),
                of(
                        128,
                        "rescheduling to never disarms",
                        "reschedule (\\w+) = null … when \\1 = null … in_timeout \\1 = null"),
                of(
                        129,
                        "a wake-up that runs before the timer has the value",
                        "~(\\S+ \\d+ -) set_result (\\w+) = null ⏎ ~\\1 reschedule (\\w+) = null … await \\2 = .*"));
    }

    private static List<Exercise> shields() {
        return List.of(
                of(130, "the shield of what is done is that itself", "shield (\\w+) (\\w+) = null ⏎ same \\2 = true"),
                of(
                        131,
                        "a cancelled caller leaves what is shielded alone",
                        "shield (\\w+) (\\w+) = null … await \\2 ! CancelledError.* … cancelling \\1 = 0 … return \\w+ .*"),
                of(
                        132,
                        "cancelling what is shielded cancels the shield",
                        "shield (\\w+) (\\w+) = null … cancel \\1 = true … await \\2 ! CancelledError.*"),
                of(
                        133,
                        "a failure after the shield was cancelled is silent",
                        "shield (\\w+) (\\w+) = null … cancel \\2 = true … set_exception \\1 = null"));
    }
}
