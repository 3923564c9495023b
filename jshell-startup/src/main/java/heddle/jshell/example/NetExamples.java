package heddle.jshell.example;

import static heddle.dsl.Heddle.*;

import heddle.api.*;
import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** Connections and listeners of engines that claim {@code NETWORK}. */
final class NetExamples {
    private NetExamples() {}

    static void net1() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            await(client.write(ByteBuffer.wrap("a long letter".getBytes())));
            client.shutdownOutput();
            var small = ByteBuffer.allocate(4);
            while (await(server.read(small)) >= 0) {
                System.out.println("'" + new String(small.array(), 0, small.position()) + "'");
                small.clear();
            }
        }
    }

    static void net2() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            var given = ByteBuffer.allocate(100);
            server.read(given).cancel();
            await(client.write(ByteBuffer.wrap("a letter".getBytes())));
            var buffer = ByteBuffer.allocate(100);
            await(server.read(buffer));
            System.out.println(new String(buffer.array(), 0, buffer.position()));
            System.out.println("in the buffer of the cancelled read: " + given.position());
        }
    }

    static void net3() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            var large = ByteBuffer.allocate(20_000_000); // more than the system takes
            client.write(large).cancel();
            client.shutdownOutput();
            var buffer = ByteBuffer.allocate(1_000_000);
            int came = 0;
            for (int n = 0; n >= 0; n = await(server.read(buffer.clear()))) {
                came += n;
            }
            System.out.println("as many bytes came as the position says: " + (came == large.position()));
        }
    }

    static void net4() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            await(client.write(ByteBuffer.wrap("bye".getBytes())));
            client.close();
            var buffer = ByteBuffer.allocate(100);
            for (int read = 1; read <= 3; read++) {
                System.out.println(await(server.read(buffer)));
            }
        }
    }

    static void net5() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            client.shutdownOutput();
            var buffer = ByteBuffer.allocate(100);
            System.out.println("the server reads " + await(server.read(buffer)));
            await(server.write(ByteBuffer.wrap("an answer".getBytes())));
            System.out.println("the client reads " + await(client.read(buffer)) + " bytes");
        }
    }

    static void net6() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            var first = server.read(ByteBuffer.allocate(100));
            try {
                await(server.read(ByteBuffer.allocate(100)));
            } catch (IllegalStateException e) {
                System.out.println("the second read is refused");
            }
            await(client.write(ByteBuffer.wrap("a letter".getBytes())));
            System.out.println("the first reads " + await(first) + " bytes");
        }
    }

    static void net7() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            var pending = server.read(ByteBuffer.allocate(100));
            server.close();
            await(awaitAll(pending));
            System.out.println(pending.exception() instanceof ClosedChannelException);
            try {
                await(server.read(ByteBuffer.allocate(100)));
            } catch (ClosedChannelException e) {
                System.out.println("and it stays closed");
            }
        }
    }

    static void net8() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close(); // with that option, a reset
            try {
                await(server.read(ByteBuffer.allocate(100)));
            } catch (IOException e) {
                System.out.println("the connection was lost");
            }
        }
    }

    static void net9() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var listener = network.listen(here, 10, false);
        var address = listener.localAddress();
        listener.close(); // now nobody listens there
        try {
            await(network.connect(address));
        } catch (ConnectException e) {
            System.out.println("it says the address: " + e.getMessage().contains(address.toString()));
        }
    }

    static void net10() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false)) {
            listener.accept().cancel();
            try (var client = await(network.connect(listener.localAddress()));
                    var server = await(listener.accept())) {
                System.out.println(server.remoteAddress().equals(client.localAddress()));
            }
        }
    }

    static void net11() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            var write = client.write(ByteBuffer.allocate(20_000_000)); // more than the system takes
            await(sleep(0));
            System.out.println("done while nobody reads: " + write.done());
            var buffer = ByteBuffer.allocate(1_000_000);
            while (!write.done()) {
                await(server.read(buffer.clear()));
            }
            System.out.println("done: " + await(write) + " bytes");
        }
    }

    static void net12() throws Exception {
        var network = EventLoop.running().network();
        try (var listener = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10, false)) {
            var chosen = (InetSocketAddress) listener.localAddress();
            System.out.println("a port was chosen: " + (chosen.getPort() > 0));
            try {
                network.listen(chosen, 10, false);
            } catch (BindException e) {
                System.out.println("two can't have it");
            }
        }
    }

    static void net13() throws Exception {
        var network = EventLoop.running().network();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = network.listen(here, 10, false);
                var client = await(network.connect(listener.localAddress()));
                var server = await(listener.accept())) {
            var busy = createTask(async(() -> {
                while (true) {
                    await(sleep(0));
                }
            }));
            var read = server.read(ByteBuffer.allocate(100));
            await(client.write(ByteBuffer.wrap("a letter".getBytes())));
            System.out.println("a letter of " + await(read) + " bytes came, though somebody is always ready");
            busy.cancel();
        }
    }
}
