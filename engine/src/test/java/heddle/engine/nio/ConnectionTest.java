package heddle.engine.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.spi.EngineOptions;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionTest {

    private final EventLoop loop = new NioEngine().newEventLoop(EngineOptions.DEFAULT);
    private final List<String> reports = new ArrayList<>();
    private Connection client;
    private Connection server;
    private Pair pair;

    @BeforeEach
    void connect() throws Exception {
        loop.setExceptionHandler((l, report) -> reports.add(report.message()));
        pair = Pair.on(loop);
        client = pair.client();
        server = pair.server();
    }

    @AfterEach
    void close() {
        pair.close();
        loop.close();
        assertEquals(List.of(), reports);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String text(ByteBuffer read) {
        return new String(read.array(), 0, read.position(), UTF_8);
    }

    @Test
    void read_gives_whatWasWritten() throws Exception {
        assertEquals(5, loop.runUntilComplete(client.write(bytes("hello"))));
        ByteBuffer into = ByteBuffer.allocate(100);
        assertEquals(5, loop.runUntilComplete(server.read(into)));
        assertEquals("hello", text(into));
        assertEquals(client.localAddress(), server.remoteAddress());
        assertEquals(client.remoteAddress(), server.localAddress());
        assertTrue(client.toString().length() <= 70, client.toString());
    }

    @Test
    void read_beforeAnythingIsThere_waits() throws Exception {
        ByteBuffer into = ByteBuffer.allocate(100);
        Future<Integer> read = server.read(into);
        loop.callLater(0.01, () -> client.write(bytes("late")));
        assertEquals(4, loop.runUntilComplete(read));
        assertEquals("late", text(into));
    }

    @Test
    void read_second_isRefused() throws Exception {
        Future<Integer> read = server.read(ByteBuffer.allocate(1));
        assertThrows(IllegalStateException.class, () -> server.read(ByteBuffer.allocate(1)));
        read.cancel();
        Future<Integer> next = server.read(ByteBuffer.allocate(1));
        assertFalse(next.done());
        next.cancel();
        assertThrows(IllegalArgumentException.class, () -> client.read(ByteBuffer.allocate(0)));
    }

    @Test
    void shutdownOutput_peerReadsToTheEnd_andCanStillAnswer() throws Exception {
        loop.runUntilComplete(client.write(bytes("question")));
        client.shutdownOutput();
        ByteBuffer into = ByteBuffer.allocate(100);
        assertEquals(8, loop.runUntilComplete(server.read(into)));
        assertEquals(-1, loop.runUntilComplete(server.read(into)));
        assertEquals(-1, loop.runUntilComplete(server.read(into)));
        loop.runUntilComplete(server.write(bytes("answer")));
        ByteBuffer answer = ByteBuffer.allocate(100);
        assertEquals(6, loop.runUntilComplete(client.read(answer)));
        assertEquals("answer", text(answer));
    }

    @Test
    void write_slowReader_waitsUntilAllIsTaken() throws Exception {
        byte[] much = new byte[20_000_000];
        new Random(1).nextBytes(much);
        Future<Integer> write = client.write(ByteBuffer.wrap(much));
        assertFalse(write.done());
        ByteBuffer all = ByteBuffer.allocate(much.length);
        ByteBuffer part = ByteBuffer.allocate(1_000_000);
        while (all.hasRemaining()) {
            loop.runUntilComplete(server.read(part));
            all.put(part.flip());
            part.clear();
        }
        assertEquals(much.length, loop.runUntilComplete(write));
        assertArrayEquals(much, all.array());
    }

    @Test
    void reset_failsThePendingRead_andNothingElse() throws Exception {
        Pair other = Pair.on(loop);
        Future<Integer> read = server.read(ByteBuffer.allocate(10));
        Future<Integer> elsewhere = other.server().read(ByteBuffer.allocate(10));
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        assertThrows(IOException.class, () -> loop.runUntilComplete(read));
        assertFalse(elsewhere.done());
        loop.runUntilComplete(other.client().write(bytes("x")));
        assertEquals(1, loop.runUntilComplete(elsewhere));
        other.close();
    }

    @Test
    void reset_withNothingPending_arrivesAtTheNextOperation() throws Exception {
        loop.runUntilComplete(client.write(bytes("x")));
        assertEquals(1, loop.runUntilComplete(server.read(ByteBuffer.allocate(10))));
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        int[] turns = new int[1];
        Promise<String> soon = loop.createFuture();
        loop.addObserver(new heddle.api.LoopObserver() {
            @Override
            public void turnBegins() {
                turns[0]++;
            }
        });
        loop.callLater(0.05, () -> soon.setResult("later"));
        loop.runUntilComplete(soon);
        assertTrue(turns[0] < 20, () -> turns[0] + " turns: an error that nobody waits for makes it spin");
        assertThrows(IOException.class, () -> loop.runUntilComplete(server.read(ByteBuffer.allocate(10))));
    }

    @Test
    void close_pendingOperations_failAndLaterOnesToo() throws Exception {
        Future<Integer> read = client.read(ByteBuffer.allocate(10));
        Future<Integer> write = client.write(ByteBuffer.allocate(20_000_000));
        client.close();
        client.close();
        assertFalse(client.isOpen());
        for (Future<Integer> each :
                List.of(read, write, client.read(ByteBuffer.allocate(1)), client.write(ByteBuffer.allocate(1)))) {
            Exception e = assertThrows(ClosedChannelException.class, () -> loop.runUntilComplete(each));
            assertTrue(e.getMessage().contains("closed here"), e.getMessage());
        }
    }

    @Test
    void operations_cancelledAtAnyTurn_loseAndDoubleNoByte() throws Exception {
        Random random = new Random(5);
        byte[] sent = new byte[3_000_000];
        random.nextBytes(sent);
        MessageDigest received = MessageDigest.getInstance("SHA-256");
        Mover out = new Mover(random, ByteBuffer.wrap(sent));
        Promise<String> end = loop.createFuture();
        loop.callSoon(() -> sendSome(out));
        loop.callSoon(() -> readSome(random, received, new int[] {sent.length}, end));
        loop.runUntilComplete(end);
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(sent), received.digest());
        assertTrue(reads >= 10_000, () -> reads + " reads");
        assertTrue(cancelled >= 1_000, () -> "only " + cancelled + " of " + reads + " reads were cancelled");
    }

    private int reads;
    private int cancelled;

    private record Mover(Random random, ByteBuffer bytes) {}

    private void sendSome(Mover out) {
        if (!out.bytes.hasRemaining()) {
            return;
        }
        int size = Math.min(out.bytes.remaining(), 1 + out.random.nextInt(400));
        ByteBuffer piece = out.bytes.slice(out.bytes.position(), size);
        Future<Integer> write = client.write(piece);
        cancelAfter(write, out.random.nextInt(4));
        write.addDoneCallback(done -> {
            out.bytes.position(out.bytes.position() + piece.position());
            hop(out.random.nextInt(3), () -> sendSome(out));
        });
    }

    private void readSome(Random random, MessageDigest received, int[] left, Promise<String> end) {
        ByteBuffer into = ByteBuffer.allocate(1 + random.nextInt(500));
        Future<Integer> read = server.read(into);
        reads++;
        cancelAfter(read, random.nextInt(4));
        read.addDoneCallback(done -> {
            cancelled += done.cancelled() ? 1 : 0;
            left[0] -= into.position();
            received.update(into.flip());
            if (left[0] == 0) {
                end.setResult("all");
            } else {
                readSome(random, received, left, end);
            }
        });
    }

    private void cancelAfter(Future<?> operation, int turns) {
        hop(turns, operation::cancel);
    }

    private void hop(int turns, Runnable then) {
        if (turns == 0) {
            then.run();
        } else {
            loop.callSoon(() -> hop(turns - 1, then));
        }
    }
}
