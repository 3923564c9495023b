package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Hold;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.WaitsFor;
import heddle.api.spi.Display;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Java's own futures: awaited by tasks, and made of awaitables. */
final class Stages {

    private Stages() {}

    /** What a stage failed with, in Heddle's words. */
    static Throwable translate(Throwable failure) {
        Throwable e =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (e instanceof CancellationException) {
            CancelledError cancelled = new CancelledError(e.getMessage());
            cancelled.addSuppressed(e);
            return cancelled;
        }
        return e;
    }

    // ---- from a stage

    /** Waits for a stage. */
    record Stage<T extends @Nullable Object>(CompletionStage<? extends T> stage) implements Awaitable<T>, WaitsFor {
        @Override
        public List<Future<?>> waitsFor() {
            return List.of();
        }

        @Override
        public String wokenBy() {
            return "another thread";
        }

        @Override
        public Coroutine<T> coroutine() {
            return new Run<>(this);
        }

        /** Cancels the stage itself where it can be; a minimal one can't, and its copy is cancelled for nothing. */
        void cancel() {
            try {
                if (stage instanceof java.util.concurrent.Future<?> future) {
                    future.cancel(true);
                    return;
                }
            } catch (UnsupportedOperationException e) {
                // a minimal stage is a future in name only
            }
            stage.toCompletableFuture().cancel(true);
        }

        /** The stage if it is a future that is done. */
        @Nullable
        CompletableFuture<? extends T> done() {
            return stage.getClass() == CompletableFuture.class
                            && stage instanceof CompletableFuture<? extends T> future
                            && future.isDone()
                    ? future
                    : null;
        }

        @Override
        public String toString() {
            return "stage " + Display.of(stage);
        }
    }

    private static final class Run<T extends @Nullable Object> implements Coroutine<T> {
        private final Stage<T> stage;
        private @Nullable Promise<T> arrival;
        private @Nullable Hold hold;
        private @Nullable T value;

        Run(Stage<T> stage) {
            this.stage = stage;
        }

        @Override
        public Suspension step() throws Throwable {
            Promise<T> pending = arrival;
            if (pending != null) {
                value = pending.result();
                return Pause.FINISHED;
            }
            CompletableFuture<? extends T> done = stage.done();
            if (done != null) {
                value = outcomeOf(done);
                return Pause.FINISHED;
            }
            return listen();
        }

        private static <V extends @Nullable Object> V outcomeOf(CompletableFuture<V> done) throws Throwable {
            try {
                return done.join();
            } catch (CompletionException | CancellationException e) {
                throw translate(e);
            }
        }

        private Suspension listen() {
            EventLoop loop = EventLoop.running();
            Promise<T> pending = loop.createFuture(stage);
            // what this loop itself is to complete isn't outside: virtual time has to go on for it
            Hold held = stage.stage instanceof LoopCompletable<?> own && own.isDueFrom(loop)
                    ? null
                    : loop.hold("a CompletionStage");
            arrival = pending;
            hold = held;
            stage.stage.whenComplete((result, failure) -> {
                try {
                    loop.callSoonThreadsafe(() -> arrive(pending, result, failure));
                } catch (IllegalStateException e) {
                    // the loop is closed: nobody waits any more
                } finally {
                    if (held != null) {
                        held.close(); // after the post, so that the loop always sees one of them
                    }
                }
            });
            return pending;
        }

        private static <V extends @Nullable Object> void arrive(
                Promise<V> pending, V result, @Nullable Throwable failure) {
            if (pending.done()) {
                return;
            }
            if (failure == null) {
                pending.setResult(result);
                return;
            }
            Throwable e = translate(failure);
            if (e instanceof CancelledError) {
                pending.cancel(e.getMessage());
            } else {
                pending.setException(e);
            }
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        @SuppressWarnings("NullAway") // a T, null among them
        public T result() {
            return value;
        }

        @Override
        public void close() {
            if (hold != null) {
                hold.close();
            }
            if (arrival != null) {
                stage.cancel();
            }
        }
    }

    // ---- to a future of Java's

    static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(Awaitable<? extends T> awaitable) {
        EventLoop here = LoopBinding.current();
        EventLoop loop = awaitable instanceof Future<?> future
                ? future.loop()
                : here != null ? here : Session.currentOrFail().loop();
        CompletableFuture<T> result = Outstanding.of(loop);
        if (loop == here || !loop.isRunning()) {
            link(loop, awaitable, result);
        } else {
            loop.callSoonThreadsafe(() -> link(loop, awaitable, result));
        }
        return result;
    }

    /** As asyncio does it: the task is made in a callback, wherever this is called. */
    static <T extends @Nullable Object> CompletableFuture<T> runThreadsafe(
            Awaitable<? extends T> coroutine, EventLoop loop) {
        CompletableFuture<T> result = Outstanding.of(loop);
        loop.callSoonThreadsafe(() -> {
            if (!result.isDone()) {
                link(loop, coroutine, result);
            }
        });
        return result;
    }

    private static <T extends @Nullable Object> void link(
            EventLoop loop, Awaitable<? extends T> awaitable, CompletableFuture<T> result) {
        Future<? extends T> future;
        try {
            future = awaitable instanceof Future<? extends T> given ? given : loop.createTask(awaitable);
            future.addDoneCallback(done -> complete(result, done));
        } catch (Throwable e) {
            result.completeExceptionally(e);
            return;
        }
        CompletableFuture<T> unused = result.whenComplete((value, failure) -> {
            if (failure instanceof CancellationException && !future.done() && !loop.isClosed()) {
                var origin = new CancelledError.Origin(Thread.currentThread().getName(), null);
                loop.callSoonThreadsafe(() -> future.cancel(failure.getMessage(), origin));
            }
        });
    }

    private static <T extends @Nullable Object> void complete(CompletableFuture<T> result, Future<? extends T> done) {
        try {
            result.complete(done.result());
        } catch (CancelledError e) {
            CancellationException cancelled = new CancellationException(e.getMessage());
            cancelled.initCause(e);
            result.completeExceptionally(done.cancelled() ? cancelled : e);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
