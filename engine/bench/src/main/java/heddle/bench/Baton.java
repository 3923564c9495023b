package heddle.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The floor of direct style on threads: one virtual thread hands a baton to others, one after the other, and gets it back. */
final class Baton {

    private final Thread loop = Thread.currentThread();
    private final Thread body;
    private volatile boolean bodysTurn;

    private Baton(int turns, long[] done) {
        body = Virtual.start(() -> {
            for (int i = 0; i < turns; i++) {
                while (!bodysTurn) {
                    LockSupport.park(this);
                }
                done[0]++;
                bodysTurn = false;
                LockSupport.unpark(loop);
            }
        });
    }

    private void switchTo() {
        bodysTurn = true;
        LockSupport.unpark(body);
        while (bodysTurn) {
            LockSupport.park(this);
        }
    }

    static long run(int bodies, int n) throws Exception {
        int turns = n / bodies;
        long[] done = new long[1];
        return Virtual.call(() -> {
            List<Baton> all = new ArrayList<>();
            for (int i = 0; i < bodies; i++) {
                all.add(new Baton(turns, done));
            }
            for (int i = 0; i < turns; i++) {
                for (Baton each : all) {
                    each.switchTo();
                }
            }
            return done[0];
        });
    }
}
