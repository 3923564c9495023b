package heddle.api.spi;

import heddle.api.Task;
import org.jspecify.annotations.Nullable;

/**
 * A callback that ends a task's wait from outside, when its time has come: that of a timeout. Who explains what a task waits for
 * says so too. Its text goes on from "until the", as in "timeout of 5s around main". For whoever speaks for the loop.
 */
public interface Deadline {

    /**
     * Whose wait it ends.
     *
     * @return the task; null if that is over
     */
    @Nullable
    Task<?> ends();
}
