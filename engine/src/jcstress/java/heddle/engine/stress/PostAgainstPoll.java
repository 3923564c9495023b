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

/** A thread posts while the loop falls asleep: the loop wakes and runs it. A lost wake-up would hang. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the post ran once")
@Outcome(expect = Expect.FORBIDDEN, desc = "the post was lost or doubled")
@State
public class PostAgainstPoll {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);
    private int ran;

    @Actor
    public void post() {
        loop.callSoonThreadsafe(() -> {
            ran++;
            loop.stop();
        });
    }

    @Actor
    public void poll(II_Result result) {
        loop.runForever();
        result.r1 = ran;
    }

    @Arbiter
    public void end(II_Result result) {
        loop.close();
        result.r2 = ran;
    }
}
