package heddle.engine.nio;

import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.spi.Display;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a loop. What it watches for is turned on when an operation has to wait, and off only when the system reports
 * something that nobody waits for: so an exchange of messages changes it once, not once a message.
 */
abstract class NioChannel {

    final NioEventLoop loop;
    final SelectableChannel channel;
    private @Nullable SelectionKey key;

    NioChannel(NioEventLoop loop, SelectableChannel channel) throws IOException {
        this.loop = loop;
        this.channel = channel;
        channel.configureBlocking(false);
        loop.selecting().add(this);
    }

    /** Called between turns: the system says what this is ready for. */
    abstract void selected(SelectionKey selected);

    /** Whether an operation waits for the system. */
    abstract boolean isPending();

    /** Watches for {@code op}; throws if the channel is closed. */
    final void watch(int op) throws ClosedChannelException {
        SelectionKey known = key;
        if (known == null) {
            key = loop.selecting().register(channel, op, this);
        } else if (known.isValid()) {
            known.interestOpsOr(op);
        } else {
            throw new ClosedChannelException();
        }
    }

    /** Watches for {@code op} no more. */
    final void ignore(int op) {
        SelectionKey known = key;
        if (known != null && known.isValid()) {
            known.interestOpsAnd(~op);
        }
    }

    public final boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the channel itself; the system lets go of it when the selector next looks. */
    final void release() {
        loop.selecting().remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            // nothing more can be done, and nobody can act on it
        }
    }

    /** Whether {@code operation} waits for the system: not done, and not cancelled. */
    static boolean isPending(@Nullable Future<?> operation) {
        return operation != null && !operation.done();
    }

    final <T> Future<T> failed(Object what, Throwable error) {
        Promise<T> promise = loop.createFuture(what);
        promise.setException(error);
        return promise;
    }

    final <T> Future<T> succeeded(Object what, T value) {
        Promise<T> promise = loop.createFuture(what);
        promise.setResult(value);
        return promise;
    }

    final ClosedChannelException closedHere() {
        return new Closed(this + ": it was closed here");
    }

    static String show(@Nullable SocketAddress address) {
        return Display.escape(String.valueOf(address), 40);
    }

    /** Says what was closed, which the JDK's doesn't. */
    private static final class Closed extends ClosedChannelException {
        private static final long serialVersionUID = 1;
        private final String message;

        Closed(String message) {
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
