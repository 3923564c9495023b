package heddle.tck.model;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.ThrowingConsumer;

/** The done-callback by which {@code runUntilComplete} ends; equal to itself only, so that it can be removed. */
final class StopWhenDone implements ThrowingConsumer<Future<?>> {

    private final EventLoop loop;

    StopWhenDone(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void accept(Future<?> future) {
        Throwable failure = future.cancelled() ? null : future.exception();
        if (failure == null || !ModelReports.isFatal(failure)) {
            loop.stop(); // a fatal failure ended the run already
        }
    }
}
