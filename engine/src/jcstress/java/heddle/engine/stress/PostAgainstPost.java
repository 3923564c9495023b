package heddle.engine.stress;

import heddle.api.EventLoop;
import heddle.api.spi.EngineOptions;
import heddle.engine.nio.NioEngine;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads post two callbacks each: all run, those of a thread in its order. */
@JCStressTest
@Outcome(id = "12, 34", expect = Expect.ACCEPTABLE, desc = "all ran, in each thread's order")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was lost, doubled or overtaken")
@State
public class PostAgainstPost {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);
    private int first;
    private int second;

    @Actor
    public void one() {
        loop.callSoonThreadsafe(() -> first = first * 10 + 1);
        loop.callSoonThreadsafe(() -> first = first * 10 + 2);
    }

    @Actor
    public void other() {
        loop.callSoonThreadsafe(() -> second = second * 10 + 3);
        loop.callSoonThreadsafe(() -> second = second * 10 + 4);
    }

    @Arbiter
    public void run(II_Result result) {
        loop.stop();
        loop.runForever();
        loop.close();
        result.r1 = first;
        result.r2 = second;
    }
}
