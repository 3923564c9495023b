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

/** A future is completed while another thread looks at it: it is pending, or done with its result, whole. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "pending")
@Outcome(id = "1, 42", expect = Expect.ACCEPTABLE, desc = "done")
@Outcome(expect = Expect.FORBIDDEN, desc = "done without its result, or half of it")
@State
public class CompletionAgainstReading {

    /** Not final, and written before publication only: as what users hand over. */
    static final class Value {
        int number;

        Value(int number) {
            this.number = number;
        }
    }

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);
    private final Promise<Value> promise = loop.createFuture();

    @Actor
    public void complete() {
        promise.setResult(new Value(42));
    }

    @Actor
    public void read(II_Result result) {
        if (promise.done()) {
            result.r1 = 1;
            result.r2 = number();
        }
    }

    private int number() {
        try {
            Value value = promise.result();
            return value == null ? -1 : value.number;
        } catch (Exception e) {
            return -2;
        }
    }
}
