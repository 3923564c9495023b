package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.ThrowingConsumer;
import heddle.api.WaitsFor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several awaitables as one future; asyncio's gather, turn by turn (asyncio-rules 96 to 106). This object is the
 * done-callback of every member; the outer future is a promise whose cancel goes to the members.
 */
final class Gather<R extends @Nullable Object> implements ThrowingConsumer<Future<?>> {

    /** The members in the order of the arguments; one that was given twice is in it twice. */
    private final List<Future<?>> members;

    private final int waitsFor;
    private final boolean returnExceptions;
    private final Function<List<@Nullable Object>, R> collect;
    private final Promise<R> outer;
    private int finished;
    private boolean cancelRequested;

    private Gather(
            List<Future<?>> members,
            int waitsFor,
            boolean returnExceptions,
            Function<List<@Nullable Object>, R> collect,
            Promise<R> outer) {
        this.members = members;
        this.waitsFor = waitsFor;
        this.returnExceptions = returnExceptions;
        this.collect = collect;
        this.outer = outer;
    }

    static Future<List<@Nullable Object>> start(@Nullable EventLoop running, List<Awaitable<?>> each) {
        return start(running, each, false, list -> list);
    }

    /**
     * Makes tasks of those that aren't futures, in order, and waits for all.
     *
     * @param running the loop for the tasks; null for that of the futures, when there are only futures
     */
    static <R extends @Nullable Object> Future<R> start(
            @Nullable EventLoop running,
            List<Awaitable<?>> each,
            boolean returnExceptions,
            Function<List<@Nullable Object>, R> collect) {
        EventLoop loop = Members.loopOf(running, each);
        List<Future<?>> members = new ArrayList<>(each.size());
        for (Awaitable<?> awaitable : each) {
            members.add(memberOf(loop, awaitable));
        }
        List<Future<?>> distinct = Members.distinct(members);
        Promise<R> outer = loop.createFuture(new WaitsFor() {
            @Override
            public List<? extends Future<?>> waitsFor() {
                return distinct;
            }

            @Override
            public String toString() {
                return "gather of " + members.size();
            }
        });
        Gather<R> gather = new Gather<>(members, distinct.size(), returnExceptions, collect, outer);
        gather.begin(distinct);
        return outer;
    }

    private static <T extends @Nullable Object> Future<T> memberOf(EventLoop loop, Awaitable<T> awaitable) {
        return ChainFuture.unwrap(Members.ensureFuture(loop, awaitable));
    }

    private void begin(List<Future<?>> distinct) {
        outer.onCancel(this::cancel);
        List<Future<?>> done = new ArrayList<>();
        for (Future<?> member : distinct) {
            if (member.done()) {
                done.add(member);
            } else {
                member.addDoneCallback(this);
            }
        }
        if (members.isEmpty()) {
            outer.setResult(collect.apply(new ArrayList<>()));
        }
        for (Future<?> member : done) {
            accept(member);
        }
    }

    private boolean cancel(@Nullable String message) {
        boolean taken = false;
        for (Future<?> member : members) {
            taken |= member.cancel(message);
        }
        cancelRequested |= taken;
        return taken;
    }

    /** A member is done. */
    @Override
    public void accept(Future<?> member) {
        finished++;
        if (outer.done()) {
            if (!member.cancelled()) {
                member.exception(); // it counts as seen
            }
            return;
        }
        if (!returnExceptions) {
            Throwable failure = member.cancelled() ? Throwables.cancellationOf(member) : member.exception();
            if (failure != null) {
                outer.setException(failure);
                return;
            }
        }
        if (finished == waitsFor) {
            finish();
        }
    }

    private void finish() {
        List<@Nullable Object> results = new ArrayList<>(members.size());
        for (Future<?> member : members) {
            if (member.cancelled()) {
                // a task's own error is for the first who awaits the task (asyncio-rule 45)
                results.add(
                        member instanceof Task<?>
                                ? new CancelledError(member.cancelMessage())
                                : Throwables.cancellationOf(member));
            } else {
                Throwable failure = member.exception();
                results.add(failure != null ? failure : resultOf(member));
            }
        }
        if (cancelRequested) {
            Future<?> last = members.get(members.size() - 1);
            outer.setException(
                    last.cancelled() ? Throwables.cancellationOf(last) : new CancelledError(last.cancelMessage()));
        } else {
            outer.setResult(collect.apply(results));
        }
    }

    private static @Nullable Object resultOf(Future<?> succeeded) {
        try {
            return succeeded.result();
        } catch (Exception e) {
            throw new AssertionError("a future without an exception has a result", e);
        }
    }
}
