package heddle.tck.law;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;

import heddle.api.Future;
import heddle.api.Task;
import heddle.api.network.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The laws about what happens although callbacks are always ready. */
final class BusyLaws {

    /** More than fits into the buffer of an engine's own. */
    private static final int PIECE = 64 * 1024;

    /** How often it may be late: under load the system lets what the law waits for overtake what the engine waits for. */
    private static final int LATE = 3;

    private BusyLaws() {}

    @Law(value = "NET-13", tries = 8)
    static void busyLoopLooksAtIo(Trial t, Choices c) throws Exception {
        String what = c.oneOf("what", List.of("read", "end", "connect", "write"));
        boolean byTask = c.flag("a task is busy");
        int times = c.between("times", 1, 2);
        String late = "";
        for (int i = 0; i < LATE && late != null; i++) {
            late = late(t, what, byTask, times);
        }
        t.check(late == null, late + ", " + LATE + " times out of " + LATE);
    }

    /** What came too late on a busy loop, or null. */
    private static @Nullable String late(Trial t, String what, boolean byTask, int times) throws Exception {
        List<String> late = new ArrayList<>();
        // a write that goes on a bit isn't done, so between two that are there is another look
        int mostTurns = what.equals("write") ? 2 * Busy.MOST_TURNS : Busy.MOST_TURNS;
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            try (Busy busy = Busy.begin(wire.loop, mostTurns, byTask)) {
                switch (what) {
                    case "read" -> {
                        for (int i = 0; i < times; i++) {
                            Future<Integer> read = ends[1].read(ByteBuffer.allocate(1));
                            await(ends[0].write(ByteBuffer.wrap(new byte[1])));
                            busy.came("a write that fits");
                            await(read);
                            busy.came("a byte that was sent");
                        }
                    }
                    case "end" -> {
                        ends[0].shutdownOutput();
                        await(ends[1].read(ByteBuffer.allocate(1)));
                        busy.came("the end of the stream");
                    }
                    case "connect" -> {
                        for (int i = 0; i < times; i++) {
                            Future<Connection> accept = wire.listener.accept();
                            wire.keep(await(wire.network.connect(wire.listener.localAddress())));
                            busy.came("a connection to a listener");
                            wire.keep(await(accept));
                            busy.came("a connection of a client");
                        }
                    }
                    default -> writeGoesOn(ends, busy);
                }
                if (busy.late() != null) {
                    late.add(busy.late());
                }
            }
        });
        return late.isEmpty() ? null : late.get(0);
    }

    /** Writes until a write has to wait, and reads until it could go on: it left something behind to be read. */
    private static void writeGoesOn(Connection[] ends, Busy busy) throws Exception {
        Task<?> sender = createTask(async(() -> {
            boolean waited = false;
            while (!waited) {
                Future<Integer> write = ends[0].write(ByteBuffer.allocate(PIECE));
                waited = !write.done();
                await(write);
                busy.came("room for a write that had to wait");
            }
        }));
        while (!sender.done()) {
            await(ends[1].read(ByteBuffer.allocate(PIECE)));
            busy.came("a part of what was sent");
        }
        await(sender);
    }
}
