package heddle.stream;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.timeout;
import static heddle.stream.Io.openConnection;
import static heddle.stream.Io.startServer;
import static heddle.stream.Os.createSubprocess;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heddle.api.ThrowingConsumer;
import heddle.dsl.Chain;
import heddle.stream.Certificates.Identity;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Talks with programs that nobody here wrote, where they are installed. */
@Timeout(90)
class InteropTest {

    /** Sends back each line of its client, and closes after "quit"; at the client's end it says how much came. */
    private static Chain<Void> serve(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                int size = 0;
                for (String line : heddle.dsl.Heddle.each(reader)) {
                    size += line.length();
                    writer.write(line + "\n");
                    await(writer.drain());
                    if (line.equals("quit")) {
                        return;
                    }
                }
                writer.write("end after " + size + "\n");
            }
        });
    }

    private static void needs(String... command) throws Exception {
        boolean works;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            works = process.waitFor() <= 1;
        } catch (IOException e) {
            works = false;
        }
        assumeTrue(works, "not installed here: " + command[0]);
    }

    private static void serving(ServerOptions options, ThrowingConsumer<Server> body) throws Exception {
        run(() -> timeout(60, () -> {
            try (Server server = await(startServer(InteropTest::serve, "127.0.0.1", 0, options))) {
                body.accept(server);
            }
        }));
    }

    /** What a program prints that is given {@code input}; it must end well. */
    private static String output(String input, String... command) throws Exception {
        var output = await(await(createSubprocess(command)).communicate(input.getBytes(UTF_8)));
        assertEquals(0, output.returnCode(), output::errorText);
        return output.text();
    }

    @Test
    void pythonAsyncio_isAClient() throws Exception {
        needs("python3", "--version");
        String client = String.join(
                "\n",
                "import asyncio, sys",
                "async def main():",
                "    reader, writer = await asyncio.open_connection('127.0.0.1', int(sys.argv[1]))",
                "    size = 0",
                "    for i in range(200):",
                "        line = b'x' * (i * i) + b'\\n'",
                "        size += i * i",
                "        writer.write(line)",
                "        await writer.drain()",
                "        assert await reader.readline() == line, i",
                "    writer.write_eof()",
                "    print((await reader.read()).decode(), size)",
                "    writer.close()",
                "    await writer.wait_closed()",
                "asyncio.run(main())");
        serving(
                ServerOptions.DEFAULT,
                server -> assertEquals(
                        "end after 2646700\n 2646700\n", output("", "python3", "-c", client, "" + server.port())));
    }

    @Test
    void pythonAsyncio_isAServer() throws Exception {
        needs("python3", "--version");
        String server = String.join(
                "\n",
                "import asyncio",
                "async def serve(reader, writer):",
                "    while data := await reader.read(1000):",
                "        writer.write(data)",
                "        await writer.drain()",
                "    writer.close()",
                "async def main():",
                "    server = await asyncio.start_server(serve, '127.0.0.1', 0)",
                "    print(server.sockets[0].getsockname()[1], flush=True)",
                "    await server.serve_forever()",
                "asyncio.run(main())");
        byte[] much = new byte[2_000_000];
        new Random(4).nextBytes(much);
        run(() -> timeout(60, () -> {
            try (Subprocess python = await(createSubprocess("python3", "-c", server))) {
                int port = Integer.parseInt(await(python.stdout().readLine()));
                try (Streams streams = await(openConnection("127.0.0.1", port))) {
                    var reading = heddle.dsl.Heddle.createTask(streams.reader().read());
                    streams.writer().write(much);
                    streams.writer().writeEof();
                    assertArrayEquals(much, await(reading));
                }
            }
        }));
    }

    @Test
    void nc_isAClient() throws Exception {
        needs("nc", "-h");
        serving(
                ServerOptions.DEFAULT,
                server -> assertEquals(
                        "hello\nquit\n", output("hello\nquit\nmore\n", "nc", "127.0.0.1", "" + server.port())));
    }

    @Test
    void socat_isAClient_whichHalfCloses(@TempDir Path folder) throws Exception {
        needs("socat", "-V");
        serving(
                ServerOptions.DEFAULT,
                server -> assertEquals(
                        "hello\nworld\nend after 10\n",
                        output("hello\nworld\n", "socat", "-t", "30", "-", "TCP:127.0.0.1:" + server.port())));
        Path file = folder.resolve("socket");
        run(() -> timeout(60, () -> {
            try (Server server = await(Io.startUnixServer(InteropTest::serve, file))) {
                assertEquals(
                        UnixDomainSocketAddress.of(file), server.addresses().get(0));
                assertEquals(
                        "hello\nend after 5\n", output("hello\n", "socat", "-t", "30", "-", "UNIX-CONNECT:" + file));
            }
        }));
    }

    @Test
    void curl_isAClient() throws Exception {
        needs("curl", "--version");
        run(() -> timeout(60, () -> {
            try (Server server = await(startServer(
                    (reader, writer) -> async(() -> {
                        try (writer) {
                            String request = await(reader.readLine());
                            while (!await(reader.readLine()).isEmpty()) {
                                // the headers
                            }
                            writer.write("HTTP/1.1 200 OK\r\nContent-Length: " + request.length()
                                    + "\r\nConnection: close\r\n\r\n" + request);
                        }
                    }),
                    "127.0.0.1",
                    0))) {
                String page = "http://127.0.0.1:" + server.port() + "/a/page";
                assertEquals("GET /a/page HTTP/1.1", output("", "curl", "-s", "--noproxy", "*", page));
            }
        }));
    }

    // ---- TLS

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    @Test
    void openssl_isAClient(@TempDir Path folder) throws Exception {
        needs("openssl", "version");
        Identity authority = Certificates.authority("Test Authority");
        Identity localhost = Certificates.signed(authority, "localhost", -1, 30);
        Path trusted = pem(
                folder.resolve("ca.pem"), "CERTIFICATE", authority.certificate().getEncoded());
        serving(ServerOptions.DEFAULT.withTls(Tls.server(localhost.keys(), Certificates.PASSWORD)), server -> {
            String address = "127.0.0.1:" + server.port();
            String shown = output(
                    "hello\nquit\n",
                    "openssl",
                    "s_client",
                    "-quiet",
                    "-verify_return_error",
                    "-verify_hostname",
                    "localhost",
                    "-CAfile",
                    trusted.toString(),
                    "-connect",
                    address);
            assertEquals("hello\nquit\n", shown);
        });
    }

    @Test
    void openssl_isAServer(@TempDir Path folder) throws Exception {
        needs("openssl", "version");
        Identity authority = Certificates.authority("Test Authority");
        Identity localhost = Certificates.signed(authority, "localhost", -1, 30);
        Path certificate = pem(
                folder.resolve("cert.pem"),
                "CERTIFICATE",
                localhost.certificate().getEncoded());
        Path key = pem(folder.resolve("key.pem"), "PRIVATE KEY", localhost.key().getEncoded());
        run(() -> timeout(60, () -> {
            try (Subprocess openssl = await(createSubprocess(
                    "openssl",
                    "s_server",
                    "-accept",
                    "127.0.0.1:0",
                    "-rev",
                    "-cert",
                    certificate.toString(),
                    "-key",
                    key.toString()))) {
                String line;
                do {
                    line = await(openssl.stdout().readLine());
                    assumeTrue(line != null, "this openssl chooses no port");
                } while (!line.startsWith("ACCEPT "));
                int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                assumeTrue(port > 0, "this openssl doesn't say its port");
                Tls tls = Tls.clientTrusting(authority.trusted());
                try (Streams streams = await(openConnection("localhost", port, ConnectOptions.DEFAULT.withTls(tls)))) {
                    streams.writer().write("warp and weft\n");
                    assertEquals("tfew dna praw", await(streams.reader().readLine()));
                }
                assertTrue(openssl.returnCode() == null, "it serves on");
            }
        }));
    }
}
