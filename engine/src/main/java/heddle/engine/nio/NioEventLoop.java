package heddle.engine.nio;

import heddle.api.EventLoop;
import heddle.api.network.Network;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.engine.DrivenEventLoop;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The default event loop. It waits by parking its thread while it has no channels, which is fifteen times cheaper to end
 * than a wait in a selector, and in the selector while it has some.
 */
final class NioEventLoop extends DrivenEventLoop implements SelectorHost {

    private final Selecting selecting = new Selecting(this);
    private @Nullable NioNetwork network;

    private volatile @Nullable Thread parked;
    private volatile boolean inSelector;
    private volatile boolean permit;

    NioEventLoop(EngineOptions options) {
        super(options);
    }

    @Override
    protected void park(long nanos) {
        if (selecting.hasKeys()) {
            inSelector = true;
            selecting.select(permit ? 0 : nanos);
            inSelector = false;
            permit = false;
        } else if (nanos != 0) {
            parkThread(nanos);
        }
    }

    private void parkThread(long nanos) {
        parked = Thread.currentThread();
        if (!permit) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        permit = false;
        parked = null;
    }

    @Override
    protected void unpark() {
        permit = true; // before the looks at where the loop is: it says where, then looks at the permit
        if (inSelector) {
            selecting.wakeUp();
        }
        LockSupport.unpark(parked);
    }

    @Override
    protected boolean watchesIo() {
        return selecting.hasKeys();
    }

    @Override
    protected boolean awaitsIo() {
        return network != null && network.hasPending();
    }

    @Override
    public Network network() {
        if (network == null) {
            network = new NioNetwork(this);
        }
        return network;
    }

    @Override
    protected void release() {
        if (network != null) {
            network.close();
        }
        selecting.close();
    }

    @Override
    public EventLoop loop() {
        return this;
    }

    @Override
    public Registration register(SelectableChannel channel, IntConsumer ready) throws IOException {
        return selecting.register(channel, ready);
    }

    @Override
    public void soon(Runnable next) {
        ready(next);
    }

    @Override
    public void check(String method) {
        checkThread(method);
        checkOpen();
    }

    @Override
    public Set<Capability> capabilities() {
        return NioEngine.CAPABILITIES;
    }
}
