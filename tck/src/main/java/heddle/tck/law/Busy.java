package heddle.tck.law;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.sleep;

import heddle.api.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Keeps a loop busy: something of it is always ready. In each turn a byte goes through the loopback interface and is waited
 * for, so that what was sent before is there, too: time enough on any machine, since it takes longer where that does. A
 * system under load may let them overtake each other, so one of the turns has many such bytes.
 */
public final class Busy implements AutoCloseable {

    /** How many turns I/O may wait. */
    public static final int MOST_TURNS = 100;

    /** In which turn there are many bytes, early enough for an engine that looks at I/O every 64th. */
    private static final int LONG_TURN = 30;

    private static final int MANY = 2_000;

    private final Trial t;
    private final EventLoop loop;
    private final SocketChannel one;
    private final SocketChannel other;
    private boolean over;
    private int turns;

    private Busy(Trial t, EventLoop loop) throws IOException {
        this.t = t;
        this.loop = loop;
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(Wire.here(0))) {
            one = SocketChannel.open(listener.getLocalAddress());
            other = listener.accept();
        }
    }

    /** Keeps the running loop busy until it is closed, by a callback that schedules itself or by a task that yields. */
    public static Busy begin(Trial t, EventLoop loop, boolean byTask) throws IOException {
        Busy busy = new Busy(t, loop);
        if (byTask) {
            createTask(async(() -> {
                while (busy.goesOn()) {
                    await(sleep(0));
                }
            }));
        } else {
            loop.callSoon(busy::again);
        }
        return busy;
    }

    private void again() throws IOException {
        if (goesOn()) {
            loop.callSoon(this::again);
        }
    }

    /** One turn; false when it is over, so that an engine that looks at I/O only when it is idle comes to an end, too. */
    private boolean goesOn() throws IOException {
        if (!over) {
            over = ++turns > MOST_TURNS;
            for (int i = turns == LONG_TURN ? MANY : 1; i > 0; i--) {
                one.write(ByteBuffer.wrap(new byte[1]));
                other.read(ByteBuffer.allocate(1));
            }
        }
        return !over;
    }

    /** Says that {@code what} has come, and fails if that took too many turns. The next may take as many again. */
    public void came(String what) {
        t.check(!over, what + " came after more than " + MOST_TURNS + " turns");
        turns = 0;
    }

    @Override
    public void close() throws IOException {
        over = true;
        one.close();
        other.close();
    }
}
