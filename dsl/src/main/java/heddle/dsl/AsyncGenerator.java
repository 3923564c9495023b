package heddle.dsl;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.ThrowingConsumer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Values that code makes one at a time, and may wait for; Python's asynchronous generator. Its code is a body in direct
 * style that runs in the tasks of those who ask for values, one at a time, whenever one is asked for.
 *
 * <pre>{@code
 * AsyncGenerator<String> lines = asyncGenerator(g -> {
 *     for (var url : urls) {
 *         g.yield(await(fetch(url)));
 *     }
 * });
 * forEach(lines, line -> …);
 * }</pre>
 *
 * <p>What the code throws, the call that ran it fails with; but a {@link StopAsyncIteration}, which would look like the end,
 * comes as the cause of an {@link IllegalStateException}. Left before the end, its code is closed when somebody waits for
 * {@link #close()}, as {@code forEach} and {@code each} do; else by the end of {@code run}. Thread rule: for tasks of one
 * loop.
 *
 * @param <T> the type of the values, which may be null
 */
public final class AsyncGenerator<T extends @Nullable Object> implements AsyncIterator<T> {

    private static final AtomicLong BEGUN = new AtomicLong();

    private final Handover<T> handover;
    private final ChainRun<?> run;
    private boolean begun;
    private boolean ended;
    /** From the beginning of a call until it has its value: the code may be paused meanwhile, as it awaits. */
    private boolean running;
    /** Where it began. */
    private @Nullable EventLoop loop;

    private long order;

    private AsyncGenerator(Handover<T> handover) {
        this.handover = handover;
        Callable<?> code = handover;
        this.run = (ChainRun<?>) Chain.start(Program.BODY, code).coroutine();
    }

    static <R extends @Nullable Object> AsyncGenerator<R> of(ThrowingConsumer<? super Yielder<R>> code) {
        return new AsyncGenerator<>(new Handover<R>(code, true));
    }

    // ---- what can be asked of it

    /**
     * The next value; Python's {@code anext}.
     *
     * @return a recipe that runs the code up to it; it fails with {@link StopAsyncIteration} if there is none
     */
    @Override
    public Chain<T> next() {
        return ask(Kind.SEND, null);
    }

    /**
     * Makes {@code value} the answer of the {@code yield} that the code is paused at, and gives the next value; Python's
     * {@code asend}.
     *
     * @param value the answer; null before the code has begun
     * @return a recipe that runs the code up to its next value; it fails with {@link StopAsyncIteration} if there is none
     */
    public Chain<T> send(@Nullable Object value) {
        return ask(Kind.SEND, value);
    }

    /**
     * Throws {@code error} at the {@code yield} that the code is paused at, and gives the next value; Python's {@code
     * athrow}. Code that hasn't begun doesn't run.
     *
     * @param error what to throw
     * @return a recipe that runs the code up to its next value; it fails with {@code error} if the code lets it out, and
     *     with {@link StopAsyncIteration} if there is no value left
     */
    public Chain<T> raise(Throwable error) {
        return ask(Kind.RAISE, Objects.requireNonNull(error, "error"));
    }

    /**
     * Ends the code where it is paused, by throwing {@link CoroutineExit} there; Python's {@code aclose}. Its {@code
     * finally} blocks may await, but not yield. Code that hasn't begun doesn't run; after the end, it does nothing.
     *
     * @return a recipe, of null; it fails with what the code throws instead
     */
    @Override
    public Chain<@Nullable Void> close() {
        return ask(Kind.CLOSE, new CoroutineExit());
    }

    private <R extends @Nullable Object> Chain<R> ask(Kind kind, @Nullable Object argument) {
        return Chain.start(Program.AWAIT, new Request<R>(this, kind, argument));
    }

    private enum Kind {
        SEND,
        RAISE,
        CLOSE
    }

    private record Request<R extends @Nullable Object>(
            AsyncGenerator<?> generator,
            Kind kind,
            @Nullable Object argument) implements Awaitable<R> {
        @Override
        public Coroutine<R> coroutine() {
            return new Call<>(generator, kind, argument);
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + " of " + generator;
        }
    }

    /** Ends the code right here, where nothing can be awaited. */
    void closeNow() {
        if (!ended) {
            end();
            run.close();
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            order = BEGUN.getAndIncrement();
            EventLoop here = EventLoop.running();
            loop = here;
            OpenGenerators.add(here, this);
        }
    }

    private void end() {
        if (loop != null && !ended) {
            OpenGenerators.remove(loop, this);
        }
        ended = true;
    }

    /** Smaller than that of those that began later. */
    long order() {
        return order;
    }

    @Override
    public String toString() {
        return "AsyncGenerator " + (ended ? "ended" : running ? "running" : begun ? "paused" : "not begun");
    }

    /** One of the things that can be asked of it, as a coroutine. */
    private static final class Call<T extends @Nullable Object, R extends @Nullable Object> implements Coroutine<R> {

        private final AsyncGenerator<T> generator;
        private final Kind kind;
        private final @Nullable Object argument;
        private boolean begun;
        private @Nullable R value;

        Call(AsyncGenerator<T> generator, Kind kind, @Nullable Object argument) {
            this.generator = generator;
            this.kind = kind;
            this.argument = argument;
        }

        @Override
        public Suspension step() throws Throwable {
            if (begun) {
                return advance(null);
            }
            begun = true;
            if (generator.running) {
                throw new IllegalStateException("asynchronous generator is already running: one value at a time");
            }
            if (generator.ended) {
                return stop();
            }
            if (!generator.begun && kind == Kind.CLOSE) {
                generator.end();
                return Pause.FINISHED;
            }
            if (!generator.begun && kind == Kind.SEND && argument != null) {
                throw new IllegalStateException(
                        "can't send a value to an asynchronous generator that hasn't begun: wait for next() first");
            }
            generator.begin();
            generator.running = true;
            generator.handover.send(kind == Kind.SEND ? argument : null);
            return advance(kind == Kind.SEND ? null : (Throwable) argument);
        }

        private Suspension stop() throws StopAsyncIteration {
            if (kind == Kind.CLOSE) {
                return Pause.FINISHED;
            }
            throw new StopAsyncIteration();
        }

        /** Runs the code on, to its next value or await. */
        @SuppressWarnings("unchecked") // R is T for those that give a value
        private Suspension advance(@Nullable Throwable error) throws Throwable {
            boolean paused = false;
            try {
                Suspension suspension = run(error);
                if (generator.handover.hasYielded()) {
                    generator.running = false;
                    value = (R) generator.handover.takeValue();
                    paused = true;
                    if (kind == Kind.CLOSE) {
                        throw new IllegalStateException(
                                "async generator ignored CoroutineExit: it yielded while it was being closed"
                                        + " (docs/codes.md#yield)");
                    }
                    return Pause.FINISHED;
                }
                paused = suspension != Pause.FINISHED;
                return paused ? suspension : stop();
            } finally {
                if (!paused) {
                    generator.running = false;
                    generator.end();
                }
            }
        }

        private Suspension run(@Nullable Throwable error) throws Throwable {
            try {
                return error == null ? generator.run.step() : generator.run.raise(error);
            } catch (StopAsyncIteration e) {
                if (e == argument) {
                    throw e;
                }
                throw new IllegalStateException("async generator raised StopAsyncIteration", e);
            } catch (CoroutineExit e) {
                if (kind == Kind.CLOSE) {
                    return Pause.FINISHED;
                }
                throw e;
            }
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                throw error;
            }
            return advance(error);
        }

        @Override
        @SuppressWarnings("NullAway") // an R, null among them
        public R result() {
            return value;
        }

        @Override
        public void close() {
            if (begun && generator.running) {
                generator.running = false;
                generator.closeNow();
            }
            begun = true;
        }

        @Override
        public List<StackTraceElement> stack() {
            return generator.run.stack();
        }
    }
}
