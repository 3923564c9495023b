package heddle.dsl;

import heddle.api.Awaitable;
import org.jspecify.annotations.Nullable;

/**
 * Something that is entered before code and left after it, and may have to be waited for both times; what Python's "async
 * with" takes. {@link Heddle#using} puts it around code.
 */
public interface AsyncResource {

    /**
     * Enters it. If that fails, the code doesn't run, and {@link #exit} isn't called.
     *
     * @return what to wait for before the code begins, never null
     */
    Awaitable<?> enter();

    /**
     * Leaves it, however the code ended. What it fails with takes the place of that end.
     *
     * @param failure what the code failed with, a cancellation among them; null if it didn't
     * @return what to wait for before that end goes on, never null
     */
    Awaitable<?> exit(@Nullable Throwable failure);
}
