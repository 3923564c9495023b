package heddle.stream;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.dsl.Chain;
import heddle.view.Why;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamsTest {

    /** Two connected pairs of streams, for a body. */
    interface Body {
        void run(Streams client, Streams server) throws Exception;
    }

    static void connected(Body body) throws Exception {
        connected(StreamReader.DEFAULT_LIMIT, body);
    }

    private static void connected(int limit, Body body) throws Exception {
        List<String> reports = new ArrayList<>();
        run(() -> {
            EventLoop.running().setExceptionHandler((loop, report) -> reports.add(report.message()));
            Promise<Streams> accepted = EventLoop.running().createFuture();
            Server server = await(startServer(
                    (reader, writer) -> async(() -> accepted.setResult(new Streams(reader, writer))),
                    "localhost",
                    0,
                    ServerOptions.DEFAULT.withLimit(limit)));
            Streams client = await(openConnection("localhost", server.port(), ConnectOptions.DEFAULT.withLimit(limit)));
            Streams peer = await(accepted);
            try {
                body.run(client, peer);
            } finally {
                client.close();
                peer.writer().abort();
                server.close();
            }
        });
        assertEquals(List.of(), reports);
    }

    @Test
    void why_ofAReader_namesThePeer() throws Exception {
        connected((client, server) -> {
            Task<?> reader = createTask(client.reader().readLine(), "reader");
            await(sleep(0));
            String why = Why.of(reader);
            assertTrue(why.matches("reader waits for read from .*, to be woken by the peer\\."), why);
            server.writer().write("now\n");
            assertEquals("now", await(reader));
        });
    }

    @Test
    void readLine_gives_linesOfBothKindsAndTheRest_thenNull() throws Exception {
        connected((client, server) -> {
            client.writer().write("one\ntwo\r\n\nl\u00e4st");
            client.writer().writeEof();
            assertEquals("one", await(server.reader().readLine()));
            assertEquals("two", await(server.reader().readLine()));
            assertEquals("", await(server.reader().readLine()));
            assertFalse(server.reader().atEof());
            assertEquals("l\u00e4st", await(server.reader().readLine()));
            assertNull(await(server.reader().readLine()));
            assertNull(await(server.reader().readLine()));
            assertTrue(server.reader().atEof());
        });
    }

    @Test
    void reads_ofAllKinds_shareTheBuffer() throws Exception {
        connected((client, server) -> {
            StreamReader reader = server.reader();
            client.writer().write("head\n12345a--b-||tail");
            client.writer().writeEof();
            assertEquals("head", await(reader.readLine()));
            assertEquals("12345", text(await(reader.readExactly(5))));
            assertEquals("a--b-||", text(await(reader.readUntil("-||".getBytes(UTF_8)))));
            assertEquals("", text(await(reader.read(0))));
            assertEquals("ta", text(await(reader.read(2))));
            assertEquals("il", text(await(reader.read())));
            assertEquals("", text(await(reader.read(10))));
            assertEquals("", text(await(reader.read())));
            assertEquals("", text(await(reader.readExactly(0))));
        });
    }

    @Test
    void reads_thatCannotBeSatisfied_holdWhatCame() throws Exception {
        connected((client, server) -> {
            client.writer().write("abc");
            client.writer().writeEof();
            var e = assertThrows(
                    IncompleteReadException.class, () -> await(server.reader().readExactly(5)));
            assertEquals("abc", text(e.partial()));
            assertEquals(5, e.expected());
            server.writer().write("no separator");
            server.writer().writeEof();
            e = assertThrows(
                    IncompleteReadException.class, () -> await(client.reader().readUntil(new byte[] {'|'})));
            assertEquals("no separator", text(e.partial()));
        });
    }

    @Test
    void lines_overTheLimit_failWithWhatWasRead() throws Exception {
        connected(10, (client, server) -> {
            client.writer().write("0123456789ABC\n");
            var e = assertThrows(
                    LimitOverrunException.class, () -> await(server.reader().readLine()));
            assertTrue(text(e.partial()).startsWith("0123456789A"), text(e.partial()));
            client.writer().write("012345678|0123456789|");
            client.writer().writeEof();
            byte[] bar = {'|'};
            await(server.reader().readUntil(bar));
            assertThrows(
                    LimitOverrunException.class, () -> await(server.reader().readUntil(bar)));
        });
    }

    @Test
    void limit_endlessLine_isNotGathered() throws Exception {
        connected(1000, (client, server) -> {
            Task<?> flood = createTask(async(() -> {
                byte[] much = new byte[100_000];
                while (true) {
                    client.writer().write(much);
                    await(client.writer().drain());
                }
            }));
            var e = assertThrows(
                    LimitOverrunException.class, () -> await(server.reader().readLine()));
            assertTrue(e.partial().length < 10_000, "" + e.partial().length);
            flood.cancel();
            server.writer().abort();
        });
    }

    @Test
    void read_second_failsAndHarmsNobody() throws Exception {
        connected((client, server) -> {
            Task<String> first = createTask(server.reader().readLine());
            await(sleep(0));
            assertThrows(
                    IllegalStateException.class, () -> await(server.reader().read()));
            client.writer().write("fine\n");
            assertEquals("fine", await(first));
        });
    }

    @Test
    void halfClose_peerAnswersAfterTheEnd() throws Exception {
        connected((client, server) -> {
            client.writer().write("question");
            client.writer().writeEof();
            assertThrows(IllegalStateException.class, () -> client.writer().write("more"));
            byte[] question = await(server.reader().read());
            server.writer().write("answer to " + text(question));
            server.close();
            assertEquals("answer to question", text(await(client.reader().read())));
            await(server.writer().waitClosed());
        });
    }

    @Test
    void drain_slowReader_suspendsAndBoundsWhatIsKept() throws Exception {
        connected((client, server) -> {
            StreamWriter writer = client.writer();
            int[] written = new int[1];
            byte[] piece = new byte[50_000];
            Task<?> sender = createTask(async(() -> {
                while (true) {
                    writer.write(piece);
                    written[0] += piece.length;
                    await(writer.drain());
                }
            }));
            int before = -1;
            for (int same = 0; same < 50; same = before == written[0] ? same + 1 : 0) {
                before = written[0];
                await(sleep(0.001));
            }
            assertTrue(writer.writeBufferSize() <= 64 * 1024 + piece.length, "" + writer.writeBufferSize());
            int stuck = written[0];
            while (written[0] < stuck + 2_000_000) {
                await(server.reader().read(100_000));
            }
            sender.cancel();
            writer.abort();
        });
    }

    @Test
    void reset_failsThePendingRead_andIsNobodyElses() throws Exception {
        connected((client, server) -> {
            Task<String> read = createTask(server.reader().readLine());
            await(sleep(0));
            client.writer().connection().setOption(StandardSocketOptions.SO_LINGER, 0);
            client.writer().abort();
            assertThrows(IOException.class, () -> await(read));
        });
    }

    @Test
    void reset_whileNobodyReads_reachesTheNextReaderAndTheWriter() throws Exception {
        connected((client, server) -> {
            client.writer().connection().setOption(StandardSocketOptions.SO_LINGER, 0);
            client.writer().abort();
            await(sleep(0.01));
            assertThrows(IOException.class, () -> await(server.reader().readLine()));
            server.writer().write("into the void");
            server.writer().write("into the void");
            assertThrows(IOException.class, () -> await(server.writer().drain()));
        });
    }

    @Test
    void close_pendingRead_ends() throws Exception {
        connected((client, server) -> {
            Task<String> read = createTask(server.reader().readLine());
            await(sleep(0));
            server.close();
            assertTrue(server.writer().isClosing());
            assertNull(await(read));
            assertNull(await(server.reader().readLine()));
            assertThrows(IllegalStateException.class, () -> server.writer().write("more"));
        });
    }

    @Test
    void reads_cancelledAtEachTurn_loseNoByte() throws Exception {
        connected((client, server) -> {
            Random random = new Random(11);
            byte[] sent = new byte[2_000_000];
            random.nextBytes(sent);
            Task<?> sender = createTask(async(() -> {
                for (int at = 0; at < sent.length; ) {
                    int to = Math.min(sent.length, at + 1 + random.nextInt(500));
                    client.writer().write(Arrays.copyOfRange(sent, at, to));
                    await(client.writer().drain());
                    at = to;
                    if (random.nextInt(3) == 0) {
                        await(sleep(0));
                    }
                }
                client.writer().writeEof();
            }));
            MessageDigest received = MessageDigest.getInstance("SHA-256");
            int reads = 0;
            int cancelled = 0;
            while (!server.reader().atEof()) {
                reads++;
                Task<byte[]> read = createTask(
                        random.nextBoolean()
                                ? server.reader().read(1 + random.nextInt(700))
                                : server.reader().readExactly(1 + random.nextInt(300)));
                for (int turn = random.nextInt(5); turn > 0 && !read.done(); turn--) {
                    await(sleep(0));
                }
                if (random.nextBoolean()) {
                    read.cancel();
                }
                try {
                    received.update(await(read));
                } catch (CancelledError e) {
                    cancelled++;
                } catch (IncompleteReadException e) {
                    received.update(e.partial());
                }
            }
            await(sender);
            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(sent), received.digest());
            assertTrue(reads > 3_000 && cancelled > 300, reads + " reads, " + cancelled + " cancelled");
        });
    }

    @Test
    void manyConnections_atOnce_areAllServed() throws Exception {
        run(() -> {
            Server server = await(startServer(StreamsTest::echo, "localhost", 0));
            List<Chain<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int me = i;
                clients.add(async(() -> {
                    try (Streams streams = await(openConnection("localhost", server.port()))) {
                        for (int n = 0; n < 20; n++) {
                            streams.writer().write(me + ":" + n + "\n");
                            assertEquals(me + ":" + n, await(streams.reader().readLine()));
                        }
                    }
                    return me;
                }));
            }
            assertEquals(100, await(gather(clients)).size());
            server.close();
            await(server.waitClosed());
        });
    }

    static Chain<Void> echo(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                for (String line = await(reader.readLine()); line != null; line = await(reader.readLine())) {
                    writer.write(line + "\n");
                    await(writer.drain());
                }
            }
        });
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
