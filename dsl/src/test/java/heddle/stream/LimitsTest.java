package heddle.stream;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.timeout;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.api.network.Connection;
import heddle.dsl.Chain;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are silent, slow, rude or gone; the server lives, and serves the others. */
@Timeout(120)
class LimitsTest {

    /** How many silent connections: each takes two descriptors, and a machine may allow few. */
    private static final int SILENT = Integer.getInteger("heddle.test.silent", 300);

    private static String ask(int port, String question) throws Exception {
        try (Streams streams = await(openConnection("127.0.0.1", port))) {
            streams.writer().write(question + "\n");
            return await(streams.reader().readLine());
        }
    }

    private static Chain<Void> impatient(StreamReader reader, StreamWriter writer, double patience) {
        return async(() -> {
            try {
                for (String line = next(reader, patience); line != null; line = next(reader, patience)) {
                    writer.write(line + "\n");
                    await(writer.drain());
                }
            } catch (TimeoutException e) {
                writer.write("too slow\n");
            } finally {
                writer.close();
            }
        });
    }

    private static String next(StreamReader reader, double patience) throws Exception {
        return timeout(patience, () -> await(reader.readLine()));
    }

    @Test
    void silentConnections_byTheHundred_costTheOthersNothing() throws Exception {
        run(() -> {
            var options = ServerOptions.DEFAULT.withBacklog(SILENT);
            Server server = await(startServer(StreamsTest::echo, "127.0.0.1", 0, options));
            List<Streams> silent = new ArrayList<>();
            for (int i = 0; i < SILENT; i += 100) {
                List<Chain<Streams>> some = new ArrayList<>();
                for (int j = i; j < Math.min(SILENT, i + 100); j++) {
                    some.add(openConnection("127.0.0.1", server.port()));
                }
                silent.addAll(await(gather(some)));
            }
            assertEquals(SILENT, silent.size());
            assertEquals("hello", ask(server.port(), "hello"));
            assertEquals("late", lateWord(silent.get(SILENT - 1)));
            silent.forEach(Streams::close);
            server.close();
            await(server.waitClosed());
        });
    }

    private static String lateWord(Streams streams) throws Exception {
        streams.writer().write("late\n");
        return await(streams.reader().readLine());
    }

    @Test
    void clientThatDripsBytes_isLetGo_andTheOthersAreServed() throws Exception {
        run(() -> {
            Server server = await(startServer((r, w) -> impatient(r, w, 0.3), "127.0.0.1", 0));
            try (Streams slow = await(openConnection("127.0.0.1", server.port()))) {
                Task<?> dripping = createTask(async(() -> {
                    while (true) { // each byte comes in time, the line never does
                        slow.writer().write("x");
                        await(sleep(0.02));
                    }
                }));
                assertEquals("hello", ask(server.port(), "hello"));
                assertEquals("too slow", lastWord(slow.reader()));
                dripping.cancel();
                assertThrows(CancelledError.class, () -> await(dripping));
            }
            server.close();
            await(server.waitClosed());
        });
    }

    /** What the server said before it closed; a byte that came meanwhile makes a reset of that, which may overtake it. */
    private static String lastWord(StreamReader reader) throws Exception {
        try {
            return await(reader.readLine());
        } catch (IOException e) {
            return "too slow";
        }
    }

    @Test
    void lineOverTheLimit_isAnError_andTheServerLives() throws Exception {
        List<String> reports = new ArrayList<>();
        run(() -> {
            EventLoop.running().setExceptionHandler((loop, report) -> reports.add("" + report.exception()));
            var options = ServerOptions.DEFAULT.withLimit(1000);
            Server server = await(startServer(StreamsTest::echo, "127.0.0.1", 0, options));
            assertNull(ask(server.port(), "x".repeat(5000)));
            assertEquals("short", ask(server.port(), "short"));
            server.close();
            await(server.waitClosed());
        });
        assertEquals(1, reports.size(), reports::toString);
        assertTrue(
                reports.get(0).contains("LimitOverrunException")
                        && reports.get(0).contains("1000"),
                reports.get(0));
    }

    @Test
    void usesAfterClose_sayWhat() throws Exception {
        run(() -> {
            Server server = await(startServer(StreamsTest::echo, "127.0.0.1", 0));
            Streams streams = await(openConnection("127.0.0.1", server.port()));
            streams.close();
            await(streams.writer().waitClosed());
            var e = assertThrows(
                    IllegalStateException.class, () -> streams.writer().write("x"));
            assertTrue(e.getMessage().contains("close()"), e.getMessage());
            assertNull(await(streams.reader().readLine()));
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void reader_tenThousandRandomSplits_cancelledAtEachTurn_losesNoByte() throws Exception {
        Random random = new Random(5);
        byte[] sent = new byte[300_000];
        random.nextBytes(sent);
        run(() -> {
            int[] splits = new int[1];
            Connection drips = drips(sent, random, splits);
            StreamReader reader = new StreamReader(drips, StreamReader.DEFAULT_LIMIT);
            MessageDigest received = MessageDigest.getInstance("SHA-256");
            int cancelled = 0;
            while (!reader.atEof()) {
                int size = 1 + random.nextInt(60);
                Task<byte[]> read = createTask(random.nextBoolean() ? reader.read(size) : reader.readExactly(size));
                for (int turn = random.nextInt(6); turn > 0 && !read.done(); turn--) {
                    await(sleep(0));
                }
                read.cancel();
                try {
                    received.update(await(read));
                } catch (CancelledError e) {
                    cancelled++;
                } catch (IncompleteReadException e) {
                    received.update(e.partial());
                }
            }
            assertTrue(splits[0] >= 10_000 && cancelled > 1000, splits[0] + " splits, " + cancelled + " cancelled");
            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(sent), received.digest());
        });
    }

    /** A connection from which the bytes come in random pieces, some turns after they are asked for. */
    private static Connection drips(byte[] all, Random random, int[] splits) {
        int[] at = new int[1];
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "read" -> drip((ByteBuffer) arguments[0], all, at, random, splits);
                    case "isOpen" -> true;
                    default -> null;
                });
    }

    private static Future<Integer> drip(ByteBuffer into, byte[] all, int[] at, Random random, int[] splits) {
        EventLoop loop = EventLoop.running();
        Promise<Integer> read = loop.createFuture();
        dripLater(loop, random.nextInt(4), () -> {
            if (read.done()) {
                return;
            }
            int count = Math.min(Math.min(into.remaining(), all.length - at[0]), 1 + random.nextInt(50));
            into.put(all, at[0], count);
            at[0] += count;
            splits[0]++;
            read.setResult(count == 0 ? -1 : count);
        });
        return read;
    }

    private static void dripLater(EventLoop loop, int turns, Runnable drip) {
        loop.callSoon(turns == 0 ? drip::run : () -> dripLater(loop, turns - 1, drip));
    }
}
