package heddle.engine.netty;

import heddle.api.EventLoop;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Loops on a Netty program, which is there for the certification only. */
final class HostedEngine implements EngineProvider {

    /** A loop lives as long as its host: so the host is changed now and then. */
    private static final int LOOPS_OF_A_HOST = 500;

    private final Deque<MultiThreadIoEventLoopGroup> hosts = new ArrayDeque<>();
    private int loops;

    @Override
    public String name() {
        return "hosted-on-netty";
    }

    @Override
    public Set<Capability> capabilities() {
        return HostedOnNetty.CAPABILITIES;
    }

    @Override
    public synchronized EventLoop newEventLoop(EngineOptions options) {
        if (loops++ % LOOPS_OF_A_HOST == 0) {
            hosts.add(new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("netty", true), NioIoHandler.newFactory()));
            if (hosts.size() > 2) {
                hosts.remove().shutdownGracefully(0, 0, TimeUnit.SECONDS);
            }
        }
        return new HostedOnNetty(hosts.getLast().next(), options);
    }
}
