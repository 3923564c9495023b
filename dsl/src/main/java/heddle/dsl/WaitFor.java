package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import heddle.api.WaitsFor;
import heddle.api.spi.Display;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one awaitable, for some time at most; asyncio's wait_for (asyncio-rules 114 to 119). With time left it is
 * awaited in the caller's task, with a timeout around; with none, it is made into a task and cancelled.
 */
record WaitFor<T extends @Nullable Object>(Awaitable<? extends T> awaitable, double seconds) implements Awaitable<T> {

    static <R extends @Nullable Object> Chain<R> of(Awaitable<? extends R> awaitable, double seconds) {
        return Chain.start(Program.AWAIT, new WaitFor<R>(awaitable, Seconds.checked(seconds, "seconds")));
    }

    @Override
    public Coroutine<T> coroutine() {
        return seconds > 0 ? new Enclosed<>(Timeout.lasting(seconds), () -> awaitable) : new CancelAtOnce<>(awaitable);
    }

    @Override
    public String toString() {
        return Display.text(awaitable) + " for " + Seconds.show(seconds);
    }

    /** Takes what is done already, and cancels what isn't. */
    private static final class CancelAtOnce<T extends @Nullable Object> implements Coroutine<T> {
        private final Awaitable<? extends T> awaitable;
        private @Nullable Future<T> future;
        private @Nullable Promise<@Nullable Void> waiter;
        private final ThrowingConsumer<Future<?>> release = this::release;

        CancelAtOnce(Awaitable<? extends T> awaitable) {
            this.awaitable = awaitable;
        }

        @Override
        public Suspension step() throws Exception {
            if (waiter != null) {
                close();
                return finish();
            }
            EventLoop loop = Members.loopOf(EventLoop.running(), List.of(awaitable));
            Future<T> given = Members.ensureFuture(loop, awaitable);
            future = given;
            if (given.done()) {
                return Pause.FINISHED;
            }
            Promise<@Nullable Void> pending = loop.createFuture(new WaitsFor() {
                @Override
                public List<? extends Future<?>> waitsFor() {
                    return List.of(given);
                }

                @Override
                public String toString() {
                    return "end of " + Display.text(given);
                }
            });
            waiter = pending;
            given.addDoneCallback(release);
            given.cancel();
            return pending;
        }

        private void release(Future<?> done) {
            if (waiter != null && !waiter.done()) {
                waiter.setResult(null);
            }
        }

        private Suspension finish() throws Exception {
            try {
                result();
                return Pause.FINISHED;
            } catch (CancelledError e) {
                throw Timeout.error(0, e);
            }
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        public T result() throws Exception {
            Future<T> done = future;
            if (done == null) {
                throw new AssertionError("the result is read before the end");
            }
            return done.result();
        }

        @Override
        public void close() {
            if (waiter != null && future != null) {
                future.removeDoneCallback(release);
            }
        }
    }
}
