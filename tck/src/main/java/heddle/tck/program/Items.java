package heddle.tck.program;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;

import heddle.dsl.AsCompleted;
import heddle.dsl.Chain;
import heddle.dsl.StopAsyncIteration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Takes the items of {@code asCompleted} one by one, each with a line, and answers how many there were. */
final class Items {

    private final ProgramRun run;
    private final Callable<AsCompleted<@Nullable Object>> source;
    private final int limit;
    private final boolean async;
    private final boolean catching;

    /** All, or the first few; as values, whose errors may be caught, or as futures. */
    Items(ProgramRun run, Callable<AsCompleted<@Nullable Object>> source, int limit, boolean async, boolean catching) {
        this.run = run;
        this.source = source;
        this.limit = limit;
        this.async = async;
        this.catching = catching;
    }

    int inDirectStyle() throws Exception {
        AsCompleted<@Nullable Object> items = source.call();
        int count = 0;
        if (async) {
            try {
                while (count < limit) {
                    future(await(items.next()));
                    count++;
                }
            } catch (StopAsyncIteration e) {
                // that was all
            }
            return count;
        }
        for (Chain<@Nullable Object> item : items) {
            value(Outcome.of(() -> await(item)));
            count++;
            if (count >= limit) {
                break;
            }
        }
        return count;
    }

    Chain<Integer> asChain() throws Exception {
        AsCompleted<@Nullable Object> items = source.call();
        return async ? futures(items, 0) : values(items.iterator(), 0);
    }

    private Chain<Integer> values(Iterator<Chain<@Nullable Object>> items, int count) {
        if (count >= limit || !items.hasNext()) {
            return chain(count);
        }
        return Outcome.of(items.next()).await(outcome -> {
            value(outcome);
            return values(items, count + 1);
        });
    }

    private Chain<Integer> futures(AsCompleted<@Nullable Object> items, int count) {
        if (count >= limit) {
            return chain(count);
        }
        return Outcome.of(items.next()).await(outcome -> {
            if (outcome.error() instanceof StopAsyncIteration) {
                return chain(count);
            }
            future(outcome.get());
            return futures(items, count + 1);
        });
    }

    private void future(@Nullable Object future) {
        run.trace.line("item " + run.names.label(future));
    }

    /** An item ended; throws what is to leave the iteration. */
    private void value(Outcome outcome) {
        Throwable error = outcome.error();
        if (error == null) {
            run.trace.line("item = " + Normal.value(outcome.value()));
            return;
        }
        if (Normal.isOrdinary(error)) {
            run.trace.line("item ! " + Normal.exception(error));
            if (catching) {
                return;
            }
        }
        throw Throwing.raise(error);
    }
}
