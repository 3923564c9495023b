package heddle.dsl;

import heddle.api.DeadlockError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Hold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sits at a prompt is somebody outside, who may always have something for the loop to do: a hold says so. It is let go
 * while they wait for the loop, so that virtual time moves then and only then. Used on the loop only.
 */
final class PromptHold {

    private final EventLoop loop;
    private @Nullable Hold hold;
    private boolean ended;
    /** What they wait for, and who is to be told if that can never be done. */
    private final Map<Future<?>, Consumer<? super DeadlockError>> awaited = new LinkedHashMap<>();

    PromptHold(EventLoop loop) {
        this.loop = loop;
    }

    void open() {
        if (hold == null && !ended) {
            hold = loop.hold("the prompt");
        }
    }

    void release() {
        if (hold != null) {
            hold.close();
            hold = null;
        }
    }

    /** Lets go for good: what is left of the program ends by itself. */
    void end() {
        ended = true;
        release();
    }

    void releaseUntilDone(Future<?> future, Consumer<? super DeadlockError> onDeadlock) {
        awaited.put(future, onDeadlock);
        release();
        future.addDoneCallback(done -> {
            awaited.remove(future);
            if (awaited.isEmpty()) {
                open();
            }
        });
    }

    /** Nothing will ever happen unless somebody outside does something: tells those who wait. */
    void deadlocked(DeadlockError error) {
        open();
        List<Consumer<? super DeadlockError>> told = new ArrayList<>(awaited.values());
        awaited.clear();
        told.forEach(each -> loop.callSoon(() -> each.accept(error)));
    }
}
