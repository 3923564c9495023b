package heddle.docs;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelProvider;
import heddle.tck.model.NetworkedLoop;
import heddle.view.Recorder;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An engine on which any program runs the same each time: the reference model with its network in memory, on virtual time, which
 * does the jobs for other threads itself. It records the loop that it made last.
 */
public final class DrawnEngine extends ModelProvider {

    private static @Nullable Recorder recorder;

    /** For the lookup of engines. */
    public DrawnEngine() {}

    @Override
    public String name() {
        return "drawn";
    }

    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public EventLoop newEventLoop(EngineOptions options) {
        EventLoop loop = new OneThread(options.withVirtualTime());
        recorder = Recorder.watch(loop, Pictures.EVENTS);
        return loop;
    }

    /**
     * Fails if the picture of what the last loop did isn't the one in the documentation.
     *
     * @param name the file, in {@code docs/pictures}
     * @throws Exception if it can't be drawn
     */
    public static void compare(String name) throws Exception {
        Pictures.compare(
                name, Objects.requireNonNull(recorder, "no loop was made").timeline());
    }

    private static final class OneThread extends NetworkedLoop {
        OneThread(EngineOptions options) {
            super(options);
        }

        @Override
        public <T extends @Nullable Object> Future<T> runInExecutor(
                @Nullable Executor executor, Callable<? extends T> job) {
            Promise<T> result = createFuture("job");
            callSoon(() -> {
                try {
                    result.setResult(job.call());
                } catch (Exception e) {
                    result.setException(e);
                }
            });
            return result;
        }
    }
}
