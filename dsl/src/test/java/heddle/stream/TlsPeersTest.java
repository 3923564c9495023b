package heddle.stream;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.network.Connection;
import heddle.stream.Certificates.Identity;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS where both ends show who they are, and where one end is done before the other. */
@Timeout(60)
class TlsPeersTest {

    private static Identity authority;
    private static Identity localhost;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = Certificates.authority("Test Authority");
        localhost = Certificates.signed(authority, "localhost", -1, 30);
    }

    /** Shows {@code own}, if there is one, and trusts the authority. */
    private static SSLContext context(Identity own) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authority.trusted());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (own != null) {
            keys.init(own.keys(), Certificates.PASSWORD);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Server greeter() throws Exception {
        return await(startServer(
                (reader, writer) -> async(() -> {
                    try (writer) {
                        var session = Tls.sessionOf(writer.connection());
                        writer.write("hello " + session.getPeerPrincipal().getName() + "\n");
                        await(reader.readLine());
                    }
                }),
                "localhost",
                0,
                ServerOptions.DEFAULT.withTls(Tls.server(context(localhost)).withClientCertificates())));
    }

    private static Streams connect(Server server, Identity client) throws Exception {
        Tls tls = Tls.client(context(client));
        return await(openConnection("localhost", server.port(), ConnectOptions.DEFAULT.withTls(tls)));
    }

    @Test
    void clientCertificate_trusted_isKnownToTheServer() throws Exception {
        run(() -> {
            Server server = greeter();
            try (Streams streams = connect(server, Certificates.signed(authority, "alice", -1, 30))) {
                assertEquals("hello CN=alice", await(streams.reader().readLine()));
            }
            server.close();
        });
    }

    @Test
    void clientCertificate_missingOrUntrusted_isRefused_andBothEndsSaySo() throws Exception {
        List<String> reports = new ArrayList<>();
        run(() -> {
            EventLoop.running().setDebug(true); // else a failed handshake is no news
            EventLoop.running().setExceptionHandler((loop, report) -> {
                if (report.exception() instanceof SSLException e) {
                    reports.add(e.getMessage());
                }
            });
            Server server = greeter();
            for (Identity client : new Identity[] {
                null,
                Certificates.signed(Certificates.authority("Test Authority"), "mallory", -1, 30),
                Certificates.signed(authority, "old", -30, -1)
            }) {
                var e = assertThrows(SSLException.class, () -> {
                    try (Streams streams = connect(server, client)) {
                        await(streams.reader().readLine()); // in TLS 1.3 the refusal comes after the handshake
                    }
                });
                assertTrue(e.getMessage().contains("certificate"), e.getMessage());
            }
            try (Streams streams = connect(server, Certificates.signed(authority, "bob", -1, 30))) {
                assertEquals("hello CN=bob", await(streams.reader().readLine()));
            }
            server.close();
        });
        assertEquals(3, reports.size(), reports::toString);
        assertTrue(reports.get(0).contains("the client showed no certificate"), reports.get(0));
        assertTrue(reports.get(1).contains("no TLS with"), reports.get(1));
        assertTrue(reports.get(2).contains("has expired"), reports.get(2));
    }

    @Test
    void notYetValid_isRefused() throws Exception {
        run(() -> {
            Identity early = Certificates.signed(authority, "localhost", 10, 30);
            Server server = await(startServer(
                    StreamsTest::echo, "localhost", 0, ServerOptions.DEFAULT.withTls(Tls.server(context(early)))));
            var e = assertThrows(SSLHandshakeException.class, () -> connect(server, null));
            assertTrue(e.getMessage().contains("isn't valid yet"), e.getMessage());
            server.close();
        });
    }

    @Test
    void halfClose_peerAnswersAfterTheEnd() throws Exception {
        run(() -> {
            Server server = await(startServer(
                    (reader, writer) -> async(() -> {
                        try (writer) {
                            byte[] question = await(reader.read());
                            writer.write("answer to " + question.length);
                            await(writer.drain());
                        }
                    }),
                    "localhost",
                    0,
                    ServerOptions.DEFAULT.withTls(Tls.server(context(localhost)))));
            for (int size : new int[] {0, 1, 100_000}) {
                try (Streams streams = connect(server, null)) {
                    streams.writer().write(new byte[size]);
                    streams.writer().writeEof();
                    assertEquals(
                            "answer to " + size,
                            new String(await(streams.reader().read()), UTF_8));
                }
            }
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void connection_refusesWhatAPlainOneDoes() throws Exception {
        run(() -> {
            Server server = await(startServer(
                    (reader, writer) -> async(() -> {
                        try (writer) {
                            await(sleep(60)); // it reads nothing
                        }
                    }),
                    "localhost",
                    0,
                    ServerOptions.DEFAULT.withTls(Tls.server(context(localhost)))));
            try (Streams streams = connect(server, null)) {
                Connection connection = streams.writer().connection();
                assertThrows(IllegalArgumentException.class, () -> connection.read(ByteBuffer.allocate(0)));
                Future<Integer> write = connection.write(ByteBuffer.allocate(32 * 1024 * 1024));
                assertThrows(IllegalStateException.class, connection::shutdownOutput);
                assertThrows(IllegalStateException.class, () -> connection.write(ByteBuffer.allocate(1)));
                connection.close();
                assertThrows(ClosedChannelException.class, write::result);
                assertThrows(ClosedChannelException.class, connection::shutdownOutput);
            }
            server.close();
        });
    }
}
