package heddle.stream;

import heddle.api.EventLoop;
import heddle.api.Future;
import heddle.api.Pause;
import heddle.api.Promise;
import heddle.api.Suspension;
import heddle.api.network.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes in order, and keeps those that the system doesn't take yet. While nothing is kept, a write is one system call
 * and copies nothing.
 */
final class Outlet {

    private static final int HIGH = 64 * 1024;
    private static final int INITIAL = 1024;
    /** How much is given to the connection at once, so that a drain hears of progress. */
    private static final int PIECE = 64 * 1024;

    private final EventLoop loop;
    private final Connection connection;
    private int high = HIGH;
    private int low = HIGH / 4;

    /** What is kept: the bytes from {@code start} to {@code end}, of which the connection has those up to {@code given}. */
    private byte[] kept = new byte[0];

    private int start;
    private int end;
    private @Nullable ByteBuffer given;

    private boolean paused;
    private boolean ending;
    private boolean closing;
    private boolean aborted;
    private @Nullable Throwable failure;
    private final List<Promise<@Nullable Void>> drains = new ArrayList<>(1);
    private final List<Promise<@Nullable Void>> closings = new ArrayList<>(1);
    private @Nullable Runnable onClosed;

    Outlet(EventLoop loop, Connection connection) {
        this.loop = loop;
        this.connection = connection;
    }

    int size() {
        return end - start;
    }

    boolean isClosing() {
        return closing;
    }

    void setLimits(int newHigh, int newLow) {
        high = newHigh;
        low = newLow;
        paused = size() > high;
        wakeDrains();
    }

    /** Has {@code told} run once the connection is closed. */
    void onClosed(Runnable told) {
        onClosed = told;
    }

    // ---- sending

    void write(byte[] data) {
        if (closing || ending) {
            throw new IllegalStateException(
                    closing ? "write after close()" : "write after writeEof(): the peer was told that nothing follows");
        }
        if (failure != null || data.length == 0) {
            return;
        }
        if (size() > 0) {
            keep(data, 0);
        } else {
            sendNow(data);
        }
        if (size() > high) {
            paused = true;
        }
    }

    private void sendNow(byte[] data) {
        ByteBuffer all = ByteBuffer.wrap(data);
        Future<Integer> write = connection.write(all);
        if (write.done()) {
            Throwable failed = Errors.of(write);
            if (failed != null) {
                fail(failed);
            }
            return;
        }
        write.cancel(); // so that the array is the caller's again; the position says what was sent
        keep(data, all.position());
        sendPiece();
    }

    private void keep(byte[] data, int from) {
        int added = data.length - from;
        if (kept.length - end < added) {
            byte[] target = kept;
            long needed = (long) size() + added;
            if (needed > Integer.MAX_VALUE - 16) {
                throw new IllegalStateException("more than 2 GiB are kept to be sent: await drain() after each write");
            }
            boolean shared = given != null; // the connection reads from the old array
            if (needed > kept.length || shared || needed > kept.length / 2L) {
                target = new byte[(int) Math.min(Integer.MAX_VALUE - 16, Math.max(INITIAL, needed * 2))];
            }
            System.arraycopy(kept, start, target, 0, size());
            end = size();
            start = 0;
            kept = target;
        }
        System.arraycopy(data, from, kept, end, added);
        end += added;
    }

    private void sendPiece() {
        while (size() > 0) {
            ByteBuffer piece = ByteBuffer.wrap(kept, start, Math.min(PIECE, size()));
            Future<Integer> write = connection.write(piece);
            if (!write.done()) {
                given = piece;
                write.addDoneCallback(done -> {
                    given = null;
                    if (sent(done)) {
                        sendPiece();
                    }
                });
                return;
            }
            if (!sent(write)) {
                return;
            }
        }
        allSent();
    }

