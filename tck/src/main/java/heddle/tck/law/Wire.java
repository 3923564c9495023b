package heddle.tck.law;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.sleep;
import static heddle.dsl.Heddle.timeout;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import heddle.api.network.Network;
import heddle.api.spi.EngineOptions;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Two connected ends on a loop that has the machine's clock, for the laws about networks. */
public final class Wire {

    /** How long nothing may happen, in seconds: far more than loopback needs. */
    private static final double PATIENCE = 10;

    /** What a law does with it, in direct style. */
    public interface Body {
        void run(Wire wire) throws Exception;
    }

    public final EventLoop loop;
    public final Network network;
    public final Listener listener;
    private final List<Connection> connections = new ArrayList<>();

    private Wire(EventLoop loop) throws Exception {
        this.loop = loop;
        this.network = loop.network();
        this.listener = network.listen(here(0), 10, true);
    }

    /** Runs a law's body on a fresh loop, and closes what it opened. */
    public static void run(Trial t, Body body) throws Exception {
        EventLoop loop = t.newLoop(EngineOptions.DEFAULT);
        loop.runUntilComplete(async(() -> {
            Wire wire = new Wire(loop);
            try {
                timeout(PATIENCE, () -> body.run(wire));
            } catch (TimeoutException e) {
                throw t.fail("something that must happen didn't within " + PATIENCE + " seconds");
            } finally {
                wire.connections.forEach(Connection::close);
                wire.listener.close();
            }
        }));
    }

    public static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Two connected ends: the one that connected, and the one that was accepted. */
    public Connection[] pair() throws Exception {
        Future<Connection> accepted = listener.accept();
        Connection client = await(network.connect(listener.localAddress()));
        connections.add(client);
        Connection server = await(accepted);
        connections.add(server);
        return new Connection[] {client, server};
    }

    public void keep(Connection connection) {
        connections.add(connection);
    }

    /** Lets others run for some turns. */
    public static void turns(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            await(sleep(0));
        }
    }

    /** Bytes that tell their place. */
    public static byte[] bytes(int count, int which) {
        byte[] all = new byte[count];
        for (int i = 0; i < count; i++) {
            all[i] = (byte) (i * 31 + i / 251 + which);
        }
        return all;
    }

    /** Writes everything in pieces of the given sizes, by turns, and ends the stream. */
    public static void send(Trial t, Connection to, byte[] all, List<Integer> sizes, List<Integer> pauses)
            throws Exception {
        for (int at = 0, i = 0; at < all.length; i++) {
            int size = Math.min(all.length - at, sizes.get(i % sizes.size()));
            ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(all, at, at + size));
            t.equal(size, await(to.write(piece)), "the result of a write");
            t.equal(0, piece.remaining(), "what is left of a buffer that was written");
            at += size;
            turns(pauses.get(i % pauses.size()));
        }
        to.shutdownOutput();
    }

    /** Reads up to the end, into buffers of the given sizes. */
    public static byte[] receive(Trial t, Connection from, List<Integer> rooms, List<Integer> pauses) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; ; i++) {
            ByteBuffer into = ByteBuffer.allocate(rooms.get(i % rooms.size()));
            int count = await(from.read(into));
            if (count < 0) {
                return all.toByteArray();
            }
            t.check(count > 0, "a read gives at least a byte");
            t.equal(count, into.position(), "the position of a buffer that was read into");
            all.write(into.array(), 0, count);
            turns(pauses.get(i % pauses.size()));
        }
    }

    /** Fails unless the same bytes came as were sent. */
    public static void same(Trial t, byte[] sent, byte[] came) {
        int differs = Arrays.mismatch(sent, came);
        if (differs >= 0) {
            throw t.fail("of " + sent.length + " bytes " + came.length + " came, and they differ from byte " + differs);
        }
    }
}
