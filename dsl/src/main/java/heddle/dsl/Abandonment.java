package heddle.dsl;

import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends the code of a run that nobody steps any more, so that its thread doesn't live for ever: when the run is garbage, its
 * {@code finally} blocks run, on its loop while that is running, else on the cleaner's thread. It works as long as the
 * waiting code itself, whose stack the thread keeps, doesn't hold what would step it.
 */
final class Abandonment implements Runnable {

    private static final Cleaner CLEANER = Cleaner.create();

    private final Body body;
    private final Cleaner.Cleanable cleanable;
    private WeakReference<@Nullable EventLoop> loop = new WeakReference<>(null);
    private boolean over;

    Abandonment(ChainRun<?> owner, Body body) {
        this.body = body;
        this.cleanable = CLEANER.register(owner, this);
    }

    void speaksFor(@Nullable EventLoop current) {
        if (loop.get() != current) {
            loop = new WeakReference<>(current);
        }
    }

    /** The code ended by itself. */
    void forget() {
        over = true;
        cleanable.clean();
    }

    @Override
    public void run() {
        if (over) {
            return;
        }
        EventLoop last = loop.get();
        if (last != null && last.isRunning()) {
            try {
                last.callSoonThreadsafe(this::end);
                return;
            } catch (IllegalStateException e) {
                // closed meanwhile
            }
        }
        end();
    }

    private void end() {
        try {
            body.resume(new CoroutineExit(), null, true);
        } catch (Throwable e) {
            // nobody is left to tell
        }
    }
}
