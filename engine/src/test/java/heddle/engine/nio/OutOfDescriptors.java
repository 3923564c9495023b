package heddle.engine.nio;

import static java.nio.charset.StandardCharsets.UTF_8;

import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import heddle.api.spi.EngineOptions;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A program that runs with few descriptors: it takes them all, has clients knock, and gives them back. */
final class OutOfDescriptors {

    private static final int CLIENTS = 5;

    private OutOfDescriptors() {}

    public static void main(String[] args) throws Exception {
        EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);
        int[] turns = new int[1];
        loop.addObserver(new heddle.api.LoopObserver() {
            @Override
            public void turnBegins() {
                turns[0]++;
            }
        });
        Deque<FileInputStream> all = new ArrayDeque<>();
        loop.setExceptionHandler((l, report) -> System.out.println(report.kind() + " " + report.message()));
        Listener listener = loop.network().listen(Pair.ANY, 50, true);
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        // a connection beforehand, so that all classes are loaded
        Future<Connection> warm = listener.accept();
        loop.runUntilComplete(loop.network().connect(address)).close();
        loop.runUntilComplete(warm).close();
        loop.callExceptionHandler(
                new ErrorReport(ErrorReport.Kind.CALLBACK, "warm", new IOException("warm"), null, null));
        Promise<String> enough = loop.createFuture();
        loop.callLater(0.01, () -> enough.setResult("enough"));
        loop.runUntilComplete(enough);
        Promise<Integer> read = loop.createFuture();
        acceptAndRead(loop, listener, 0, read);
        loop.callLater(1.5, () -> {
            while (!all.isEmpty()) {
                all.pop().close();
            }
        });
        // several, for the JVM itself may hold a descriptor just while we take the rest, and so leave one over
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(address.getAddress(), address.getPort());
            client.getOutputStream().write("hello".getBytes(UTF_8));
            clients.add(client);
        }
        // the system has accepted them for us; now there is no descriptor for them
        try {
            while (true) {
                all.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException full) {
            // that is what was wanted
        }
        int bytes = loop.runUntilComplete(read);
        System.out.println("read " + bytes + (turns[0] < 50 ? " calmly" : " in " + turns[0] + " turns"));
    }

    /** Accepts one client after the other, reads what each says, and completes {@code read} with the bytes of all. */
    private static void acceptAndRead(EventLoop loop, Listener listener, int before, Promise<Integer> read) {
        Future<Connection> accepted = listener.accept();
        accepted.addDoneCallback(done -> {
            ByteBuffer into = ByteBuffer.allocate(10);
            Future<Integer> some = accepted.result().read(into);
            some.addDoneCallback(d -> {
                int bytes = before + some.result();
                if (bytes == CLIENTS * 5) {
                    read.setResult(bytes);
                } else {
                    acceptAndRead(loop, listener, bytes, read);
                }
            });
        });
    }
}
