package heddle.tck;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.engine.HostedEventLoop;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Loops on the thread of one of the JDK's executors: the smallest host there is. */
final class HostedOnExecutor implements EngineProvider {

    private static final Set<Capability> CAPABILITIES = Set.of(Capability.TURN_EXACT, Capability.THREADS);

    private final ScheduledExecutorService host = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "host");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public String name() {
        return "hosted-on-executor";
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public EventLoop newEventLoop(EngineOptions options) {
        return new Hosted(host, options);
    }

    private static final class Hosted extends HostedEventLoop {
        private final ScheduledExecutorService host;

        Hosted(ScheduledExecutorService host, EngineOptions options) {
            super("an executor", options);
            this.host = host;
        }

        @Override
        protected void execute(Runnable turn) {
            host.execute(turn);
        }

        @Override
        protected void schedule(Runnable turn, long nanos) {
            host.schedule(turn, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public Set<Capability> capabilities() {
            return CAPABILITIES;
        }
    }
}
