package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.CancelledError;
import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.LoopBinding;
import heddle.api.spi.Display;
import org.jspecify.annotations.Nullable;

/**
 * {@code await} on a thread that runs no loop: has a loop on another thread wait for the awaitable, and blocks. One
 * interrupt cancels what is awaited, whose end is then waited for; a second one ends the waiting.
 */
final class Outside<T extends @Nullable Object> {

    private final EventLoop loop;
    private final Awaitable<? extends T> awaitable;
    private final Gate gate = new Gate();
    /** Written on the loop before the gate opens, like {@link #problem}. */
    private @Nullable Future<? extends T> future;

    private @Nullable Throwable problem;
    private boolean interrupted;

    private Outside(EventLoop loop, Awaitable<? extends T> awaitable) {
        this.loop = loop;
        this.awaitable = awaitable;
    }

    static <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable) throws Exception {
        EventLoop here = LoopBinding.current();
        if (Session.isPaused()) {
            return Outside.<T>ifDone(awaitable);
        }
        if (here != null) {
            throw here.currentTask() == null ? Awaiting.inCallback() : Awaiting.inFunction();
        }
        if (awaitable instanceof Future<? extends T> future) {
            if (future.done()) {
                return future.result();
            }
            if (!future.loop().isRunning()) {
                throw new IllegalStateException("the loop of " + Display.of(future)
                        + " isn't running, so nothing will complete it: run(…) (docs/codes.md#no-loop)");
            }
            return new Outside<T>(future.loop(), future).block();
        }
        return new Outside<T>(Session.currentOrFail().loop(), awaitable).block();
    }

    /** While the session's loop is paused, there is nothing to wait for. */
    private static <T extends @Nullable Object> T ifDone(Awaitable<? extends T> awaitable) throws Exception {
        if (awaitable instanceof Future<? extends T> future && future.done()) {
            return future.result();
        }
        throw Awaiting.whilePaused();
    }

    private T block() throws Exception {
        try {
            loop.callSoonThreadsafe(this::begin);
            gate.pass(loop, this::interrupted);
        } catch (Throwable e) {
            Future<? extends T> known = awaitable instanceof Future<? extends T> given ? given : future;
            if (loop.isClosed() && known != null && known.done()) {
                return known.result(); // it was done before its loop was closed, and nobody told
            }
            Thread.interrupted();
            cancel();
            throw e;
        }
        return outcome();
    }

    private void begin() {
        try {
            Future<? extends T> begun =
                    awaitable instanceof Future<? extends T> given ? given : loop.createTask(awaitable);
            future = begun;
            begun.addDoneCallback(done -> gate.open());
            Session session = Session.current();
            if (session != null && session.loop() == loop) {
                session.passTimeUntilDone(begun, this::deadlocked);
            }
        } catch (Throwable e) {
            problem = e;
            gate.open();
        }
    }

    private void deadlocked(DeadlockError error) {
        problem = error;
        Future<?> begun = future;
        if (begun != null && begun != awaitable) {
            begun.cancel("deadlock");
        }
        gate.open();
    }

    private void interrupted() throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException(
                    "interrupted again, while " + Display.of(awaitable) + " was being cancelled");
        }
        interrupted = true;
        cancel();
    }

    private void cancel() {
        if (loop.isClosed()) {
            return;
        }
        String who = (interrupted ? "interrupt of " : "end of the wait of ")
                + Thread.currentThread().getName();
        loop.callSoonThreadsafe(() -> {
            Future<?> begun = future;
            if (begun != null) {
                begun.cancel("interrupted", new CancelledError.Origin(who, null));
            }
        });
    }

    private T outcome() throws Exception {
        if (problem != null) {
            throw Throwables.raise(problem);
        }
        Future<? extends T> done = future;
        if (done == null) {
            throw new AssertionError("neither done nor failed");
        }
        try {
            T result = done.result();
            if (interrupted) {
                Thread.currentThread().interrupt(); // it came too late, or was ignored: the caller shall know
            }
            return result;
        } catch (CancelledError e) {
            if (interrupted) {
                InterruptedException error =
                        new InterruptedException("interrupted while it awaited " + Display.of(awaitable));
                error.initCause(e);
                throw error;
            }
            throw e;
        } catch (Throwable e) {
            throw Throwables.shown(e);
        }
    }
}
