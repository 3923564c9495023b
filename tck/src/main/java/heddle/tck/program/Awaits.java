package heddle.tck.program;

import heddle.api.Awaitable;
import heddle.api.Future;
import heddle.dsl.AsCompleted;
import heddle.dsl.Chain;
import heddle.dsl.DoneAndPending;
import heddle.dsl.Heddle;
import heddle.dsl.ReturnWhen;
import heddle.sync.Barrier;
import heddle.sync.Condition;
import heddle.sync.Event;
import heddle.sync.Queue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement that may suspend waits for; the forms of a program differ in how they wait for it. */
final class Awaits {

    private final Interpreter interpreter;
    private final ProgramRun run;
    private final Names names;

    Awaits(Interpreter interpreter) {
        this.interpreter = interpreter;
        run = interpreter.run;
        names = run.names;
    }

    /** What a reference stands for. */
    @SuppressWarnings("unchecked") // its value is any
    Awaitable<@Nullable Object> of(Ref ref) throws Unset {
        if (ref instanceof Ref.FreshBody fresh) {
            return interpreter.body(fresh.body());
        }
        if (ref instanceof Ref.FreshSleep fresh) {
            return Heddle.sleep(fresh.seconds(), fresh.value());
        }
        return (Awaitable<@Nullable Object>) names.get(ref.toString());
    }

    /** Those of a list that are set. */
    List<Awaitable<@Nullable Object>> present(Statement s) throws Unset {
        List<Awaitable<@Nullable Object>> present = new ArrayList<>();
        for (Ref ref : names.present(s)) {
            present.add(of(ref));
        }
        return present;
    }

    /** What a statement waits for, whose value is the statement's. */
    Awaitable<? extends @Nullable Object> of(Statement s, Me me) throws Exception {
        return switch (s.op()) {
            case SLEEP -> Heddle.sleep(s.number("seconds"), s.value("value"));
            case AWAIT -> of(s.of());
            case WAIT -> waitFor(s);
            case WAIT_FOR -> Heddle.waitFor(of(s.of()), s.seconds("timeout"));
            case ACQUIRE -> Holder.of(names.of(s)).acquire();
            case EVENT_WAIT -> ((Event) names.of(s)).await();
            case COND_WAIT -> ((Condition) names.of(s)).await();
            case COND_WAIT_FOR ->
                ((Condition) names.of(s)).awaitUntil(() -> names.cellIs(s.text("cell"), s.value("value")));
            case BARRIER_WAIT -> ((Barrier) names.of(s)).await();
            case BARRIER_RESET -> ((Barrier) names.of(s)).reset();
            case BARRIER_ABORT -> ((Barrier) names.of(s)).abort();
            case PUT -> queue(s).put(me.value(s, "value"));
            case GET -> queue(s).get();
            case JOIN -> queue(s).join();
            case CUSTOM -> custom(s);
            default -> throw new AssertionError(s.op());
        };
    }

    private Awaitable<@Nullable Object> custom(Statement s) throws Unset {
        return switch (s.text("kind")) {
            case "pause" -> Custom.pause(s.integer("n"), s.value("value"));
            case "bare" -> Custom.bare(run, s.integer("n"), s.value("value"));
            case "absorb" -> Custom.absorb(s.value("value"));
            case "trust" -> Custom.trust((Future<?>) of(s.of()), s.value("value"));
            case "wrap" -> Custom.wrap(run, of(s.of()));
            default -> throw new IllegalArgumentException(s.text("kind"));
        };
    }

    @SuppressWarnings("unchecked") // the queues of a program hold values of any type
    private Queue<@Nullable Object> queue(Statement s) throws Unset {
        return (Queue<@Nullable Object>) names.of(s);
    }

    /** Waits for some of several; the value is the names of those that are done, and of those that aren't. */
    private Chain<List<List<String>>> waitFor(Statement s) throws Unset {
        Map<String, Future<?>> members = new LinkedHashMap<>();
        for (Ref ref : names.present(s)) {
            members.put(ref.toString(), (Future<?>) of(ref));
        }
        ReturnWhen when = s.has("return_when") ? ReturnWhen.valueOf(s.text("return_when")) : ReturnWhen.ALL_COMPLETED;
        return names(members, Heddle.waitUntil(members.values(), when, s.seconds("timeout")));
    }

    static Chain<List<List<String>>> names(
            Map<String, Future<?>> members, Chain<? extends DoneAndPending<Future<?>>> wait) {
        return wait.then(outcome -> List.of(namesOf(members, outcome.done()), namesOf(members, outcome.pending())));
    }

    private static List<String> namesOf(Map<String, Future<?>> members, List<Future<?>> some) {
        return members.entrySet().stream()
                .filter(member -> some.stream().anyMatch(each -> Names.same(each, member.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Begins to take several as they are done. */
    AsCompleted<@Nullable Object> asCompleted(Statement s) throws Unset {
        return Heddle.asCompleted(present(s), s.seconds("timeout"));
    }
}
