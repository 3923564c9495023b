package heddle.tck.law;

import heddle.api.EventLoop;
import heddle.api.ThrowingRunnable;

/** Runs something after a number of callbacks one behind the other, so behind all that is ready now and soon. */
public final class Delay implements ThrowingRunnable {

    private final EventLoop loop;
    private final ThrowingRunnable then;
    private int left;

    public Delay(EventLoop loop, int turns, ThrowingRunnable then) {
        this.loop = loop;
        this.then = then;
        left = turns;
    }

    @Override
    public void run() throws Exception {
        if (left-- > 0) {
            loop.callSoon(this);
        } else {
            then.run();
        }
    }
}
