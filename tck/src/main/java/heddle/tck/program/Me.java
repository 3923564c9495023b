package heddle.tck.program;

import static heddle.dsl.Heddle.chain;

import heddle.api.Awaitable;
import heddle.api.CoroutineExit;
import heddle.api.ThrowingRunnable;
import heddle.dsl.Chain;
import heddle.dsl.Heddle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of a body or callback: what it knows, and how what it does gets into the trace. Statements say by it what they do:
 * those that are interpreted, in both forms, and those that were printed as code.
 */
public final class Me {

    final ProgramRun run;

    /** The value of its last action or await. */
    @Nullable
    Object last;

    /** What its {@code except} part caught. */
    @Nullable
    Throwable caught;

    /** What it returns. */
    @Nullable
    Object returned;

    Me(ProgramRun run) {
        this.run = run;
    }

    // ---- actions

    /** Executes an action, and writes its value; an error is written, and goes no further. */
    public void act(String key, Callable<? extends @Nullable Object> action) {
        if (run.trace.muted()) {
            return;
        }
        Object value = null;
        try {
            value = action.call();
            run.trace.line(key + " = " + Normal.value(value));
        } catch (Unset e) {
            run.trace.line(key + " unset");
        } catch (CoroutineExit | Trace.Endless e) {
            throw e;
        } catch (Throwable e) {
            run.trace.line(key + " ! " + Normal.exception(e));
        }
        last = value;
    }

    /** Executes an action without a value. */
    public void act(String key, ThrowingRunnable action) {
        act(key, () -> {
            action.run();
            return null;
        });
    }

    /** The value of the last action or await. */
    public @Nullable Object last() {
        return last;
    }

    /** Whether that is the last value; true and 1 are not equal here. */
    public boolean lastIs(@Nullable Object value) {
        return Normal.value(last).equals(Normal.value(value));
    }

    /** What the body returns in the end. */
    public void returns(@Nullable Object value) {
        returned = value;
    }

    /** A field's value, where {@code $last} stands for the last value. */
    @Nullable
    Object value(Statement s, String field) {
        Object value = s.value(field);
        return "$last".equals(value) ? last : value;
    }

    // ---- what waits

    /** In direct style: awaits, writes the value or the error, and throws the error. */
    public void await(String key, Callable<? extends Awaitable<?>> awaitable) {
        ended(key, () -> Heddle.await(awaitable.call()));
    }

    /** In direct style: what waits ended. */
    public void ended(String key, Callable<? extends @Nullable Object> code) {
        if (!run.trace.muted()) {
            ended(key, Outcome.of(code));
        }
    }

    /** In a chain: awaits, writes the value or the error, and throws the error. */
    public Chain<@Nullable Object> awaiting(String key, Callable<? extends Awaitable<?>> awaitable) {
        if (run.trace.muted()) {
            return block();
        }
        Chain<?> waiting = block().<@Nullable Object>await(awaitable);
        return Outcome.of(waiting).then(outcome -> {
            ended(key, outcome);
            return null;
        });
    }

    private void ended(String key, Outcome outcome) {
        Throwable error = outcome.error();
        last = outcome.value();
        if (error == null) {
            run.trace.line(key + " = " + Normal.value(last));
        } else if (error instanceof Unset) {
            run.trace.line(key + " unset");
        } else {
            run.trace.line(key + " ! " + Normal.exception(error));
            throw Throwing.raise(error);
        }
    }

    // ---- blocks

    /** An empty chain, to which statements are added. */
    public Chain<@Nullable Object> block() {
        return chain((@Nullable Object) null);
    }

    /** In a chain: a block, so many times. */
    public Chain<@Nullable Object> repeat(int times, Chain<@Nullable Object> block) {
        return block().await(() -> {
            int[] left = {times};
            return times == 0 ? block() : block().await(block).repeatWhile(done -> --left[0] > 0);
        });
    }

    /** In direct style: a block of a lock, a timeout or a group. */
    public void within(String key, ThrowingRunnable block) {
        left(key, Outcome.of(() -> {
            block.run();
            return null;
        }));
    }

    /** In a chain: a block of a lock, a timeout or a group. */
    public Chain<@Nullable Object> around(String key, Callable<? extends Awaitable<?>> block) {
        Chain<?> whole = block().<@Nullable Object>await(block);
        return Outcome.of(whole).then(outcome -> {
            left(key, outcome);
            return null;
        });
    }

    /** The block of a lock was entered. */
    public void entered(String key) {
        run.trace.line(key + " enter");
    }

    private void left(String key, Outcome outcome) {
        Throwable error = outcome.error();
        if (error instanceof Unset) {
            run.trace.line(key + " unset");
            return;
        }
        last = null;
        if (error != null) {
            run.trace.line(key + " ! " + Normal.exception(error));
            throw Throwing.raise(error);
        }
        run.trace.line(key + " = null");
    }

    // ---- errors

    /** Throws an error as it is; as a method, so that code may follow. */
    @SuppressWarnings("DoNotCallSuggester") // it is a statement of programs
    public void raises(Throwable error) {
        throw Throwing.raise(error);
    }

    /** Throws what was caught again. */
    @SuppressWarnings("DoNotCallSuggester") // it is a statement of programs
    public void raisesAgain() {
        Throwable again = caught;
        throw Throwing.raise(again == null ? new IllegalArgumentException("nothing was caught") : again);
    }

    /** Whether an error is of one of these types, as Python calls them. */
    public boolean is(Throwable error, String... kinds) {
        return Handler.takes(Arrays.asList(kinds), error);
    }

    /** An error was caught; answers what was caught before, to be given to {@link #handled}. */
    public @Nullable Throwable caught(Throwable error) {
        run.trace.line("caught " + Normal.exception(error));
        Throwable outer = caught;
        caught = error;
        last = null;
        return outer;
    }

    /** The end of what was done about a caught error. */
    public void handled(@Nullable Throwable outer) {
        caught = outer;
    }

    /** The cause of what was caught, or null. */
    public @Nullable Throwable cause() {
        Throwable of = caught;
        return of == null ? null : of.getCause();
    }

    /** In a chain: a part of a {@code try} that takes errors of some types. */
    public Catch on(List<String> kinds, Chain<@Nullable Object> block) {
        return new Catch(kinds, block);
    }

    /** What a part of a {@code try} takes, and does. */
    public record Catch(List<String> kinds, Chain<@Nullable Object> block) {}

    /** In a chain: a block, what is done about its errors, and what is done in any case. */
    public Chain<@Nullable Object> tries(
            Chain<@Nullable Object> block, List<Catch> catches, Chain<@Nullable Object> lastly) {
        return Outcome.of(block)
                .<@Nullable Object>await(outcome -> {
                    Throwable error = outcome.error();
                    return error == null ? block() : handling(catches, error);
                })
                .eventually(() -> lastly);
    }

    private Chain<@Nullable Object> handling(List<Catch> catches, Throwable error) {
        for (Catch each : catches) {
            if (Handler.takes(each.kinds(), error)) {
                Throwable outer = caught(error);
                return each.block().eventually(() -> handled(outer));
            }
        }
        throw Throwing.raise(error);
    }
}
