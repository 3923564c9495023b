package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import heddle.api.TimerHandle;
import heddle.api.WaitsFor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for some or all of several futures, without a word on how they end; asyncio's wait, turn by turn (asyncio-rules 107
 * to 111).
 *
 * @param members what to wait for, each once
 * @param seconds how long at most; infinity for as long as it takes
 */
record Wait<F extends Future<?>>(List<F> members, ReturnWhen when, double seconds)
        implements Awaitable<DoneAndPending<F>>, WaitsFor {

    static <F extends Future<?>> Chain<DoneAndPending<F>> of(List<F> members, ReturnWhen when, double seconds) {
        return Chain.start(
                Program.AWAIT, new Wait<>(Members.distinct(members), when, Seconds.checked(seconds, "seconds")));
    }

    @Override
    public Coroutine<DoneAndPending<F>> coroutine() {
        return new Run<>(this);
    }

    @Override
    public List<F> waitsFor() {
        return members;
    }

    @Override
    public boolean needsAll() {
        return when == ReturnWhen.ALL_COMPLETED && seconds == Double.POSITIVE_INFINITY;
    }

    @Override
    public @Nullable String wokenBy() {
        return seconds == Double.POSITIVE_INFINITY ? null : "a timer";
    }

    @Override
    public String toString() {
        String what = switch (when) {
            case FIRST_COMPLETED -> "first completed of ";
            case FIRST_EXCEPTION -> "first exception of ";
            case ALL_COMPLETED -> "all of ";
        };
        return what + members.size();
    }

    /** One wait; it is the done-callback of every member. */
    private static final class Run<F extends Future<?>>
            implements Coroutine<DoneAndPending<F>>, ThrowingConsumer<Future<?>> {
        private final Wait<F> wait;
        private int unfinished;
        private @Nullable Promise<@Nullable Void> waiter;
        private @Nullable TimerHandle timer;

        Run(Wait<F> wait) {
            this.wait = wait;
        }

        @Override
        public Suspension step() {
            if (waiter != null) {
                close();
                return Pause.FINISHED;
            }
            if (wait.members.isEmpty()) {
                throw new IllegalArgumentException("Set of Tasks/Futures is empty: wait for at least one");
            }
            EventLoop loop = Members.loopOf(EventLoop.running(), wait.members);
            Promise<@Nullable Void> pending = loop.createFuture(wait);
            waiter = pending;
            if (wait.seconds != Double.POSITIVE_INFINITY) {
                timer = loop.callLater(wait.seconds, this::release);
            }
            unfinished = wait.members.size();
            for (F member : wait.members) {
                member.addDoneCallback(this);
            }
            return pending;
        }

        /** A member is done. */
        @Override
        public void accept(Future<?> member) {
            unfinished--;
            if (unfinished <= 0 || isEnough(member)) {
                cancelTimer();
                release();
            }
        }

        /** Whether not all need to be done; it looks at a member's failure, which then counts as seen, only if it must. */
        private boolean isEnough(Future<?> member) {
            return switch (wait.when) {
                case FIRST_COMPLETED -> true;
                case FIRST_EXCEPTION -> !member.cancelled() && member.exception() != null;
                case ALL_COMPLETED -> false;
            };
        }

        private void release() {
            Promise<@Nullable Void> pending = waiter;
            if (pending != null && !pending.done()) {
                pending.setResult(null);
            }
        }

        private void cancelTimer() {
            if (timer != null) {
                timer.cancel();
            }
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        public DoneAndPending<F> result() {
            List<F> done = new ArrayList<>();
            List<F> pending = new ArrayList<>();
            for (F member : wait.members) {
                (member.done() ? done : pending).add(member);
            }
            return new DoneAndPending<>(done, pending);
        }

        @Override
        public void close() {
            if (waiter != null) {
                cancelTimer();
                for (F member : wait.members) {
                    member.removeDoneCallback(this);
                }
            }
        }

        @Override
        public String name() {
            return wait.toString();
        }
    }
}
