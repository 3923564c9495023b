package heddle.stream;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Promise;
import heddle.api.network.Connection;
import heddle.api.spi.Outside;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of a process's pipes as half of a connection. The JDK can only block on a pipe, so each has a thread of its own while
 * it is in use; bytes travel in pieces, one at a time, that nobody can cancel, and wait here for whoever asks next.
 */
final class Pipe implements Connection {

    private static final int PIECE = 16 * 1024;

    private final EventLoop loop;
    private final String name;
    private final @Nullable InputStream in;
    private final @Nullable OutputStream out;
    private final Executor executor;
    private boolean open = true;
    private @Nullable Throwable failure;

    private ByteBuffer arrived = ByteBuffer.allocate(0);
    private boolean ended;
    private boolean asked;
    private @Nullable Promise<Integer> reading;
    private @Nullable ByteBuffer into;

    private boolean sending;
    private @Nullable Promise<Integer> writing;
    private @Nullable ByteBuffer from;
    private int total;

    Pipe(EventLoop loop, String name, @Nullable InputStream in, @Nullable OutputStream out) {
        this.loop = loop;
        this.name = name;
        this.in = in;
        this.out = out;
        this.executor = new ThreadPoolExecutor(0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "heddle-pipe-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    // ---- from the process

    @Override
    public Future<Integer> read(ByteBuffer target) {
        Promise<Integer> promise = loop.createFuture(new Outside("read " + name, "the other process"));
        reading = promise;
        into = target;
        if (!open) {
            promise.setException(new ClosedChannelException());
        } else if (!answer() && !asked) {
            ask();
        }
        return promise;
    }

    /** Gives the pending read what there is; false if there is nothing. */
    private boolean answer() {
        Promise<Integer> promise = reading;
        ByteBuffer target = into;
        boolean ready = arrived.hasRemaining() || ended || failure != null;
        if (!ready || promise == null || target == null || promise.done()) {
            return ready;
        }
        reading = null;
        if (arrived.hasRemaining()) {
            int count = Math.min(arrived.remaining(), target.remaining());
            target.put(arrived.slice(arrived.position(), count));
            arrived.position(arrived.position() + count);
            promise.setResult(count);
        } else if (failure != null) {
            promise.setException(failure);
        } else {
            promise.setResult(-1);
        }
        return true;
    }

    private void ask() {
        InputStream source = in;
        if (source == null) {
            throw new UnsupportedOperationException(name + " can only be written");
        }
        asked = true;
        byte[] piece = new byte[PIECE];
        loop.<Integer>runInExecutor(executor, () -> source.read(piece)).addDoneCallback(done -> {
            asked = false;
            failure = open ? Errors.of(done) : null;
            if (failure == null && open) {
                int count = done.result();
                ended = count < 0;
                arrived = ByteBuffer.wrap(piece, 0, Math.max(0, count));
            }
            answer();
        });
    }

    // ---- to the process

    @Override
    public Future<Integer> write(ByteBuffer source) {
        Promise<Integer> promise = loop.createFuture(new Outside("write " + name, "the other process"));
        writing = promise;
        from = source;
        total = source.remaining();
        if (!open) {
            promise.setException(new ClosedChannelException());
        } else if (!sending) {
            sendPiece();
        }
        return promise;
    }

    private void sendPiece() {
        Promise<Integer> promise = writing;
        ByteBuffer source = from;
        if (promise == null || source == null || promise.done()) {
            return;
        }
        if (failure != null) {
            promise.setException(failure);
        } else if (!source.hasRemaining()) {
            promise.setResult(total);
        } else {
            byte[] piece = new byte[Math.min(PIECE, source.remaining())];
            source.get(piece);
            send(target -> target.write(piece));
        }
    }

    private interface Sending {
        void to(OutputStream target) throws IOException;
    }

    private void send(Sending what) {
        OutputStream target = out;
        if (target == null) {
            throw new UnsupportedOperationException(name + " can only be read");
        }
        sending = true;
        loop.<@Nullable Void>runInExecutor(executor, () -> {
                    what.to(target);
                    target.flush();
                    return null;
                })
                .addDoneCallback(done -> {
                    sending = false;
                    Throwable failed = Errors.of(done);
                    failure = failed == null ? failure : failed;
                    sendPiece();
                });
    }

    @Override
    public void shutdownOutput() {
        close();
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        fail(reading);
        fail(writing);
        executor.execute(
                () -> { // behind what it is doing
                    try {
                        if (in != null) {
                            in.close();
                        }
                        if (out != null) {
                            out.close();
                        }
                    } catch (IOException e) {
                        // the process is gone
                    }
                });
    }

    private static void fail(@Nullable Promise<Integer> pending) {
        if (pending != null && !pending.done()) {
            pending.setException(new ClosedChannelException());
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public SocketAddress localAddress() {
        throw new UnsupportedOperationException(name + " is a pipe, which has no address");
    }

    @Override
    public SocketAddress remoteAddress() {
        return localAddress();
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) {
        throw new UnsupportedOperationException(name + " is a pipe, which has no socket options");
    }

    @Override
    public String toString() {
        return name + (open ? "" : " closed");
    }
}
