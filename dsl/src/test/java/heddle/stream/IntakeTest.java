package heddle.stream;

import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** How much memory a reader takes: which buffers it offers to its connection. */
class IntakeTest {

    /** A connection that gives what it is told to, and remembers the buffers it was offered. */
    private static final class Giving {
        final Map<byte[], Boolean> buffers = new IdentityHashMap<>();
        final IntUnaryOperator amount;
        int reads;
        int largest;

        Giving(IntUnaryOperator amount) {
            this.amount = amount;
        }

        Connection connection() {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("read")) {
                            return read((ByteBuffer) arguments[0]);
                        }
                        return method.getName().equals("isOpen") ? true : null;
                    });
        }

        private Future<Integer> read(ByteBuffer into) {
            buffers.put(into.array(), true);
            largest = Math.max(largest, into.array().length);
            int count = Math.min(into.remaining(), amount.applyAsInt(reads++));
            into.position(into.position() + count);
            Promise<Integer> read = EventLoop.running().createFuture();
            read.setResult(count);
            return read;
        }
    }

    @Test
    void messagesOf64KiB_shareABuffer() throws Exception {
        Giving giving = new Giving(read -> Integer.MAX_VALUE);
        run(() -> {
            StreamReader reader = new StreamReader(giving.connection(), StreamReader.DEFAULT_LIMIT);
            for (int i = 0; i < 1000; i++) {
                assertEquals(64 * 1024, await(reader.readExactly(64 * 1024)).length);
            }
        });
        assertTrue(giving.buffers.size() <= 8, giving.buffers.size() + " buffers for 1000 messages");
        assertTrue(giving.largest <= 65 * 1024, giving.largest + " bytes");
    }

    @Test
    void messagesOf200KiB_inPieces_shareABuffer() throws Exception {
        Giving giving = new Giving(read -> 3_000 + read % 7 * 10_000);
        run(() -> {
            StreamReader reader = new StreamReader(giving.connection(), StreamReader.DEFAULT_LIMIT);
            for (int i = 0; i < 300; i++) {
                assertEquals(200_000, await(reader.readExactly(200_000)).length);
            }
        });
        assertTrue(giving.buffers.size() <= 10, giving.buffers.size() + " buffers for 300 messages");
    }

    @Test
    void smallMessages_afterALargeOne_giveItsMemoryBack() throws Exception {
        Giving giving = new Giving(read -> read < 20 ? Integer.MAX_VALUE : 100);
        run(() -> {
            StreamReader reader = new StreamReader(giving.connection(), StreamReader.DEFAULT_LIMIT);
            await(reader.readExactly(1_000_000));
            int large = giving.largest;
            assertTrue(large >= 1_000_000, () -> large + " bytes");
            while (giving.reads < 20) {
                await(reader.read(10_000_000));
            }
            giving.buffers.clear();
            giving.largest = 0;
            for (int i = 0; i < 200; i++) {
                assertEquals(100, await(reader.read(100)).length);
            }
            giving.largest = 0;
            await(reader.read(100));
            assertEquals(2048, giving.largest);
        });
    }
}
