package heddle.sync;

import heddle.api.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The loop that an object belongs to: none until somebody waits for it, then that one for good. From then on it knows who
 * may use the object.
 */
final class Home {

    private final Object owner;
    private volatile @Nullable EventLoop loop;

    /** A home for {@code owner}, which is for messages only. */
    Home(Object owner) {
        this.owner = owner;
    }

    /** The loop of the caller, who has to wait: the owner belongs to it from now on, if it doesn't already. */
    EventLoop enter() {
        EventLoop running = EventLoop.running();
        EventLoop bound = loop;
        if (bound == null) {
            bound = bind(running);
        }
        if (bound != running) {
            throw new IllegalStateException(
                    owner + " is bound to a different event loop: a task of another one had to wait for it;"
                            + " make one for each loop (docs/codes.md#other-loop)");
        }
        return running;
    }

    private synchronized EventLoop bind(EventLoop running) {
        EventLoop bound = loop;
        if (bound == null) {
            bound = running;
            loop = running;
        }
        return bound;
    }

    /** The thread rule: the caller speaks for the loop, or nobody runs it, or there is none yet. */
    void check(String method) {
        EventLoop bound = loop;
        if (bound != null && !bound.isCurrent() && bound.isRunning()) {
            throw new IllegalStateException(method + " is not thread-safe, and thread "
                    + Thread.currentThread().getName() + " doesn't speak for the loop that " + owner
                    + " is bound to: use loop.callSoonThreadsafe(() -> …) (docs/codes.md#thread)");
        }
    }

    /** Whether the loop is closed: nobody can be woken any more. */
    boolean isClosed() {
        EventLoop bound = loop;
        return bound != null && bound.isClosed();
    }
}
