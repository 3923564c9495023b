package heddle.tck.program;

import heddle.api.Awaitable;
import heddle.dsl.Heddle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement that may suspend waits for; the forms of a program differ in how they wait for it. */
final class Awaits {

    private final ProgramRun run;
    private final Names names;

    Awaits(ProgramRun run) {
        this.run = run;
        names = run.names;
    }

    /** What a reference stands for. */
    @SuppressWarnings("unchecked") // its value is any
    Awaitable<@Nullable Object> of(Ref ref) throws Unset {
        if (ref instanceof Ref.FreshBody fresh) {
            return run.body(fresh.body());
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
    Awaitable<? extends @Nullable Object> of(Statement s, Frame frame) throws Exception {
        return switch (s.op()) {
            case SLEEP -> Heddle.sleep(s.number("seconds"), s.value("value"));
            case AWAIT -> of(s.of());
            case CUSTOM -> new Custom(run, s, s.has("of") ? of(s.of()) : null);
            default -> throw new AssertionError(s.op());
        };
    }
}
