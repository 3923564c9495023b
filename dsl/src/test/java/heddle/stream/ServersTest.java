package heddle.stream;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.openDatagram;
import static heddle.stream.Io.openUnixConnection;
import static heddle.stream.Io.startServer;
import static heddle.stream.Io.startUnixServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Task;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServersTest {

    @Test
    void openConnection_nobodyThere_saysWhichAddress() throws Exception {
        run(() -> {
            Server server = await(startServer(StreamsTest::echo, "127.0.0.1", 0));
            int port = server.port();
            server.close();
            var e = assertThrows(ConnectException.class, () -> await(openConnection("127.0.0.1", port)));
            assertTrue(e.getMessage().contains("127.0.0.1") && e.getMessage().contains("" + port), e.getMessage());
        });
    }

    @Test
    void openConnection_unknownHost_saysSo() throws Exception {
        var e = assertThrows(UnknownHostException.class, () -> run(openConnection("no.such.host.invalid", 80)));
        assertTrue(e.getMessage().contains("no.such.host.invalid"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> openConnection("localhost", 70_000));
    }

    @Test
    void startServer_portInUse_saysSo() throws Exception {
        run(() -> {
            Server server = await(startServer(StreamsTest::echo, "127.0.0.1", 0));
            var e = assertThrows(
                    BindException.class, () -> await(startServer(StreamsTest::echo, "127.0.0.1", server.port())));
            assertTrue(e.getMessage().contains("" + server.port()), e.getMessage());
            server.close();
            await(startServer(StreamsTest::echo, "127.0.0.1", server.port())).close();
        });
    }

    @Test
    void handler_thatFails_isReported_andTheServerLives() throws Exception {
        List<String> reports = new ArrayList<>();
        run(() -> {
            EventLoop.running()
                    .setExceptionHandler((loop, report) -> reports.add(
                            report.message() + ": " + report.exception().getMessage()));
            Server server = await(startServer(
                    (reader, writer) -> async(() -> {
                        String line = await(reader.readLine());
                        if ("bad".equals(line)) {
                            throw new IllegalArgumentException("bad line");
                        }
                        writer.write("good\n");
                        writer.close();
                    }),
                    "localhost",
                    0));
            try (Streams bad = await(openConnection("localhost", server.port()))) {
                bad.writer().write("bad\n");
                assertNull(await(bad.reader().readLine()));
            }
            try (Streams good = await(openConnection("localhost", server.port()))) {
                good.writer().write("good\n");
                assertEquals("good", await(good.reader().readLine()));
            }
            server.close();
            await(server.waitClosed());
        });
        assertEquals(List.of("Exception in the handler of a server: bad line"), reports);
    }

    @Test
    void serveForever_cancelled_closesTheServer() throws Exception {
        run(() -> {
            Server server = await(startServer(StreamsTest::echo, "localhost", 0));
            Task<?> serving = createTask(server.serveForever());
            try (Streams client = await(openConnection("localhost", server.port()))) {
                client.writer().write("hello\n");
                assertEquals("hello", await(client.reader().readLine()));
                serving.cancel();
                await(sleep(0));
                assertFalse(serving.done());
                assertFalse(server.isServing());
                client.writer().write("still served\n");
                assertEquals("still served", await(client.reader().readLine()));
                assertThrows(ConnectException.class, () -> await(openConnection("localhost", server.port())));
                Task<?> over = createTask(server.waitClosed());
                await(sleep(0));
                assertFalse(over.done());
                server.closeClients();
                await(over);
                assertThrows(CancelledError.class, () -> await(serving));
            }
        });
    }

    @Test
    void unixServer_serves(@TempDir Path folder) throws Exception {
        run(() -> {
            Path path = folder.resolve("socket");
            Server server = await(startUnixServer(StreamsTest::echo, path));
            try (Streams client = await(openUnixConnection(path))) {
                client.writer().write("unix\n");
                assertEquals("unix", await(client.reader().readLine()));
            }
            server.close();
            assertThrows(java.io.IOException.class, () -> await(openUnixConnection(folder.resolve("none"))));
        });
    }

    @Test
    void datagrams_cancelledReceive_losesNone() throws Exception {
        run(() -> {
            try (DatagramStream a = await(openDatagram("127.0.0.1", 0));
                    DatagramStream b = await(openDatagram("127.0.0.1", 0))) {
                List<String> got = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    Task<Datagram> receive = createTask(b.receive());
                    await(a.send(("m" + i).getBytes(UTF_8), b.localAddress()));
                    for (int turn = i % 4; turn > 0; turn--) {
                        await(sleep(0));
                    }
                    receive.cancel();
                    try {
                        got.add(await(receive).text());
                    } catch (CancelledError e) {
                        got.add(await(b.receive()).text());
                    }
                }
                for (int i = 0; i < 300; i++) {
                    assertEquals("m" + i, got.get(i));
                }
                assertEquals(a.localAddress(), sender(a, b));
            }
        });
    }

    private static Object sender(DatagramStream a, DatagramStream b) throws Exception {
        await(a.send(new byte[0], b.localAddress()));
        return await(b.receive()).from();
    }

    @Test
    void connecting_firstAddressDead_takesTheNext() throws Exception {
        run(() -> {
            Server server = await(startServer(StreamsTest::echo, "127.0.0.1", 0));
            InetSocketAddress live = (InetSocketAddress) server.addresses().get(0);
            Server gone = await(startServer(StreamsTest::echo, "127.0.0.1", 0));
            InetSocketAddress dead = (InetSocketAddress) gone.addresses().get(0);
            gone.close();
            // nobody answers at this address, which is for documentation
            InetSocketAddress silent =
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 9);
            ConnectOptions eager = ConnectOptions.DEFAULT.withHappyEyeballsDelay(0.01);
            for (List<InetSocketAddress> addresses :
                    List.of(List.of(dead, live), List.of(silent, dead, live), List.of(live, silent))) {
                var connection = await(new Connecting("test", addresses, eager));
                assertEquals(live, connection.remoteAddress());
                connection.close();
            }
            var e = assertThrows(
                    ConnectException.class, () -> await(new Connecting("test", List.of(dead, dead), eager)));
            assertEquals(2, e.getSuppressed().length, e.toString());
            Task<?> cancelled = createTask(new Connecting("test", List.of(silent, live), ConnectOptions.DEFAULT));
            await(sleep(0));
            cancelled.cancel();
            assertThrows(CancelledError.class, () -> await(cancelled));
            server.close();
        });
    }

    @Test
    void interleaved_takesTheFamiliesByTurns() throws Exception {
        List<InetSocketAddress> all = new ArrayList<>();
        for (String host : List.of("::1", "::2", "::3", "127.0.0.1", "127.0.0.2")) {
            all.add(new InetSocketAddress(InetAddress.getByName(host), 1));
        }
        List<InetSocketAddress> mixed = Connecting.interleaved(all);
        assertEquals(List.of(all.get(0), all.get(3), all.get(1), all.get(4), all.get(2)), mixed);
    }
}
