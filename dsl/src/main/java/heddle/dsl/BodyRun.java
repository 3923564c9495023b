package heddle.dsl;

import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.spi.Display;
import heddle.dsl.carrier.Carrier;
import heddle.dsl.carrier.Strand;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of direct-style code, as a task steps it. Its strand is made at the first step, so code that never begins costs
 * none. Code that nobody steps any more is ended when this object is garbage, so that its thread doesn't live for ever:
 * {@link Body}, which the thread holds, doesn't refer to this.
 */
final class BodyRun<T extends @Nullable Object> implements Coroutine<T> {

    private static final Cleaner CLEANER = Cleaner.create();

    private final Body body;
    private final @Nullable String name;
    private @Nullable Strand strand;
    private @Nullable Abandoned abandoned;
    private Cleaner.@Nullable Cleanable cleanable;
    private boolean running;
    private boolean ended;

    BodyRun(Callable<?> code, @Nullable String name) {
        this.body = new Body(code);
        this.name = name;
    }

    @Override
    public Suspension step() throws Throwable {
        return resume(null, false);
    }

    @Override
    public Suspension raise(Throwable error) throws Throwable {
        if (strand == null) {
            ended = true;
            throw error;
        }
        return resume(error, false);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what the body returned is a T, null among it
    public T result() {
        return (T) body.result();
    }

    @Override
    public void close() {
        if (ended || strand == null) {
            ended = true;
            return;
        }
        if (running) {
            throw new IllegalStateException("a coroutine can't be closed by its own code: " + this);
        }
        try {
            resume(new CoroutineExit(), true);
        } catch (CoroutineExit e) {
            // as it should be
        } catch (Throwable e) {
            throw Throwables.raise(e);
        }
    }

    private Suspension resume(@Nullable Throwable error, boolean toClose) throws Throwable {
        if (running || ended) {
            throw new IllegalStateException((running ? "stepped by its own code: " : "stepped after its end: ") + this
                    + "; each run of a coroutine has one owner");
        }
        Strand mine = strand;
        if (mine == null) {
            mine = Carrier.chosen().strand(body);
            strand = mine;
            body.setStrand(mine);
        }
        running = true;
        boolean paused = false;
        try {
            Suspension suspension = body.resume(mine, error, toClose);
            paused = suspension != Pause.FINISHED;
            return suspension;
        } finally {
            running = false;
            if (paused) {
                watch(mine);
            } else {
                end();
            }
        }
    }

    private void watch(Strand mine) {
        if (!mine.leaks()) {
            return;
        }
        Abandoned watched = abandoned;
        if (watched == null) {
            watched = new Abandoned(body, mine);
            abandoned = watched;
            cleanable = CLEANER.register(this, watched);
        }
        watched.speaksFor(LoopBinding.current());
    }

    private void end() {
        ended = true;
        if (abandoned != null) {
            abandoned.over = true;
        }
        if (cleanable != null) {
            cleanable.clean();
        }
    }

    @Override
    public @Nullable String name() {
        return name;
    }

    @Override
    public List<StackTraceElement> stack() {
        Strand mine = strand;
        return mine == null || running || ended ? List.of() : Frames.ofUser(mine.stack());
    }

    @Override
    public String toString() {
        return "run of " + (name == null ? "a body" : Display.escape(name, 50));
    }

    /** Ends the code of a run that became garbage: on its loop while that runs, else right here. */
    private static final class Abandoned implements Runnable {
        private final Body body;
        private final Strand strand;
        private WeakReference<@Nullable EventLoop> loop = new WeakReference<>(null);
        private boolean over;

        Abandoned(Body body, Strand strand) {
            this.body = body;
            this.strand = strand;
        }

        void speaksFor(@Nullable EventLoop current) {
            if (loop.get() != current) {
                loop = new WeakReference<>(current);
            }
        }

        @Override
        public void run() {
            if (over) {
                return;
            }
            EventLoop last = loop.get();
            if (last != null && last.isRunning()) {
                try {
                    last.callSoonThreadsafe(() -> body.endAbandoned(strand));
                    return;
                } catch (IllegalStateException e) {
                    // closed meanwhile
                }
            }
            body.endAbandoned(strand);
        }
    }
}
