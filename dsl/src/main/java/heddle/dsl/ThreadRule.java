package heddle.dsl;

import heddle.api.EventLoop;
import heddle.api.LoopBinding;

/** Who may touch what belongs to a loop: whoever speaks for it, and anybody while it doesn't run. */
final class ThreadRule {

    private ThreadRule() {}

    static void check(EventLoop loop, String method) {
        if (LoopBinding.current() != loop && loop.isRunning()) {
            throw new IllegalStateException(method + " is not thread-safe, and thread "
                    + Thread.currentThread().getName()
                    + " doesn't speak for this loop: use loop.callSoonThreadsafe(() -> …) (docs/codes.md#thread)");
        }
    }
}
