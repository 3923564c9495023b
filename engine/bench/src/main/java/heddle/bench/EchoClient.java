package heddle.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * What every echo server is asked by: a thread with many connections, each of which waits for its echo before it asks again. With
 * more than a thousand it is in a process of its own, for both ends of so many take more descriptors than a process may have.
 */
final class EchoClient {

    private static final int MANY = 1_000;

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
                        echoes.complete(connections > MANY ? runElsewhere(port, requests) : run(port, requests));
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
        Path classes = Path.of(EchoClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        EchoClient.class.getName(),
                        "" + port,
                        "" + requests,
                        "" + connections,
                        "" + size)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (process.waitFor() != 0) {
            throw new IOException("the client failed: " + output);
        }
        return Long.parseLong(output);
    }

    /** As {@link #runElsewhere} calls it: port, requests, connections, size. */
    public static void main(String[] args) throws IOException {
        EchoClient client = new EchoClient(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        System.out.println(client.run(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
    }

    private long run(int port, int requests) throws IOException {
        long[] echoes = new long[1];
        int[] left = {requests};
        int[] open = {Math.min(connections, requests)};
        try (Selector selector = Selector.open()) {
            for (int i = open[0]; i > 0; i--) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.configureBlocking(false);
                channel.socket().setTcpNoDelay(true);
                ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                channel.register(selector, SelectionKey.OP_READ, buffer);
                left[0]--;
                ask(channel, buffer);
            }
            while (open[0] > 0) {
                selector.select(key -> {
                    try {
                        SocketChannel channel = (SocketChannel) key.channel();
                        ByteBuffer buffer = (ByteBuffer) key.attachment();
                        if (channel.read(buffer) < 0) {
                            throw new IOException("the server closed a connection");
                        }
                        if (buffer.hasRemaining()) {
                            return;
                        }
                        echoes[0]++;
                        if (left[0]-- > 0) {
                            ask(channel, buffer);
                        } else {
                            channel.close();
                            open[0]--;
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }
        return echoes[0];
    }

    private static void ask(SocketChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
