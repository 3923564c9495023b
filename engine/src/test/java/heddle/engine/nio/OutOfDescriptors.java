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
import java.util.Deque;

/** A program that runs with few descriptors: it takes them all, has a client knock, and gives them back. */
final class OutOfDescriptors {

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
        loop.callExceptionHandler(new ErrorReport(ErrorReport.Kind.CALLBACK, "warm", null, null, null));
        Promise<String> enough = loop.createFuture();
        loop.callLater(0.01, () -> enough.setResult("enough"));
        loop.runUntilComplete(enough);
        Future<Connection> accepted = listener.accept();
        loop.callLater(1.5, () -> {
            while (!all.isEmpty()) {
                all.pop().close();
            }
        });
        Socket client = new Socket(address.getAddress(), address.getPort());
        // the system has accepted it for us; now there is no descriptor for it
        try {
            while (true) {
                all.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException full) {
            // that is what was wanted
        }
        client.getOutputStream().write("hello".getBytes(UTF_8));
        Connection connection = loop.runUntilComplete(accepted);
        ByteBuffer into = ByteBuffer.allocate(10);
        loop.runUntilComplete(connection.read(into));
        System.out.println("read " + into.position() + (turns[0] < 50 ? " calmly" : " in " + turns[0] + " turns"));
    }
}
