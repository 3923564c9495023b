package heddle.stream;

import heddle.api.Awaitable;
import heddle.api.Coroutine;
import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Suspension;
import heddle.api.network.Connection;
import org.jspecify.annotations.Nullable;

/** Makes a connection an encrypted one. However that ends but well, the connection is closed. */
record Handshake(Connection connection, Tls tls, String host, int port) implements Awaitable<Connection> {

    TlsConnection begin() {
        return new TlsConnection(EventLoop.running(), connection, tls.engine(host, port));
    }

    @Override
    public Coroutine<Connection> coroutine() {
        return new Run(this);
    }

    private static final class Run implements Coroutine<Connection> {
        private final Handshake handshake;
        private @Nullable TlsConnection secure;
        private @Nullable Future<Connection> done;

        Run(Handshake handshake) {
            this.handshake = handshake;
        }

        @Override
        public Suspension step() throws Exception {
            Future<Connection> waited = done;
            if (waited == null) {
                TlsConnection begun = handshake.begin();
                secure = begun;
                waited = begun.handshake();
                done = waited;
                if (!waited.done()) {
                    return waited;
                }
            }
            waited.result();
            return Pause.FINISHED;
        }

        @Override
        public Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        public void close() {
            if (secure != null) {
                secure.close();
            } else {
                handshake.connection.close();
            }
        }

        @Override
        public Connection result() throws Exception {
            if (done == null) {
                throw new IllegalStateException("the handshake hasn't begun");
            }
            return done.result();
        }

        @Override
        public String name() {
            return "TLS handshake";
        }
    }
}
