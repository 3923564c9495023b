package heddle.engine.stress;

import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.spi.EngineOptions;
import heddle.engine.nio.NioEngine;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A future is cancelled while another thread looks at it: it is pending, or cancelled, and never just done. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "pending")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "cancelled between the two looks")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "cancelled")
@Outcome(expect = Expect.FORBIDDEN, desc = "done, but not cancelled")
@State
public class CancelAgainstReading {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);
    private final Promise<Object> promise = loop.createFuture();

    @Actor
    public void cancel() {
        promise.cancel("now");
    }

    @Actor
    public void read(II_Result result) {
        result.r1 = promise.done() ? 1 : 0;
        result.r2 = promise.cancelled() ? 1 : 0;
    }
}
