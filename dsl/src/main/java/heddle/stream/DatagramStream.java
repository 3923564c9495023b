package heddle.stream;

import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.network.DatagramEndpoint;
import heddle.api.spi.Display;
import heddle.dsl.Chainable;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives datagrams. A cancelled {@link #receive()} loses none. One receives and one sends at a time.
 */
public final class DatagramStream implements AutoCloseable {

    /** The most that a datagram can hold. */
    private static final int LARGEST = 65_535;

    private final DatagramEndpoint endpoint;
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    /** Those that came for somebody who had gone. */
    private final Deque<Datagram> unclaimed = new ArrayDeque<>(1);

    DatagramStream(DatagramEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Waits for the next datagram.
     *
     * @return a recipe, of the datagram
     */
    public Chainable<Datagram> receive() {
        return new Receive();
    }

    /**
     * Sends a datagram, once the system takes it.
     *
     * @param data its bytes
     * @param to whom to send it to
     * @return a recipe, of the number of bytes
     */
    public Chainable<Integer> send(byte[] data, SocketAddress to) {
        ByteBuffer copy = ByteBuffer.wrap(Objects.requireNonNull(data, "data").clone());
        Objects.requireNonNull(to, "to");
        return heddle.dsl.Heddle.<Integer>chain(
                () -> endpoint.send(copy.duplicate(), to).coroutine());
    }

    /**
     * Its own address, with the port that was chosen.
     *
     * @return never null
     */
    public SocketAddress localAddress() {
        return endpoint.localAddress();
    }

    /**
     * The endpoint underneath, for its options.
     *
     * @return never null
     */
    public DatagramEndpoint endpoint() {
        return endpoint;
    }

    /** Closes it; a pending receive fails. */
    @Override
    public void close() {
        endpoint.close();
    }

    private Datagram received(SocketAddress from) {
        Datagram datagram = new Datagram(Arrays.copyOf(buffer.array(), buffer.position()), from);
        return datagram;
    }

    @Override
    public String toString() {
        return Display.escape("DatagramStream of " + endpoint, 69);
    }

    /** One run of receive. */
    private final class Receive extends Operation<Datagram> {
        private @Nullable Future<SocketAddress> pending;

        @Override
        public Suspension step() throws Exception {
            Future<SocketAddress> waited = pending;
            if (waited == null) {
                Datagram datagram = unclaimed.poll();
                if (datagram != null) {
                    give(datagram);
                    return Pause.FINISHED;
                }
                waited = endpoint.receive(buffer.clear());
                pending = waited;
                if (!waited.done()) {
                    return waited;
                }
            }
            pending = null;
            give(received(waited.result()));
            return Pause.FINISHED;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            leave();
            throw error;
        }

        @Override
        public void close() {
            leave();
        }

        private void leave() {
            Future<SocketAddress> waited = pending;
            pending = null;
            if (waited == null) {
                return;
            }
            if (!waited.done()) {
                waited.cancel();
            } else if (Errors.of(waited) == null) {
                try {
                    unclaimed.add(received(waited.result()));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        Operation<Datagram> again() {
            return new Receive();
        }

        @Override
        public String name() {
            return "receive";
        }
    }
}
