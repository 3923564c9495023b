package heddle.stream;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.sleep;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.CancelledError;
import heddle.api.Task;
import heddle.dsl.Chain;
import heddle.stream.Certificates.Identity;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsTest {

    private static Identity authority;
    private static Identity localhost;
    private static Tls trusting;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = Certificates.authority("Test Authority");
        localhost = Certificates.signed(authority, "localhost", -1, 30);
        trusting = Tls.clientTrusting(authority.trusted());
    }

    private static Tls serving(Identity identity) throws Exception {
        return Tls.server(identity.keys(), Certificates.PASSWORD);
    }

    private static Chain<Server> echoServer(Tls tls) {
        return startServer(StreamsTest::echo, "localhost", 0, ServerOptions.DEFAULT.withTls(tls));
    }

    private static Chain<Streams> connect(Server server, String host, Tls tls) {
        return openConnection(host, server.port(), ConnectOptions.DEFAULT.withTls(tls));
    }

    private static void echoes(Server server, String host, Tls tls) throws Exception {
        try (Streams streams = await(connect(server, host, tls))) {
            streams.writer().write("hello\n");
            assertEquals("hello", await(streams.reader().readLine()));
            assertNotNull(Tls.sessionOf(streams.writer().connection()));
        }
    }

    /** What a client says of a server that it must not trust; and the server serves the next one. */
    private static String refusal(Identity server, String host) throws Exception {
        String[] message = new String[1];
        run(() -> {
            Server bad = await(echoServer(serving(server)));
            var e = assertThrows(SSLHandshakeException.class, () -> await(connect(bad, host, trusting)));
            message[0] = e.getMessage();
            echoes(bad, host, Tls.client().insecureAnyCertificate());
            bad.close();
        });
        return message[0];
    }

    @Test
    void trustedServer_isTalkedTo() throws Exception {
        run(() -> {
            Server server = await(echoServer(serving(localhost)));
            for (int i = 0; i < 5; i++) {
                echoes(server, "localhost", trusting);
            }
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void wrongHost_isRefused() throws Exception {
        String message = refusal(Certificates.signed(authority, "other.example", -1, 30), "localhost");
        assertTrue(message.contains("for another host"), message);
    }

    @Test
    void expired_isRefused() throws Exception {
        String message = refusal(Certificates.signed(authority, "localhost", -30, -1), "localhost");
        assertTrue(message.contains("has expired"), message);
    }

    @Test
    void selfSigned_isRefused() throws Exception {
        String message = refusal(Certificates.selfSigned("localhost"), "localhost");
        assertTrue(message.contains("isn't signed by anybody trusted"), message);
    }

    @Test
    void insecureAnyHost_stillVerifiesTheChain() throws Exception {
        run(() -> {
            Identity other = Certificates.signed(authority, "other.example", -1, 30);
            Server server = await(echoServer(serving(other)));
            echoes(server, "localhost", trusting.insecureAnyHost());
            echoes(server, "localhost", trusting.withServerName("other.example"));
            server.close();
            Server self = await(echoServer(serving(Certificates.selfSigned("localhost"))));
            assertThrows(
                    SSLHandshakeException.class, () -> await(connect(self, "localhost", trusting.insecureAnyHost())));
            self.close();
        });
    }

    @Test
    void truncated_isAnError_andNoEnd() throws Exception {
        run(() -> {
            Server server = await(startServer(
                    (reader, writer) -> async(() -> {
                        writer.write("half of it");
                        await(sleep(0.01));
                        ((TlsConnection) writer.connection()).inner().close(); // no close_notify
                    }),
                    "localhost",
                    0,
                    ServerOptions.DEFAULT.withTls(serving(localhost))));
            try (Streams streams = await(connect(server, "localhost", trusting))) {
                var e = assertThrows(
                        SSLException.class, () -> await(streams.reader().read()));
                assertTrue(e.getMessage().contains("truncated"), e.getMessage());
                assertEquals("half of it", new String(await(streams.reader().read(100)), UTF_8));
            }
            server.close();
        });
    }

    @Test
    void closedProperly_isTheEnd() throws Exception {
        run(() -> {
            Server server = await(startServer(
                    (reader, writer) -> async(() -> {
                        writer.write("all of it");
                        writer.close();
                    }),
                    "localhost",
                    0,
                    ServerOptions.DEFAULT.withTls(serving(localhost))));
            for (int i = 0; i < 10; i++) {
                try (Streams streams = await(connect(server, "localhost", trusting))) {
                    assertEquals("all of it", new String(await(streams.reader().read()), UTF_8));
                }
            }
            server.close();
        });
    }

    @Test
    void applicationProtocol_isAgreedOn() throws Exception {
        run(() -> {
            Server server = await(echoServer(serving(localhost).withApplicationProtocols("two", "one")));
            try (Streams streams =
                    await(connect(server, "localhost", trusting.withApplicationProtocols("one", "zero")))) {
                assertEquals("one", Tls.applicationProtocolOf(streams.writer().connection()));
            }
            try (Streams streams = await(connect(server, "localhost", trusting))) {
                assertNull(Tls.applicationProtocolOf(streams.writer().connection()));
            }
            server.close();
        });
    }

    @Test
    void garbageOnATlsPort_harmsNobody() throws Exception {
        run(() -> {
            Server server = await(echoServer(serving(localhost)));
            try (Streams garbage = await(openConnection("localhost", server.port()))) {
                garbage.writer().write("GET / HTTP/1.0\r\n\r\n");
                await(garbage.reader().read());
            }
            Streams silent = await(openConnection("localhost", server.port()));
            echoes(server, "localhost", trusting);
            silent.close();
            server.close();
            Server plain = await(startServer(
                    (reader, writer) -> async(() -> {
                        writer.write("220 this is no TLS\n");
                        writer.close();
                    }),
                    "localhost",
                    0));
            Task<Streams> talk = createTask(connect(plain, "localhost", trusting));
            var e = assertThrows(SSLHandshakeException.class, () -> await(talk));
            assertTrue(e.getMessage().contains("no TLS with"), e.getMessage());
            plain.close();
        });
    }

    @Test
    void handshake_cancelled_closesTheConnection() throws Exception {
        run(() -> {
            Server silent = await(startServer((reader, writer) -> async(() -> await(reader.read())), "localhost", 0));
            Task<Streams> talk = createTask(connect(silent, "localhost", trusting));
            await(sleep(0.02));
            talk.cancel();
            assertThrows(CancelledError.class, () -> await(talk));
            silent.close();
            silent.closeClients();
            await(silent.waitClosed());
        });
    }

    @Test
    void manyBytes_bothWays_withCancelledReads_arrive() throws Exception {
        run(() -> {
            Server server = await(startServer(
                    (reader, writer) -> async(() -> {
                        try (writer) {
                            for (byte[] some = await(reader.read(10_000)); some.length > 0; ) {
                                writer.write(some);
                                await(writer.drain());
                                some = await(reader.read(10_000));
                            }
                        }
                    }),
                    "localhost",
                    0,
                    ServerOptions.DEFAULT.withTls(serving(localhost))));
            byte[] sent = new byte[3_000_000];
            Random random = new Random(8);
            random.nextBytes(sent);
            try (Streams streams = await(connect(server, "localhost", trusting))) {
                Task<?> sender = createTask(async(() -> {
                    for (int at = 0; at < sent.length; ) {
                        int to = Math.min(sent.length, at + 1 + random.nextInt(30_000));
                        streams.writer().write(Arrays.copyOfRange(sent, at, to));
                        await(streams.writer().drain());
                        at = to;
                    }
                }));
                MessageDigest received = MessageDigest.getInstance("SHA-256");
                for (int left = sent.length; left > 0; ) {
                    Task<byte[]> read = createTask(streams.reader().read(1 + random.nextInt(20_000)));
                    for (int turn = random.nextInt(5); turn > 0; turn--) {
                        await(sleep(0));
                    }
                    read.cancel();
                    try {
                        byte[] some = await(read);
                        received.update(some);
                        left -= some.length;
                    } catch (CancelledError e) {
                        // the next one gets it
                    }
                }
                await(sender);
                assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(sent), received.digest());
            }
            server.close();
        });
    }
}
