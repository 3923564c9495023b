package heddle.engine.nio;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.spi.Display;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a loop. What it watches for is turned on when an operation has to wait, and off only when the system reports
 * something that nobody waits for: so an exchange of messages changes it once, not once a message.
 */
abstract class NioChannel {

    final NioNetwork network;
    final SelectorHost host;
    final EventLoop loop;
    final SelectableChannel channel;
    private @Nullable Watch watch;

    NioChannel(NioNetwork network, SelectableChannel channel) throws IOException {
        this.network = network;
        this.host = network.host;
        this.loop = host.loop();
        this.channel = channel;
        channel.configureBlocking(false);
        network.add(this);
    }

    /** Called between turns: the system says what this is ready for. */
    abstract void selected(int ready);

    /** Whether an operation waits for the system. */
    abstract boolean isPending();

    /** Watches for {@code op}; throws if the channel is closed. */
    final void watch(int op) throws IOException {
        Watch known = watch;
        if (known == null) {
            known = new Watch(this);
            watch = known;
        } else if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        known.interest(known.interest | op);
    }

    /** Watches for {@code op} no more. */
    final void ignore(int op) {
        Watch known = watch;
        if (known != null && channel.isOpen()) {
            known.interest(known.interest & ~op);
        }
    }

    /** Hands what watches the channel over to {@code next}, whose channel it is from now on. */
    final void handOver(NioChannel next) {
        network.remove(this);
        if (watch != null) {
            watch.owner = next;
        }
        next.watch = watch;
        watch = null;
    }

    public final boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the channel itself; the system lets go of it when the selector next looks. */
    final void release() {
        network.remove(this);
        if (watch != null) {
            watch.registration.end();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // nothing more can be done, and nobody can act on it
        }
    }

    /** As {@link #release()}, and has the system let go of it now: only then is its port free. */
    final void releaseNow() {
        release();
        if (watch == null) {
            return;
        }
        try {
            watch.registration.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector of " + loop + " failed", e);
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

    /** A registration, and what it is for. */
    private static final class Watch {
        private final SelectorHost.Registration registration;
        private NioChannel owner;
        private int interest;

        Watch(NioChannel owner) throws IOException {
            this.owner = owner;
            this.registration = owner.host.register(owner.channel, ready -> this.owner.selected(ready));
        }

        void interest(int ops) {
            if (interest != ops) {
                interest = ops;
                registration.interest(ops);
            }
        }
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
