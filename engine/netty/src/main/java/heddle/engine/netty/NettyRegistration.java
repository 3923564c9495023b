package heddle.engine.netty;

import heddle.engine.nio.SelectorHost;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel of Heddle's that a Netty loop watches with its own selector. Who speaks for the loop may do so on a thread that
 * isn't Netty's, which waits meanwhile; then Netty registers it when it has its thread back.
 */
final class NettyRegistration extends NioSelectableChannelIoHandle<SelectableChannel>
        implements SelectorHost.Registration {

    private final IntConsumer ready;
    private @Nullable IoRegistration registration;
    private int interest;
    private boolean ended;

    private NettyRegistration(SelectableChannel channel, IntConsumer ready) {
        super(channel);
        this.ready = ready;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // that of addListener is what it is called on
    static NettyRegistration of(IoEventLoop netty, SelectableChannel channel, IntConsumer ready) {
        NettyRegistration made = new NettyRegistration(channel, ready);
        netty.register(made).addListener((Future<IoRegistration> registered) -> made.registered(registered));
        return made;
    }

    private void registered(Future<IoRegistration> registered) throws IOException {
        if (ended) {
            return;
        }
        registration = registered.getNow();
        SelectionKey key = key();
        if (key != null) {
            key.interestOps(interest);
        } else {
            selectableChannel().close(); // whatever waits for it fails
            ready.accept(-1);
        }
    }

    /** Another one when Netty has got itself another selector; null before it is registered. */
    private @Nullable SelectionKey key() {
        return registration == null ? null : registration.attachment();
    }

    @Override
    protected void handle(SelectableChannel channel, SelectionKey key) {
        ready.accept(key.readyOps());
    }

    @Override
    public void interest(int ops) {
        interest = ops;
        SelectionKey key = key();
        if (key != null) {
            key.interestOps(ops);
        }
    }

    @Override
    public void end() {
        ended = true;
        if (registration != null) {
            registration.cancel();
        }
    }

    @Override
    public void flush() throws IOException {
        SelectionKey key = key();
        if (key != null) {
            key.selector().selectNow(other -> {}); // the system tells it again
        }
    }
}
