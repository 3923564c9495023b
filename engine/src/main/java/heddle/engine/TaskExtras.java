package heddle.engine;

import heddle.api.CancelledError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What most tasks never have: a name that was given, a cancel, a mistake, a note of where they were made. */
final class TaskExtras {

    volatile @Nullable String name;

    /** To be raised at the next step, unless what the task waits for has an error of its own. */
    @Nullable
    Throwable misuse;

    /** How many cancels were asked for and not taken back. */
    int cancelling;

    /** A cancel that could not be passed on to an awaited future, and is to be raised at the next step. */
    @Nullable
    Cancelled undelivered;

    /** What the last such cancel said, delivered or not. */
    volatile @Nullable String cancelMessage;

    /** Where the task was made; null unless that was in debug mode. */
    @Nullable
    List<StackTraceElement> creation;

    /** What is to be raised at the next step, or null, given the error of what the task waited for. */
    @Nullable
    Throwable takeError(@Nullable Throwable awaited) {
        Throwable error = awaited == null ? misuse : awaited;
        misuse = null;
        Cancelled cancel = takeUndelivered();
        if (cancel == null || error instanceof CancelledError) {
            return error;
        }
        return cancel.error(); // a pending cancel beats a value, and any other error (asyncio-rule 79)
    }

    @Nullable
    Cancelled takeUndelivered() {
        Cancelled cancel = undelivered;
        undelivered = null;
        return cancel;
    }

    /** Takes a cancel back; answers how many are left. */
    int uncancel() {
        if (cancelling > 0 && --cancelling == 0) {
            undelivered = null;
        }
        return cancelling;
    }
}
