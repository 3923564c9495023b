package heddle.stream;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.TimerHandle;
import heddle.api.network.Connection;
import heddle.api.spi.Outside;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted connection on top of a plain one. All that happens, happens in {@link #pump()}: it asks the JDK's engine what
 * it wants, does that, and ends when it has to wait; whatever it waits for calls it again. The buffers of encrypted bytes are
 * its own, so cancelling a read or write here never touches the operations underneath.
 */
final class TlsConnection implements Connection {
    private static final Outside TLS_READ = new Outside("TLS read", "the peer");
    private static final Outside TLS_WRITE = new Outside("TLS write", "the peer");

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final double HANDSHAKE_SECONDS = 60; // as asyncio's
    private static final double LINGER_SECONDS = 1;

    private final EventLoop loop;
    private final Connection inner;
    private final SSLEngine engine;
    private final Promise<Connection> handshake;
    private final TimerHandle handshakeLimit;

    /** Encrypted, from the peer, ready to be added to. */
    private ByteBuffer incoming;
    /** Decrypted, ready to be taken from. */
    private ByteBuffer plain;
    /** Encrypted, for the peer. */
    private ByteBuffer outgoing;

    private @Nullable Promise<Integer> reading;
    private @Nullable ByteBuffer into;
    private @Nullable Promise<Integer> writing;
    private @Nullable ByteBuffer from;
    private int total;

    private boolean innerReads;
    private boolean innerWrites;
    private boolean works;
    private boolean ended;
    private boolean closing;
    private boolean lingering;
    private @Nullable Throwable failure;

    TlsConnection(EventLoop loop, Connection inner, SSLEngine engine) {
        this.loop = loop;
        this.inner = inner;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        incoming = ByteBuffer.allocate(packet);
        outgoing = ByteBuffer.allocate(packet);
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
        handshake = loop.createFuture(new Outside("TLS handshake", "the peer"));
        handshakeLimit = loop.callLater(
                HANDSHAKE_SECONDS,
                () -> fail(new SSLHandshakeException("no TLS handshake within " + HANDSHAKE_SECONDS + " seconds")));
    }

    SSLEngine engine() {
        return engine;
    }

    Connection inner() {
        return inner;
    }

    /** Begins; the future is done, with this, when both ends know each other. */
    Future<Connection> handshake() {
        try {
            engine.beginHandshake();
            pump();
        } catch (SSLException e) {
            fail(e);
        }
        return handshake;
    }

    // ---- the heart

    private void pump() {
        try {
            boolean moved = true;
            while (moved && !works && failure == null && !lingering) {
                moved = advance();
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** Does one thing; false if there is nothing to do until something happens. */
    private boolean advance() throws IOException {
        HandshakeStatus wants = engine.getHandshakeStatus();
        if (wants == HandshakeStatus.NEED_TASK) {
            work();
            return false;
        }
        if (closing) {
            if (engine.isOutboundDone() && !innerWrites) {
                linger();
                return false;
            }
            return wrap(NOTHING);
        }
        if (wants == HandshakeStatus.NEED_WRAP) {
            return wrap(NOTHING);
        }
        if (!handshake.done() && wants != HandshakeStatus.NOT_HANDSHAKING && wants != HandshakeStatus.FINISHED) {
            return unwrap();
        }
        if (!handshake.done()) {
            handshakeLimit.cancel();
            handshake.setResult(this);
        }
        boolean wrote = writeMore();
        return readMore() || wrote;
    }

    /** What takes long, as verifying certificates, is done off the loop. */
    private void work() {
        works = true;
        loop.<@Nullable Void>runInExecutor(null, () -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                    return null;
                })
                .addDoneCallback(done -> {
                    works = false;
                    Throwable failed = Errors.of(done);
                    if (failed != null) {
                        fail(failed);
                    }
                    pump();
                });
    }

    private boolean writeMore() throws IOException {
        Promise<Integer> promise = writing;
        ByteBuffer source = from;
        if (promise == null || source == null || promise.done() || innerWrites) {
            return false;
        }
        if (source.hasRemaining()) {
            return wrap(source);
        }
        writing = null;
        promise.setResult(total);
        return true;
    }

    private boolean readMore() throws IOException {
        Promise<Integer> promise = reading;
        ByteBuffer target = into;
        if (promise == null || target == null || promise.done()) {
            return false;
        }
        int count;
        if (plain.hasRemaining()) {
            count = Math.min(plain.remaining(), target.remaining());
            target.put(plain.slice(plain.position(), count));
            plain.position(plain.position() + count);
        } else if (ended) {
            count = -1;
        } else {
            return unwrap();
        }
        reading = null;
        promise.setResult(count);
        return true;
    }

    private boolean wrap(ByteBuffer source) throws IOException {
        if (innerWrites) {
            return false;
        }
        outgoing.clear();
        SSLEngineResult result = engine.wrap(source, outgoing);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            outgoing = ByteBuffer.allocate(outgoing.capacity() * 2);
            return true;
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && source.hasRemaining()) {
            throw new SSLException("the encrypted stream was ended: nothing can be written any more");
        }
        outgoing.flip();
        if (!outgoing.hasRemaining()) {
            return engine.isOutboundDone() || engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
        }
        Future<Integer> write = inner.write(outgoing);
        if (write.done()) {
            check(write);
        } else {
            innerWrites = true;
            write.addDoneCallback(this::written);
        }
        return true;
    }

    private void written(Future<Integer> write) {
        innerWrites = false;
        Throwable failed = Errors.of(write);
        if (failed != null) {
            fail(failed);
        }
        pump();
    }

    private boolean unwrap() throws IOException {
        if (incoming.position() > 0) {
            incoming.flip();
            plain.clear();
            SSLEngineResult result;
            try {
                result = engine.unwrap(incoming, plain);
            } finally {
                incoming.compact();
                plain.flip();
            }
            switch (result.getStatus()) {
                case BUFFER_OVERFLOW -> {
                    plain = ByteBuffer.allocate(plain.capacity() * 2).limit(0);
                    return true;
                }
                case CLOSED -> {
                    ended = true;
                    return true;
                }
                case OK -> {
                    if (result.bytesConsumed() > 0 || result.bytesProduced() > 0) {
                        return true;
                    }
                }
                default -> {
                    if (!incoming.hasRemaining()) {
                        incoming.flip();
                        incoming = ByteBuffer.allocate(incoming.capacity() * 2).put(incoming);
                    }
                }
            }
        }
        return ask();
    }

    private boolean ask() throws IOException {
        if (innerReads) {
            return false;
        }
        Future<Integer> read = inner.read(incoming);
        if (!read.done()) {
            innerReads = true;
            read.addDoneCallback(this::came);
            return false;
        }
        take(read);
        return true;
    }

    private void came(Future<Integer> read) {
        innerReads = false;
        if (lingering) {
            drain(read);
            return;
        }
        try {
            take(read);
        } catch (IOException e) {
            fail(e);
        }
        pump();
    }

    private void take(Future<Integer> read) throws IOException {
        if (check(read) >= 0) {
            return;
        }
        if (!handshake.done()) {
            throw new SSLHandshakeException("the peer ended the connection during the TLS handshake");
        }
        throw new SSLException("truncated: the connection ended without close_notify, so the end of the data isn't the"
                + " peer's word");
    }

    private static int check(Future<Integer> done) throws IOException {
        try {
            return done.result();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    // ---- as a connection

    @Override
    public Future<Integer> read(ByteBuffer target) {
        if (target.isReadOnly() || !target.hasRemaining()) {
            throw new IllegalArgumentException("into has no room to read into: " + target);
        }
        if (reading != null && !reading.done()) {
            throw new IllegalStateException("a read is pending on " + this + ": await or cancel it");
        }
        Promise<Integer> promise = loop.createFuture(TLS_READ);
        if (refused(promise)) {
            return promise;
        }
        reading = promise;
        into = target;
        pump();
        return promise;
    }

    @Override
    public Future<Integer> write(ByteBuffer source) {
        if (writing != null && !writing.done()) {
            throw new IllegalStateException("a write is pending on " + this + ": await or cancel it");
        }
        Promise<Integer> promise = loop.createFuture(TLS_WRITE);
        if (refused(promise)) {
            return promise;
        }
        writing = promise;
        from = source;
        total = source.remaining();
        pump();
        return promise;
    }

    private boolean refused(Promise<Integer> promise) {
        if (failure != null) {
            promise.setException(failure);
        } else if (closing) {
            promise.setException(new ClosedChannelException());
        }
        return promise.done();
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (writing != null && !writing.done()) {
            throw new IllegalStateException("a write is pending on " + this + ": await it first");
        }
        if (closing) {
            throw new ClosedChannelException();
        }
        engine.closeOutbound();
        pump();
    }

    // ---- the end

    private void fail(Throwable cause) {
        if (failure != null || lingering) {
            return;
        }
        Throwable e = handshake.done() ? cause : TlsErrors.explained(cause, inner);
        failure = e;
        handshakeLimit.cancel();
        fail(handshake, e);
        fail(reading, e);
        fail(writing, e);
        try {
            while (!innerWrites && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrap(NOTHING)) {
                // the peer is told why
            }
        } catch (IOException | RuntimeException again) {
            // it is gone
        }
        linger();
    }

    private static void fail(@Nullable Promise<?> pending, Throwable e) {
        if (pending != null && !pending.done()) {
            pending.setException(e);
        }
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        handshakeLimit.cancel();
        boolean inHandshake = !handshake.done();
        for (Promise<?> each : pending()) {
            fail(each, new ClosedChannelException());
        }
        if (failure != null || lingering) {
            return; // on its way out already
        }
        if (inHandshake) {
            inner.close();
            return;
        }
        engine.closeOutbound();
        pump();
    }

    private java.util.List<Promise<?>> pending() {
        java.util.List<Promise<?>> all = new java.util.ArrayList<>();
        all.add(handshake);
        if (reading != null) {
            all.add(reading);
        }
        if (writing != null) {
            all.add(writing);
        }
        return all;
    }

    /**
     * Ends the plain connection, but reads on for a little: with bytes unread, as TLS 1.3 always leaves some, the system would
     * reset the connection, and the peer could lose what it was sent.
     */
    private void linger() {
        lingering = true;
        loop.callLater(LINGER_SECONDS, inner::close);
        try {
            inner.shutdownOutput();
            drain(null);
        } catch (IOException | RuntimeException e) {
            inner.close();
        }
    }

    private void drain(@Nullable Future<Integer> last) {
        if (last != null && (Errors.of(last) != null || resultOf(last) < 0)) {
            inner.close();
            return;
        }
        if (!innerReads && inner.isOpen()) {
            innerReads = true;
            inner.read(incoming.clear()).addDoneCallback(this::came);
        }
    }

    private static int resultOf(Future<Integer> done) {
        try {
            return done.result();
        } catch (Exception e) {
            return -1;
        }
    }

    @Override
    public boolean isOpen() {
        return !closing && inner.isOpen();
    }

    @Override
    public SocketAddress localAddress() {
        return inner.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return inner.remoteAddress();
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        inner.setOption(option, value);
    }

    @Override
    public String toString() {
        return "TLS over " + inner;
    }
}
