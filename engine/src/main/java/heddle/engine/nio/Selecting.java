package heddle.engine.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The selector of a loop, opened when the first channel needs it. It tells channels that they are ready. */
final class Selecting {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NioEventLoop loop;
    /** All open channels, those that were never registered among them. */
    private final Set<NioChannel> channels = Collections.newSetFromMap(new IdentityHashMap<>());

    private volatile @Nullable Selector selector;

    Selecting(NioEventLoop loop) {
        this.loop = loop;
    }

    void add(NioChannel channel) {
        channels.add(channel);
    }

    void remove(NioChannel channel) {
        channels.remove(channel);
    }

    /** Whether there is anything to watch, or a closed channel to let go of. */
    boolean hasKeys() {
        Selector open = selector;
        return open != null && !open.keys().isEmpty();
    }

    /** Whether an operation on any channel is pending. */
    boolean hasPending() {
        for (NioChannel channel : channels) {
            if (channel.isPending()) {
                return true;
            }
        }
        return false;
    }

    SelectionKey register(SelectableChannel channel, int ops, NioChannel owner) throws ClosedChannelException {
        Selector open = selector;
        if (open == null) {
            try {
                open = Selector.open();
            } catch (IOException e) {
                throw new UncheckedIOException("can't open a selector", e);
            }
            selector = open;
        }
        return channel.register(open, ops, owner);
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
        ((NioChannel) key.attachment()).selected(key);
    }

    /** Lets go of closed channels now: only then are their ports free. */
    void releaseClosed() {
        select(0);
    }

    void wakeUp() {
        Selector open = selector;
        if (open != null) {
            open.wakeup();
        }
    }

    void close() {
        List.copyOf(channels).forEach(NioChannel::release);
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
