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
import org.jspecify.annotations.Nullable;

/**
 * Keeps a loop busy: something of it is always ready. In the first turn after something came it waits until what was sent
 * before is there, too, by bytes of its own that go through the loopback interface: they take longer where all does. The
 * turns behind it are empty, so that an engine that looks at I/O by the clock alone has no time for that.
 */
public final class Busy implements AutoCloseable {

    /** How many turns I/O may wait. */
    public static final int MOST_TURNS = 100;

    /** How many bytes are waited for, one after another: a few tenths of a millisecond. */
    private static final int ROUND_TRIPS = 20;

    private final EventLoop loop;
    private final int mostTurns;
    private final SocketChannel one;
    private final SocketChannel other;
    private boolean over;
    private int turns;
    private @Nullable String late;

    private Busy(EventLoop loop, int mostTurns) throws IOException {
        this.loop = loop;
        this.mostTurns = mostTurns;
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(Wire.here(0))) {
            one = SocketChannel.open(listener.getLocalAddress());
            other = listener.accept();
        }
    }

    /** Keeps the running loop busy until it is closed, by a callback that schedules itself or by a task that yields. */
    public static Busy begin(EventLoop loop, int mostTurns, boolean byTask) throws IOException {
        Busy busy = new Busy(loop, mostTurns);
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
            over = ++turns > mostTurns;
            for (int i = turns == 1 ? ROUND_TRIPS : 0; i > 0; i--) {
                one.write(ByteBuffer.wrap(new byte[1]));
                other.read(ByteBuffer.allocate(1));
            }
        }
        return !over;
    }

    /** Says that {@code what} has come, perhaps in too many turns. The next may take as many again. */
    public void came(String what) {
        if (over && late == null) {
            late = what + " came after more than " + mostTurns + " turns";
        }
        turns = 0;
    }

    /** What came too late first, or null. */
    public @Nullable String late() {
        return late;
    }

    @Override
    public void close() throws IOException {
        over = true;
        one.close();
        other.close();
    }
}
