package heddle.engine.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The selector of a loop, opened when the first channel needs it. It tells channels that they are ready. */
final class Selecting {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NioEventLoop loop;
    private volatile @Nullable Selector selector;

    Selecting(NioEventLoop loop) {
        this.loop = loop;
    }

    /** Whether there is anything to watch, or a closed channel to let go of. */
    boolean hasKeys() {
        Selector open = selector;
        return open != null && !open.keys().isEmpty();
    }

    SelectorHost.Registration register(SelectableChannel channel, IntConsumer ready) throws IOException {
        Selector open = selector;
        if (open == null) {
            open = Selector.open();
            selector = open;
        }
        return new Registered(channel.register(open, 0, ready));
    }

    private record Registered(SelectionKey key) implements SelectorHost.Registration {
        @Override
        public void interest(int ops) {
            key.interestOps(ops);
        }

        @Override
        public void end() {
            key.cancel();
        }

        @Override
        public void flush() throws IOException {
            key.selector().selectNow(other -> {}); // the system tells it again
        }
    }

    /** Waits until a channel is ready, or a wake-up, or the time is over; never less than that, up to a millisecond more. */
    void select(long nanos) {
        Selector open = selector;
        if (open == null) {
            return;
        }
        try {
            if (nanos <= 0) {
                open.selectNow(Selecting::tell);
            } else if (nanos == Long.MAX_VALUE) {
                open.select(Selecting::tell);
            } else {
                open.select(Selecting::tell, (nanos - 1) / NANOS_PER_MILLI + 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selector of " + loop + " failed", e);
        }
    }

    private static void tell(SelectionKey key) {
        ((IntConsumer) key.attachment()).accept(key.readyOps());
    }

    void wakeUp() {
        Selector open = selector;
        if (open != null) {
            open.wakeup();
        }
    }

    void close() {
        Selector open = selector;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close the selector", e);
        }
    }
}