    /** Counts a piece; false if it failed. */
    private boolean sent(Future<Integer> write) {
        Throwable failed = Errors.of(write);
        if (aborted) {
            return false;
        }
        if (failed != null) {
            fail(failed);
            return false;
        }
        start += resultOf(write);
        if (size() <= low) {
            paused = false;
            wakeDrains();
        }
        return true;
    }

    private static int resultOf(Future<Integer> write) {
        try {
            return write.result();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void allSent() {
        start = 0;
        end = 0;
        if (kept.length > PIECE) {
            kept = new byte[0];
        }
        if (closing) {
            closeNow();
        } else if (ending) {
            shutdown();
        }
    }

    private void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        start = 0;
        end = 0;
        kept = new byte[0];
        paused = false;
        wakeDrains();
        if (closing) {
            closeNow();
        }
    }

    // ---- the end

    void writeEof() {
        if (closing) {
            throw new IllegalStateException("writeEof() after close()");
        }
        if (ending) {
            return;
        }
        ending = true;
        if (size() == 0) {
            shutdown();
        }
    }

    private void shutdown() {
        if (failure != null) {
            return;
        }
        try {
            connection.shutdownOutput();
        } catch (Exception e) {
            fail(e);
        }
    }

    void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (size() == 0) {
            closeNow();
        }
    }

    void abort() {
        closing = true;
        aborted = true;
        closeNow();
        start = 0;
        end = 0;
    }

    private void closeNow() {
        boolean wasOpen = connection.isOpen();
        connection.close();
        Runnable told = onClosed;
        if (wasOpen && told != null) {
            onClosed = null;
            told.run();
        }
        complete(closings);
        wakeDrains();
    }

    // ---- waiting

    private void wakeDrains() {
        if (!paused || closing) {
            complete(drains);
        }
    }

    /** Wakes all; each looks for itself whether it may go on, or what failed. */
    private static void complete(List<Promise<@Nullable Void>> waiters) {
        if (waiters.isEmpty()) {
            return;
        }
        for (Promise<@Nullable Void> waiter : List.copyOf(waiters)) {
            if (!waiter.done()) {
                waiter.setResult(null);
            }
        }
        waiters.clear();
    }

    Operation<@Nullable Void> drain() {
        return new Drain();
    }

    Operation<@Nullable Void> waitClosed() {
        return new WaitClosed();
    }

    private abstract static class Waiting extends Operation<@Nullable Void> {
        @Nullable
        Promise<@Nullable Void> waiting;

        @Override
        public final Suspension raise(Throwable error) throws Throwable {
            close();
            throw error;
        }

        @Override
        public final @Nullable Void result() {
            return null;
        }
    }

    private final class Drain extends Waiting {
        private boolean yielded;

        @Override
        public Suspension step() throws Throwable {
            Throwable failed = failure;
            if (failed != null) {
                throw failed;
            }
            if (closing && !yielded) {
                yielded = true;
                return Pause.YIELD; // so that a failing connection is heard of, as in CPython
            }
            if (!paused || closing) {
                return Pause.FINISHED;
            }
            Promise<@Nullable Void> wait = loop.createFuture("drain");
            waiting = wait;
            drains.add(wait);
            return wait;
        }

        @Override
        Operation<@Nullable Void> again() {
            return new Drain();
        }

        @Override
        public void close() {
            drains.remove(waiting);
        }

        @Override
        public String name() {
            return "drain";
        }
    }

    private final class WaitClosed extends Waiting {
        @Override
        public Suspension step() throws Throwable {
            if (connection.isOpen()) {
                Promise<@Nullable Void> wait = loop.createFuture("waitClosed");
                waiting = wait;
                closings.add(wait);
                return wait;
            }
            if (failure != null) {
                throw failure;
            }
            return Pause.FINISHED;
        }

        @Override
        Operation<@Nullable Void> again() {
            return new WaitClosed();
        }

        @Override
        public void close() {
            closings.remove(waiting);
        }

        @Override
        public String name() {
            return "waitClosed";
        }
    }

    @Override
    public String toString() {
        return size() + " bytes to be sent" + (closing ? ", then closed" : "");
    }
}
