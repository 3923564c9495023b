package heddle.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What every echo server is asked by: a thread with many connections, each of which waits for its echo before it asks again. It is
 * in a process of its own, but for a few requests: what the server costs is measured, not this.
 */
final class EchoClient {

    private static final int FEW_REQUESTS = 1_000;

    /** What stands in a {@link #command} for who knows it only later. */
    static final String PORT = "PORT";

    static final String REQUESTS = "REQUESTS";

    private final int connections;
    private final int size;

    /** A client with so many connections, whose messages have {@code size} bytes. */
    EchoClient(int connections, int size) {
        this.connections = connections;
        this.size = size;
    }

    /** Has {@code requests} messages echoed, all connections together. */
    CompletableFuture<Long> start(int port, int requests) {
        CompletableFuture<Long> echoes = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        echoes.complete(requests > FEW_REQUESTS ? runElsewhere(port, requests) : run(port, requests));
                    } catch (Throwable e) {
                        echoes.completeExceptionally(e);
                    }
                },
                "echo-client");
        thread.setDaemon(true);
        thread.start();
        return echoes;
    }

    private long runElsewhere(int port, int requests) throws Exception {
        Process process = new ProcessBuilder(command("" + port, "" + requests))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (process.waitFor() != 0) {
            throw new IOException("the client failed: " + output);
        }
        return Long.parseLong(output);
    }

    /** What starts this client in a process of its own, which prints how many echoes it got. */
    List<String> command(String port, String requests) {
        try {
            Path classes = Path.of(EchoClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classes.toString(),
                    EchoClient.class.getName(),
                    port,
                    requests,
                    "" + connections,
                    "" + size);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #command} calls it: port, requests, connections, size. */
    public static void main(String[] args) throws IOException {
        EchoClient client = new EchoClient(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        System.out.println(client.run(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
    }

    private long run(int port, int requests) throws IOException {
        Run run = new Run(requests, Math.min(connections, requests));
        try (Selector selector = Selector.open()) {
            for (int i = run.open; i > 0; i--) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.socket().setTcpNoDelay(true);
                ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                run.ask(channel, buffer);
                while (!run.read(channel, buffer)) {
                    // its first echo, before the next one comes: so the server can't be behind with accepting
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, buffer);
                run.goOn(channel, buffer);
            }
            while (run.open > 0) {
                selector.select(key -> {
                    try {
                        SocketChannel channel = (SocketChannel) key.channel();
                        ByteBuffer buffer = (ByteBuffer) key.attachment();
                        if (run.read(channel, buffer)) {
                            run.goOn(channel, buffer);
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }
        return run.echoes;
    }

    private static final class Run {
        private int left;
        private int open;
        private long echoes;

        Run(int requests, int connections) {
            left = requests - connections; // each asks once at first
            open = connections;
        }

        void ask(SocketChannel channel, ByteBuffer buffer) throws IOException {
            buffer.clear();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }

        /** Whether the echo is whole. */
        boolean read(SocketChannel channel, ByteBuffer buffer) throws IOException {
            if (channel.read(buffer) < 0) {
                throw new IOException("the server closed a connection");
            }
            return !buffer.hasRemaining();
        }

        void goOn(SocketChannel channel, ByteBuffer buffer) throws IOException {
            echoes++;
            if (left-- > 0) {
                ask(channel, buffer);
            } else {
                channel.close();
                open--;
            }
        }
    }
}
