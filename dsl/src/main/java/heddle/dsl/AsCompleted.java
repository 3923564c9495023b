package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import heddle.api.ThrowingFunction;
import heddle.api.TimerHandle;
import heddle.api.WaitsFor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Awaitables in the order in which they are done; what {@link Heddle#asCompleted} returns (asyncio-rules 112, 113). There
 * are two ways through it:
 *
 * <ul>
 *   <li>{@code for (var next : asCompleted(a, b)) { var value = await(next); … }}: each turn has a new coroutine object, to
 *       be awaited once, that gives the value of the next one to be done, or throws its exception;
 *   <li>{@code forEach(asCompleted(a, b), future -> …)}: each turn has the future itself, done: the one that was given, or
 *       the task that was made.
 * </ul>
 *
 * Leaving early cancels nothing. After the deadline each turn that is left fails with {@link TimeoutException}. Thread
 * rule: for tasks of the loop that it was made on.
 *
 * @param <T> the type of the values
 */
public final class AsCompleted<T extends @Nullable Object> implements Iterable<Chain<T>>, AsyncIterator<Future<T>> {

    private final EventLoop loop;
    private final double seconds;
    private final List<Future<T>> todo = new ArrayList<>();
    /** Those that are done and weren't taken; absent ones stand for those that came too late. */
    private final Deque<Optional<Future<T>>> done = new ArrayDeque<>();

    private final Deque<Promise<@Nullable Void>> waiters = new ArrayDeque<>();
    private final ThrowingConsumer<Future<T>> completion = this::completed;
    private @Nullable TimerHandle timer;
    private int left;

    private AsCompleted(EventLoop loop, double seconds) {
        this.loop = loop;
        this.seconds = seconds;
    }

    static <R extends @Nullable Object> AsCompleted<R> start(List<Awaitable<? extends R>> each, double seconds) {
        EventLoop loop = Members.loopOf(LoopBinding.current(), each);
        AsCompleted<R> started = new AsCompleted<>(loop, seconds);
        for (Awaitable<? extends R> awaitable : Members.distinct(each)) {
            started.todo.add(Members.ensureFuture(loop, awaitable));
        }
        started.begin();
        return started;
    }

    private void begin() {
        left = todo.size();
        todo.forEach(future -> future.addDoneCallback(completion));
        if (left > 0 && seconds != Double.POSITIVE_INFINITY) {
            timer = loop.callLater(seconds, this::deadline);
        }
    }

    /** What the wait for the next one stands for. */
    private final class AnyLeft implements WaitsFor {
        @Override
        public List<Future<T>> waitsFor() {
            return List.copyOf(todo);
        }

        @Override
        public boolean needsAll() {
            return false;
        }

        @Override
        public String toString() {
            return AsCompleted.this.toString();
        }
    }

    private void deadline() {
        for (Future<T> future : todo) {
            future.removeDoneCallback(completion);
            put(Optional.empty());
        }
        todo.clear();
    }

    private void completed(Future<T> future) {
        if (!todo.removeIf(each -> each == future)) {
            return; // the deadline was first
        }
        put(Optional.of(future));
        if (todo.isEmpty() && timer != null) {
            timer.cancel();
        }
    }

    private void put(Optional<Future<T>> one) {
        done.add(one);
        wakeNext();
    }

    private void wakeNext() {
        for (Promise<@Nullable Void> waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            if (!waiter.done()) {
                waiter.setResult(null);
                return;
            }
        }
    }

    // ---- the two ways through it

    /**
     * The first way. All iterators share one way through the awaitables.
     *
     * @return an iterator of coroutine objects, each to be awaited once
     */
    @Override
    public Iterator<Chain<T>> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Chain<T> next() {
                if (left == 0) {
                    throw new NoSuchElementException("all awaitables have been handed out");
                }
                left--;
                return Chain.start(Program.AWAIT, (Awaitable<T>) () -> new Next<>(false, Future::result));
            }
        };
    }

    /**
     * The second way.
     *
     * @return what gives the next future that is done
     */
    @Override
    public Chain<Future<T>> next() {
        return Chain.start(Program.AWAIT, (Awaitable<Future<T>>) () -> new Next<>(true, future -> future));
    }

    /** Waits until one is there, in the order of those who wait. */
    private final class Next<R extends @Nullable Object> implements Coroutine<R> {
        private final ThrowingFunction<Future<T>, R> give;
        private boolean counts;
        private @Nullable Promise<@Nullable Void> waiter;
        private @Nullable Future<T> taken;

        /**
         * Waits for one.
         *
         * @param counts whether it is one less that is left when this begins
         */
        Next(boolean counts, ThrowingFunction<Future<T>, R> give) {
            this.counts = counts;
            this.give = give;
        }

        @Override
        public Suspension step() throws Exception {
            if (counts) {
                counts = false;
                if (left == 0) {
                    throw new StopAsyncIteration();
                }
                left--;
            }
            waiter = null;
            Optional<Future<T>> one = done.poll();
            if (one == null) {
                Promise<@Nullable Void> pending = loop.createFuture(new AnyLeft());
                waiter = pending;
                waiters.add(pending);
                return pending;
            }
            taken = one.orElseThrow(() -> Timeout.error(seconds, null));
            return Pause.FINISHED;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        public R result() throws Exception {
            return give.apply(Objects.requireNonNull(taken));
        }

        @Override
        public void close() {
            Promise<@Nullable Void> pending = waiter;
            if (pending == null) {
                return;
            }
            waiter = null;
            pending.cancel();
            waiters.removeIf(each -> each == pending);
            if (!done.isEmpty() && !pending.cancelled()) {
                wakeNext(); // this one was woken, and doesn't take it
            }
        }
    }

    @Override
    public String toString() {
        return "asCompleted, " + left + " left";
    }
}
