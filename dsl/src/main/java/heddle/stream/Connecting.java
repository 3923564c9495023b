package heddle.stream;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.CoroutineExit;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.TimerHandle;
import heddle.api.network.Connection;
import heddle.api.spi.Outside;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address that answers (RFC 8305, "happy eyeballs"): it tries one after the other, the next one when
 * one fails or hasn't answered for a while, and ends the others when one has.
 */
record Connecting(String host, List<InetSocketAddress> addresses, ConnectOptions options)
        implements Awaitable<Connection> {

    @Override
    public Coroutine<Connection> coroutine() {
        return new Run(this);
    }

    /** The addresses, the two families by turns, beginning with that of the first. */
    static List<InetSocketAddress> interleaved(List<InetSocketAddress> all) {
        Deque<InetSocketAddress> first = new ArrayDeque<>();
        Deque<InetSocketAddress> second = new ArrayDeque<>();
        for (InetSocketAddress each : all) {
            (isV6(each) == isV6(all.get(0)) ? first : second).add(each);
        }
        List<InetSocketAddress> mixed = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            if (!first.isEmpty()) {
                mixed.add(first.remove());
            }
            if (!second.isEmpty()) {
                mixed.add(second.remove());
            }
        }
        return mixed;
    }

    private static boolean isV6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    private static final class Run implements Coroutine<Connection> {
        private final Connecting what;
        private final Deque<InetSocketAddress> left;
        private final List<Future<Connection>> attempts = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private @Nullable EventLoop loop;
        private @Nullable Promise<Connection> outcome;
        private @Nullable TimerHandle timer;

        Run(Connecting what) {
            this.what = what;
            this.left = new ArrayDeque<>(interleaved(what.addresses));
        }

        @Override
        public Suspension step() throws Exception {
            Promise<Connection> pending = outcome;
            if (pending != null) {
                pending.result();
                return Pause.FINISHED;
            }
            EventLoop running = EventLoop.running();
            loop = running;
            pending = running.createFuture(new Outside("connect to " + what.host, "the peer"));
            outcome = pending;
            tryNext(running, pending);
            return pending;
        }

        private void tryNext(EventLoop running, Promise<Connection> pending) {
            stopTimer();
            SocketAddress next = left.poll();
            if (next == null || pending.done()) {
                return;
            }
            Future<Connection> attempt = running.network().connect(next, what.options.local());
            attempts.add(attempt);
            attempt.addDoneCallback(done -> attempted(done, running, pending));
            if (!left.isEmpty() && what.options.happyEyeballsDelay() != Double.POSITIVE_INFINITY) {
                timer = running.callLater(what.options.happyEyeballsDelay(), () -> tryNext(running, pending));
            }
        }

        private void attempted(Future<Connection> done, EventLoop running, Promise<Connection> pending)
                throws Exception {
            attempts.remove(done);
            if (pending.done()) {
                drop(done);
                return;
            }
            Throwable failed = Errors.of(done);
            if (failed == null) {
                endAll();
                pending.setResult(done.result());
                return;
            }
            failures.add(failed);
            tryNext(running, pending);
            if (attempts.isEmpty() && left.isEmpty()) {
                pending.setException(allFailed());
            }
        }

        private Throwable allFailed() {
            if (failures.size() == 1) {
                return failures.get(0);
            }
            StringBuilder message = new StringBuilder("can't connect to " + what.host + ": ");
            failures.forEach(
                    each -> message.append(each == failures.get(0) ? "" : "; ").append(each.getMessage()));
            boolean refused = failures.stream().allMatch(ConnectException.class::isInstance);
            IOException all = refused ? new ConnectException(message.toString()) : new IOException(message.toString());
            failures.forEach(all::addSuppressed);
            return all;
        }

        private void endAll() {
            stopTimer();
            left.clear();
            for (Future<Connection> attempt : List.copyOf(attempts)) {
                attempt.cancel();
            }
        }

        private void stopTimer() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }

        /** A connection that nobody will use. */
        private static void drop(@Nullable Future<Connection> done) {
            if (done != null && done.done() && Errors.of(done) == null) {
                try {
                    done.result().close();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            leave();
            throw error;
        }

        @Override
        public void close() {
            if (loop != null) {
                leave();
            }
        }

        private void leave() {
            drop(outcome);
            if (outcome != null && !outcome.done()) {
                outcome.cancel();
            }
            endAll();
        }

        @Override
        public Connection result() throws Exception {
            if (outcome == null) {
                throw new CoroutineExit();
            }
            return outcome.result();
        }

        @Override
        public String name() {
            return "connect to " + what.host;
        }
    }
}
