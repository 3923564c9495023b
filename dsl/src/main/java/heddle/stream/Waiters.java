package heddle.stream;

import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.spi.Outside;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who wait for something about a connection; woken, each looks for itself whether it may go on, or what failed. */
final class Waiters {

    private final List<Promise<@Nullable Void>> waiting = new ArrayList<>(1);

    void wake() {
        if (waiting.isEmpty()) {
            return;
        }
        for (Promise<@Nullable Void> each : List.copyOf(waiting)) {
            if (!each.done()) {
                each.setResult(null);
            }
        }
        waiting.clear();
    }

    /** One who waits. */
    abstract static class Wait implements Coroutine<@Nullable Void> {
        private final EventLoop loop;
        private final Waiters waiters;
        private final String name;
        private @Nullable Promise<@Nullable Void> waiting;

        Wait(EventLoop loop, Waiters waiters, String name) {
            this.loop = loop;
            this.waiters = waiters;
            this.name = name;
        }

        /** Says how to go on: finished, or a turn later; null to wait. Throws what there is to be told. */
        abstract @Nullable Pause look() throws Throwable;

        @Override
        public final Suspension step() throws Throwable {
            Pause pause = look();
            if (pause != null) {
                return pause;
            }
            Promise<@Nullable Void> wait = loop.createFuture(new Outside(name, "the peer"));
            waiting = wait;
            waiters.waiting.add(wait);
            return wait;
        }

        @Override
        public final Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        public final void close() {
            if (waiting != null) {
                waiters.waiting.remove(waiting);
            }
        }

        @Override
        public final @Nullable Void result() {
            return null;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public final String toString() {
            return "run of " + name;
        }
    }
}
