package heddle.tck.zoo;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.ThrowingRunnable;
import heddle.api.network.Connection;
import heddle.api.spi.EngineOptions;
import heddle.tck.model.ModelConnection;
import heddle.tck.model.ModelListener;
import heddle.tck.model.ModelLoop;
import heddle.tck.model.ModelNetwork;
import heddle.tck.model.NetworkedLoop;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Broken engines of the chapter NET. */
final class NetworkZoo {

    private NetworkZoo() {}

    static List<Beast> beasts() {
        return List.of(
                connections("NET-1", "a byte is skipped where a write is split", SkipsAByte::new),
                connections("NET-2", "a cancelled read goes on reading", ReadsOn::new),
                connections("NET-3", "a cancelled write says that all was sent", SaysAllWasSent::new),
                connections("NET-4", "a second read at the end fails", EndsOnce::new),
                connections("NET-5", "shutdownOutput closes both directions", ClosesBoth::new),
                connections("NET-6", "a second operation takes the place of the first", TakesThePlace::new),
                connections("NET-7", "a read stays pending when its connection is closed", StaysPending::new),
                connections("NET-8", "a reset is taken for the end", ResetIsAnEnd::new),
                networks("NET-9", "a refused connect doesn't say where", RefusesWithoutAWord::new),
                networks("NET-10", "a cancelled accept takes a connection with it", AcceptsForNobody::new),
                connections("NET-11", "a write is done before its bytes are taken", BuffersAll::new),
                networks("NET-12", "two listeners share a port", SharesPorts::new),
                new Beast("NET-13", "a busy loop doesn't look at I/O", LooksWhenIdle::new),
                new Beast("NET-13", "a busy loop looks at I/O every 5 ms", LooksByTheClock::new));
    }

    private interface End {
        ModelConnection make(ModelLoop loop, SocketAddress local, SocketAddress remote);
    }

    private static Beast connections(String rule, String mistake, End end) {
        return networks(rule, mistake, loop -> new ModelNetwork(loop) {
            @Override
            protected ModelConnection newConnection(SocketAddress local, SocketAddress remote) {
                return end.make(loop, local, remote);
            }
        });
    }

    private static Beast networks(String rule, String mistake, Function<ModelLoop, ModelNetwork> network) {
        Function<EngineOptions, EventLoop> loops = options -> new NetworkedLoop(options) {
            @Override
            protected ModelNetwork newNetwork() {
                return network.apply(this);
            }
        };
        return new Beast(rule, mistake, loops);
    }

    private static final class SkipsAByte extends ModelConnection {
        SkipsAByte(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        protected void give(ByteBuffer source, ByteBuffer pipe) {
            super.give(source, pipe);
            if (source.hasRemaining()) {
                source.position(source.position() + 1);
            }
        }
    }

    private static final class ReadsOn extends ModelConnection {
        ReadsOn(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        protected boolean wants(Promise<Integer> read) {
            return true;
        }
    }

    private static final class SaysAllWasSent extends ModelConnection {
        SaysAllWasSent(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        public Future<Integer> write(ByteBuffer source) {
            Future<Integer> write = super.write(source);
            write.addDoneCallback(done -> {
                if (done.cancelled()) {
                    source.position(source.limit());
                }
            });
            return write;
        }
    }

    private static final class EndsOnce extends ModelConnection {
        private boolean told;

        EndsOnce(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        protected void endSeen(Promise<Integer> read) {
            if (told) {
                read.setException(new EOFException("the end was read already"));
            } else {
                told = true;
                super.endSeen(read);
            }
        }
    }

    private static final class ClosesBoth extends ModelConnection {
        ClosesBoth(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        public void shutdownOutput() throws IOException {
            super.shutdownOutput();
            close();
        }
    }

    private static final class TakesThePlace extends ModelConnection {
        TakesThePlace(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        protected void checkIdle(Promise<Integer> operation, String name) {
            // come in
        }
    }

    private static final class StaysPending extends ModelConnection {
        StaysPending(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        protected void failRead(Promise<Integer> read) {
            // it may wait
        }
    }

    private static final class ResetIsAnEnd extends ModelConnection {
        ResetIsAnEnd(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        protected void resetSeen(Promise<Integer> read) {
            read.setResult(-1);
        }
    }

    private static final class BuffersAll extends ModelConnection {
        BuffersAll(ModelLoop loop, SocketAddress local, SocketAddress remote) {
            super(loop, local, remote);
        }

        @Override
        protected boolean buffersAll() {
            return true;
        }
    }

    private static final class RefusesWithoutAWord extends ModelNetwork {
        RefusesWithoutAWord(ModelLoop loop) {
            super(loop);
        }

        @Override
        protected String refusal(SocketAddress remote) {
            return "refused";
        }
    }

    private static final class AcceptsForNobody extends ModelNetwork {
        AcceptsForNobody(ModelLoop loop) {
            super(loop);
        }

        @Override
        protected ModelListener newListener(InetSocketAddress local) {
            return new ModelListener(this, local) {
                @Override
                protected boolean wants(Promise<Connection> accept) {
                    return true;
                }
            };
        }
    }

    private static final class SharesPorts extends ModelNetwork {
        SharesPorts(ModelLoop loop) {
            super(loop);
        }

        @Override
        protected boolean isTaken(int port) {
            return false;
        }
    }

    private static class LooksWhenIdle extends NetworkedLoop {
        private final List<ThrowingRunnable> events = new ArrayList<>();

        LooksWhenIdle(EngineOptions options) {
            super(options);
        }

        @Override
        protected void happens(ThrowingRunnable event) {
            events.add(event);
        }

        @Override
        protected void waitForWork() {
            if (isTimeToLook()) {
                events.forEach(this::callSoon);
                events.clear();
            }
            super.waitForWork();
        }

        boolean isTimeToLook() {
            return ready.isEmpty() && posts.isEmpty();
        }
    }

    private static final class LooksByTheClock extends LooksWhenIdle {
        private long lastLook = System.nanoTime();

        LooksByTheClock(EngineOptions options) {
            super(options);
        }

        @Override
        boolean isTimeToLook() {
            long now = System.nanoTime();
            if (!super.isTimeToLook() && now - lastLook < 5_000_000) {
                return false;
            }
            lastLook = now;
            return true;
        }
    }
}
