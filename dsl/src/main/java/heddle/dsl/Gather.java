package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.WaitsFor;
import heddle.api.spi.Bookkeeping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several awaitables as one future; asyncio's gather, turn by turn (asyncio-rules 96 to 106). This object is the
 * done-callback of every member; the outer future is a promise whose cancel goes to the members.
 */
final class Gather<R extends @Nullable Object> implements Bookkeeping, Promise.Cancellation, WaitsFor {

    /**
     * The members in the order of the arguments, until all of them have ended; one that was given twice is in it twice, and
     * told of twice.
     */
    private List<Future<?>> members;

    private final boolean returnExceptions;
    private final Function<List<@Nullable Object>, R> collect;
    private final Promise<R> outer;
    private int finished;
    private boolean cancelRequested;

    private Gather(
            EventLoop loop,
            List<Future<?>> members,
            boolean returnExceptions,
            Function<List<@Nullable Object>, R> collect) {
        this.members = members;
        this.returnExceptions = returnExceptions;
        this.collect = collect;
        this.outer = loop.createFuture(this);
    }

    static Future<List<@Nullable Object>> start(@Nullable EventLoop running, List<Awaitable<?>> each) {
        return start(running, each, false, list -> list);
    }

    /**
     * Makes tasks of those that aren't futures, in order, and waits for all.
     *
     * @param each a list that holds anything, and is this object's from now on
     * @param running the loop for the tasks; null for that of the futures, when there are only futures
     */
    static <R extends @Nullable Object> Future<R> start(
            @Nullable EventLoop running,
            List<Awaitable<?>> each,
            boolean returnExceptions,
            Function<List<@Nullable Object>, R> collect) {
        EventLoop loop = Members.loopOf(running, each);
        for (int i = 0; i < each.size(); i++) {
            each.set(i, ChainFuture.unwrap(Members.ensureFuture(loop, each.get(i))));
        }
        @SuppressWarnings("unchecked") // now they are
        List<Future<?>> members = (List<Future<?>>) (List<?>) each;
        Gather<R> gather = new Gather<>(loop, members, returnExceptions, collect);
        gather.begin();
        return gather.outer;
    }

    private void begin() {
        outer.onCancel(this);
        List<Future<?>> done = List.of();
        for (Future<?> member : members) {
            if (!member.done()) {
                member.addDoneCallback(this);
            } else {
                if (done.isEmpty()) {
                    done = new ArrayList<>();
                }
                done.add(member);
            }
        }
        if (members.isEmpty()) {
            outer.setResult(collect.apply(new ArrayList<>()));
        }
        for (Future<?> member : done) {
            accept(member);
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
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
        if (finished == members.size()) {
            finish();
        }
    }

    /** The list of the members, which nobody needs any more, becomes that of their results. */
    private void finish() {
        Future<?> last = members.get(members.size() - 1);
        @SuppressWarnings("unchecked") // in a moment
        List<@Nullable Object> results = (List<@Nullable Object>) (List<?>) members;
        members = List.of();
        results.replaceAll(Gather::outcomeOf);
        if (cancelRequested) {
            outer.setException(
                    last.cancelled() ? Throwables.cancellationOf(last) : new CancelledError(last.cancelMessage()));
        } else {
            outer.setResult(collect.apply(results));
        }
    }

    private static @Nullable Object outcomeOf(@Nullable Object done) {
        if (!(done instanceof Future<?> member)) {
            throw new AssertionError(done + " is no member");
        }
        if (member.cancelled()) {
            // a task's own error is for the first who awaits the task (asyncio-rule 45)
            return member instanceof Task<?>
                    ? new CancelledError(member.cancelMessage())
                    : Throwables.cancellationOf(member);
        }
        Throwable failure = member.exception();
        return failure != null ? failure : resultOf(member);
    }

    private static @Nullable Object resultOf(Future<?> succeeded) {
        try {
            return succeeded.result();
        } catch (Exception e) {
            throw new AssertionError("a future without an exception has a result", e);
        }
    }

    // ---- what the outer future stands for

    @Override
    public List<Future<?>> waitsFor() {
        return Members.distinct(members);
    }

    @Override
    public String toString() {
        return "gather of " + (members.isEmpty() ? finished : members.size());
    }
}
