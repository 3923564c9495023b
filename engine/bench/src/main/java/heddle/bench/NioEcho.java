package heddle.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** The floor: an echo server as one writes it by hand, which does nothing else, and no more than it must. */
final class NioEcho {

    private NioEcho() {}

    static long run(int n, EchoClient client, int most) throws Exception {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            CompletableFuture<Long> echoes = client.start(server.socket().getLocalPort(), n);
            echoes.whenComplete((count, error) -> selector.wakeup());
            while (!echoes.isDone()) {
                selector.select(key -> selected(key, selector, most));
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return echoes.get();
        }
    }

    private static void selected(SelectionKey key, Selector selector, int most) {
        try {
            if (key.isAcceptable()) {
                SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
                accepted.configureBlocking(false);
                accepted.socket().setTcpNoDelay(true);
                accepted.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(most));
                return;
            }
            SocketChannel channel = (SocketChannel) key.channel();
            ByteBuffer buffer = (ByteBuffer) key.attachment();
            if (channel.read(buffer.clear()) < 0) {
                channel.close();
                return;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
