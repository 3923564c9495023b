package heddle.bench;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.chain;
import static heddle.dsl.Heddle.fromCompletionStage;
import static heddle.dsl.Heddle.run;
import static heddle.stream.Io.startServer;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import heddle.bench.Workload.Kind;
import heddle.dsl.Chain;
import heddle.stream.ConnectionHandler;
import heddle.stream.Server;
import heddle.stream.StreamReader;
import heddle.stream.StreamWriter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An echo server with one thread: Heddle's streams, its connections without them, NIO by hand, and Netty. */
final class Echo {

    private static final int REQUESTS = 100_000;
    /** Enough of the large ones. */
    private static final int LARGE_REQUESTS = 20_000;

    private static final int FEW = 50;
    private static final int MANY = 10_000;
    /** How much a server reads at once; a large message whole. */
    private static final int MOST = 8 * 1024;

    /** Besides the connections: jars, selectors, and what else a JVM opens. */
    private static final int OTHER_FILES = 200;

    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    private Echo() {}

    static List<Workload> workloads() {
        return List.of(
                compared(workload("echo-16", FEW, 16)),
                compared(workload("echo-1024", FEW, 1024)),
                workload("echo-65536", FEW, 65536),
                workload("echo-many", MANY, 16));
    }

    private static Workload workload(String name, int connections, int size) {
        EchoClient client = new EchoClient(connections, size);
        int most = Math.max(MOST, size);
        return new Workload(
                        name,
                        "processor time of a server for an echo of " + size + " bytes, with " + connections
                                + " busy connections",
                        Kind.CPU,
                        size > MOST ? LARGE_REQUESTS : REQUESTS,
                        FEW,
                        n -> n)
                .opens(connections + OTHER_FILES)
                .calledBy(client.command(EchoClient.PORT, EchoClient.REQUESTS))
                .by("heddle", n -> streams(n, client, (r, w) -> steps(r, w, most)))
                .by("heddle-continuation", n -> streams(n, client, (r, w) -> body(r, w, most)), Continuation.FLAG)
                .by("heddle-connections", n -> connections(n, client, most))
                .by("nio", n -> NioEcho.run(n, client, most))
                .by("netty", n -> netty(n, client, NioIoHandler.newFactory(), NioServerSocketChannel.class))
                .by("netty-epoll", Epoll::isAvailable, n -> epoll(n, client), NATIVE);
    }

    /** What a request of usual size must cost at most. */
    private static Workload compared(Workload workload) {
        return workload.must("heddle", 1.1, "netty")
                .must("heddle-connections", 1.1, "netty")
                .aim("heddle", 1.0, "netty-epoll")
                .aim("heddle-connections", 1.0, "netty-epoll");
    }

    // ---- Heddle

    private static long streams(int n, EchoClient client, ConnectionHandler handler) throws Exception {
        return run(startServer(handler, "127.0.0.1", 0)
                .await(server ->
                        fromCompletionStage(client.start(server.port(), n)).tap(echoes -> end(server))));
    }

    private static void end(Server server) {
        server.close();
        server.abortClients();
    }

    private static Chain<?> steps(StreamReader reader, StreamWriter writer, int most) {
        return writer.drain()
                .await(reader.read(most))
                .tap(bytes -> writer.write(bytes))
                .repeatWhile(bytes -> bytes.length > 0)
                .eventually(writer::close);
    }

    private static Chain<Void> body(StreamReader reader, StreamWriter writer, int most) {
        return async(() -> {
            try (writer) {
                for (byte[] bytes = await(reader.read(most)); bytes.length > 0; bytes = await(reader.read(most))) {
                    writer.write(bytes);
                    await(writer.drain());
                }
            }
        });
    }

    private static long connections(int n, EchoClient client, int most) throws Exception {
        return run(chain(n).await(requests -> {
            Listener listener = EventLoop.running()
                    .network()
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100, true);
            accept(listener, most);
            int port = ((InetSocketAddress) listener.localAddress()).getPort();
            return fromCompletionStage(client.start(port, n)).tap(echoes -> listener.close());
        }));
    }

    private static void accept(Listener listener, int most) {
        listener.accept().addDoneCallback(accepted -> {
            if (accepted.exception() == null) {
                read(accepted.result(), ByteBuffer.allocateDirect(most));
                accept(listener, most);
            }
        });
    }

    private static void read(Connection connection, ByteBuffer buffer) {
        connection.read(buffer.clear()).addDoneCallback(read -> {
            if (read.exception() != null || read.result() < 0) {
                connection.close();
                return;
            }
            Future<Integer> write = connection.write(buffer.flip());
            if (write.done()) {
                read(connection, buffer);
            } else {
                write.addDoneCallback(done -> read(connection, buffer));
            }
        });
    }

    // ---- Netty

    private static long epoll(int n, EchoClient client) throws Exception {
        return netty(n, client, EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }

    private static long netty(
            int n, EchoClient client, IoHandlerFactory transport, Class<? extends ServerChannel> server)
            throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport);
        try {
            Channel listening = new ServerBootstrap()
                    .group(group)
                    .channel(server)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline().addLast(new NettyEcho());
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) listening.localAddress()).getPort();
            return client.start(port, n).get();
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        }
    }

    private static final class NettyEcho extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext channel, Object message) {
            channel.writeAndFlush(message, channel.voidPromise());
        }
    }
}
